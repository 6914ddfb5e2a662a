/**
 * A modal dialog as the browser makes it (`<dialog>`, `showModal`): the rest is inert, Escape
 * closes. The focus returns to where it was; a press on the backdrop closes too.
 */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useView } from "../view.ts";
import { moveAmongHits } from "./hits.ts";
import { IconButton } from "./IconButton.tsx";
import { useModal } from "./modal.ts";

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  size?: "small" | "medium";
}

export function Dialog({ title, onClose, children, size = "medium" }: DialogProps) {
  const { words } = useView();
  const element = useModal(onClose);
  const heading = useId();

  return (
    <dialog
      ref={element}
      class={`dialog ${size}`}
      aria-labelledby={heading}
      onClose={onClose}
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
