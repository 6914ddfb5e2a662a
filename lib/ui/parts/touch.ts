/** What a finger's device is told by: it raises a keyboard over the page, whose keys are few. */
export function isTouch(): boolean {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}
