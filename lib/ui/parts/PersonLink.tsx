/**
 * Whoever is named can be clicked: around a name, a picture, a mention, it opens the card of that
 * person. No button, since a browser does not select text in one: what people copy keeps its names.
 * It must not know what the card looks like.
 */
import type { ComponentChildren } from "preact";
import { useView } from "../view.ts";

export interface PersonLinkProps {
  id: number;
  class?: string;
  /** For a link in a message or a row: `useTabIndex`. 0 where nothing else is said. */
  tabIndex?: 0 | -1;
  /**
   * A second way to somebody whose name beside it opens the same card, such as the picture: for
   * pointers alone, so that nobody comes to each person twice.
   */
  again?: boolean;
  children: ComponentChildren;
}

export function PersonLink({ id, class: name, tabIndex = 0, again, children }: PersonLinkProps) {
  const { dialog } = useView();
  function open(event: Event) {
    const link = event.currentTarget as HTMLElement;
    const { left, top, right, bottom } = link.getBoundingClientRect();
    dialog.value = { kind: "person", id, at: { left, top, right, bottom } };
  }
  return (
    <span
      class={name === undefined ? "person-link" : `person-link ${name}`}
      role={again ? undefined : "button"}
      aria-haspopup={again ? undefined : "dialog"}
      aria-hidden={again ? "true" : undefined}
      tabIndex={again ? undefined : tabIndex}
      onClick={(event) => {
        // Whoever selects text that begins or ends here wants the text.
        if (getSelection()?.isCollapsed !== false) open(event);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        open(event);
      }}
    >
      {children}
    </span>
  );
}
