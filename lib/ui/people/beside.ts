/** Puts a dialog beside what was clicked, inside the window. It knows nobody. */
import type { Box } from "../view.ts";

/** CSS pixels between the two, and between the dialog and the window's edge. */
const GAP = 8;

/** Where windows are narrow, style sheets put every dialog at the bottom edge. */
const NARROW = "(max-width: 719px)";

/** Also once more, where the window has changed. */
export function putBeside(dialog: HTMLDialogElement, at: Box | undefined): void {
  if (at === undefined) return;
  for (const side of ["margin", "left", "top"]) dialog.style.removeProperty(side);
  if (matchMedia(NARROW).matches) return;
  const { left, top } = besidePlace(at, dialog.getBoundingClientRect(), {
    width: innerWidth,
    height: innerHeight,
  });
  // By the object model: the page's policy allows no style attributes.
  Object.assign(dialog.style, { margin: "0", left: `${left}px`, top: `${top}px` });
}

interface Size {
  width: number;
  height: number;
}

/**
 * Below what was clicked and with the same left edge; above it, where there is more room; moved as
 * far as it takes to be inside the window.
 */
export function besidePlace(at: Box, card: Size, window: Size): { left: number; top: number } {
  const below = at.bottom + GAP;
  const above = at.top - GAP - card.height;
  const fitsBelow = below + card.height + GAP <= window.height;
  const top = fitsBelow || above < GAP ? below : above;
  const within = (place: number, length: number, all: number) =>
    Math.max(GAP, Math.min(place, all - length - GAP));
  return {
    left: within(at.left, card.width, window.width),
    top: within(top, card.height, window.height),
  };
}
