/**
 * What all panes beside the room share: the heading with the button that closes it, the keys, and
 * the focus, which comes where the pane covers the room and goes back where it came from. It must
 * not know what a pane shows.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useView } from "../view.ts";
import { coverBeside, uncover } from "./covered.ts";
import { Icon } from "./Icon.tsx";

export interface PaneFrameProps {
  /** For screen readers. */
  label: string;
  /** Its id, and its class. */
  name: string;
  heading: ComponentChildren;
  /** Buttons in the heading. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}

export function PaneFrame({ label, name, heading, tools, children }: PaneFrameProps) {
  const { words, pane } = useView();
  const element = useRef<HTMLElement>(null);
  useFocus(element);
  function close() {
    pane.value = null;
  }
  return (
    <aside
      ref={element}
      id={name}
      class={`pane ${name}`}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented && !isCleared(event.target)) close();
      }}
    >
      <header class="pane-header">
        <div class="grow">{heading}</div>
        {tools}
        <button
          type="button"
          class="icon-button pane-close"
          aria-label={words.common.close}
          onClick={close}
        >
          <Icon name="close" />
          <Icon name="back" />
        </button>
      </header>
      {children}
    </aside>
  );
}

/** In a search field the browser's own Escape comes first: it clears the field. */
function isCleared(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "search" && target.value !== "";
}

function useFocus(element: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const pane = element.current!;
    const opener = document.activeElement;
    const stop = coverBeside(pane);
    // Over what opened it the focus would be out of sight.
    if (getComputedStyle(pane).position === "fixed" && opener !== document.body) pane.focus();
    return () => {
      stop();
      if (!pane.contains(document.activeElement)) return;
      uncover(pane);
      const back = opener?.isConnected && opener !== document.body
        ? opener
        : document.querySelector(`[aria-controls=${pane.id}]`);
      if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    };
  }, []);
}
