import assert from "node:assert/strict";
import { signal, useComputed } from "@preact/signals";
import { createContext, options, type VNode } from "preact";
import { useContext, useEffect, useReducer, useState } from "preact/hooks";
import { renderToString } from "preact-render-to-string";
import { renderStill } from "../../lib/fresh/still_render.ts";

const Word = createContext("none");
const Other = createContext(0);
const count = signal(3);

function Leaf() {
  const [own, setOwn] = useState("a & b");
  const [step] = useReducer((at: number) => at + 1, 1);
  const double = useComputed(() => count.value * 2);
  useEffect(() => setOwn("never"), []);
  return <b title={own}>{useContext(Word)} {useContext(Other)} {step} {double.value}</b>;
}

/** One that renders again before it is done. */
function Settles() {
  const [is, set] = useState(false);
  if (!is) set(true);
  return <i>{is ? "settled" : "not yet"}</i>;
}

function Page() {
  return (
    <>
      <Leaf />
      <Word.Provider value="outer">
        <Leaf />
        <Other.Provider value={7}>
          <Word.Provider value="inner <b>">
            <Leaf />
            {[<Leaf key="1" />, <Settles key="2" />]}
          </Word.Provider>
        </Other.Provider>
        <Leaf />
      </Word.Provider>
      <Word.Consumer>{(word) => <p>{word}</p>}</Word.Consumer>
    </>
  );
}

Deno.test("a page is the same as by Preact's own renderer", () => {
  assert.equal(renderStill(<Page />), renderToString(<Page />));
});

/** The components of a page, as they are when it is rendered. */
function componentsOf(render: () => void): Record<string, unknown>[] {
  const components = new Set<Record<string, unknown>>();
  const inside = options as { diffed?: (vnode: VNode) => void };
  const before = inside.diffed;
  inside.diffed = (vnode) => {
    const { __c: component } = vnode as { __c?: Record<string, unknown> };
    if (component) components.add({ ...component });
    before?.(vnode);
  };
  render();
  if (before) inside.diffed = before;
  return [...components];
}

const FOR_LIFE = ["shouldComponentUpdate", "componentWillUnmount", "sub", "getChildContext"];

Deno.test("components get nothing that only a life needs: it would outlive each quick collection", () => {
  const madeBy = (render: (page: VNode) => string) =>
    componentsOf(() => render(<Page />)).flatMap((component) =>
      FOR_LIFE.filter((name) => Object.hasOwn(component, name))
    );
  assert.deepEqual(madeBy(renderStill), []);
  assert.ok(madeBy(renderToString).length > 10, "as Preact's own renderer does");
});

Deno.test("after a render, and after one that failed, components live again", () => {
  function Broken(): never {
    throw new Error("broken");
  }
  const before = { ...options };
  assert.throws(() => renderStill(<Broken />), /broken/);
  renderStill(<Page />);
  assert.deepEqual({ ...options }, before);
});
