/**
 * The arrow keys move from a search field to its results, from one to the next, and back. It must
 * not know what is searched for: what can be chosen stands in a list of the class `results`.
 */

const HITS = ".results :is(button, input):not([disabled], .look)";

export function moveAmongHits(event: KeyboardEvent, box: Element): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.isComposing || event.altKey) return;
  const stops = [...box.querySelectorAll<HTMLElement>(`input[type="search"], ${HITS}`)];
  const at = stops.indexOf(event.target as HTMLElement);
  const next = at < 0 ? undefined : stops[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
