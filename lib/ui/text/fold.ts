/** What is long is folded, and opened by a button; its place on the screen stays. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useView } from "../view.ts";

/** @param name by which it is remembered that it was opened */
export function useFold<Content extends HTMLElement>(name: string) {
  const { unfolded } = useView();
  const [open, setOpen] = useState(() => unfolded.has(name));
  const content = useRef<Content>(null);
  const button = useRef<HTMLButtonElement>(null);
  const held = useRef<{ element: HTMLElement; top: number } | null>(null);

  function toggle() {
    // Opened, the text goes on where it stopped; closed, the button stays under the pointer.
    const element = open ? button.current! : content.current!;
    held.current = { element, top: element.getBoundingClientRect().top };
    if (open) unfolded.delete(name);
    else unfolded.add(name);
    setOpen(!open);
  }
  useLayoutEffect(() => {
    if (held.current === null) return;
    const { element, top } = held.current;
    held.current = null;
    const scroller = element.closest<HTMLElement>(".scroller");
    if (scroller !== null) scroller.scrollTop += element.getBoundingClientRect().top - top;
  }, [open]);
  return { open, content, button, toggle };
}
