/**
 * Renders once, for a string. Preact's components prepare for a life that they do not have here: a
 * context keeps who reads it, a state says when to render again, a signal has who follows it.
 *
 * It costs more than its time. V8 puts a function that is assigned to a property where it is written
 * (`this.x = () => …`) among the old objects at once, and what an old one refers to outlives every
 * quick collection: all of a page was kept, and copied, until the next full one. Here these functions
 * are not made. Pages are the same without it, and dearer; a test sees what is not made.
 */
import {
  type ComponentChildren,
  type ComponentType,
  Fragment,
  h,
  options,
  type VNode,
} from "preact";
import { renderToString } from "preact-render-to-string";

/** Preact's own names for what it calls before each node, and before each component. */
interface Inside {
  __b?: ((vnode: VNode) => void) | undefined;
  __r?: ((vnode: VNode & { __c: Still }) => void) | undefined;
}

/** A component, as hooks and signals see it. */
interface Still {
  /** Hooks have prepared it for its next render. */
  __f?: true;
  /** What follows the signals that it reads. */
  __$u?: null;
}

export function renderStill(child: ComponentChildren): string {
  const inside = options as Inside;
  const { __b: beforeNode, __r: beforeComponent } = inside;
  const onNode = (vnode: VNode) => {
    if (typeof vnode.type === "function") vnode.type = stillType(vnode.type);
    beforeNode?.(vnode);
  };
  const onComponent = (vnode: VNode & { __c: Still }) => {
    vnode.__c.__f = true;
    vnode.__c.__$u = null;
    beforeComponent?.(vnode);
  };
  inside.__b = onNode;
  inside.__r = onComponent;
  try {
    return renderToString(h(Fragment, null, child));
  } finally {
    inside.__b = beforeNode;
    inside.__r = beforeComponent;
  }
}

/** A context's provider has the context's name. */
type Type = ComponentType & { __c?: string };

const providers = new WeakMap<Type, ComponentType>();

function stillType(type: Type): ComponentType {
  if (type.__c === undefined) return type;
  let provider = providers.get(type);
  if (provider === undefined) providers.set(type, provider = providerOf(type.__c));
  return provider;
}

function providerOf(name: string): ComponentType {
  class StillProvider {
    constructor(readonly props: { children: ComponentChildren }) {}

    getChildContext() {
      return { [name]: this };
    }

    /** Who reads the context would be told of another value. */
    sub(): void {}

    render(): ComponentChildren {
      return this.props.children;
    }
  }
  return StillProvider as unknown as ComponentType; // as much of one as a render to a string uses
}
