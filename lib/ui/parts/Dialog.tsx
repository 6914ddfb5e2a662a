/**
 * A modal dialog as the browser makes it (`<dialog>`, `showModal`): the rest is inert, Escape
 * closes. The focus returns to where it was; a press on the backdrop closes too.
 */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useView } from "../view.ts";
import { moveAmongHits } from "./hits.ts";
import { IconButton } from "./IconButton.tsx";

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  size?: "small" | "medium";
}

export function Dialog({ title, onClose, children, size = "medium" }: DialogProps) {
  const { words } = useView();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = element.current!;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-autofocus], [autofocus]")?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={element}
      class={`dialog ${size}`}
      aria-labelledby={heading}
      onClose={onClose}
      onPointerDown={(event) => event.target === element.current && onClose()}
    >
      <div
        class="dialog-body"
        onKeyDown={(event) => moveAmongHits(event, event.currentTarget)}
      >
        <header class="dialog-header">
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label={words.common.close} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
