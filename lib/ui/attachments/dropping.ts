/**
 * Files that are dragged over the window: the place that would take them says so, and only it takes
 * them. What is dropped beside it opens nothing: a browser would leave the chat for the file.
 */
import { carriesFiles } from "./carried.ts";

/** The places that take files, as long as something takes them there. */
const LABEL = "drop";

/**
 * @param place what is dropped on it, or on anything in it, is taken
 * @param label what it says meanwhile
 * @returns ends it
 */
export function takeDrops(
  place: HTMLElement,
  label: string,
  take: (data: DataTransfer | null) => void,
): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  const isOver = ({ target }: Event) => target instanceof Node && place.contains(target);
  const show = (on: boolean) => {
    if (on) place.dataset[LABEL] = label;
    else delete place.dataset[LABEL];
  };
  const onDrag = (event: DragEvent) => {
    if (!carriesFiles(event.dataTransfer)) return;
    if (isOver(event)) event.dataTransfer!.dropEffect = "copy";
    // Unless another place takes it.
    else if (!event.defaultPrevented) event.dataTransfer!.dropEffect = "none";
    event.preventDefault();
    show(isOver(event));
  };
  document.addEventListener("dragenter", onDrag, { signal });
  document.addEventListener("dragover", onDrag, { signal });
  document.addEventListener("dragleave", (event) => {
    // It left the window, and nothing was entered.
    if (event.relatedTarget === null) show(false);
  }, { signal });
  document.addEventListener("dragend", () => show(false), { signal });
  document.addEventListener("drop", (event) => {
    show(false);
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (isOver(event)) take(event.dataTransfer);
  }, { signal });
  signal.addEventListener("abort", () => show(false));
  return () => ends.abort();
}
