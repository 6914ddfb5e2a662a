/**
 * Where a picture stands on its stage and how large: arithmetic of zooming and moving. Pure; CSS
 * pixels, counted from the middle of the stage.
 */

export interface Point {
  x: number;
  y: number;
}

export interface Sight extends Point {
  /** 1: the whole picture fits the stage. */
  scale: number;
}

export interface Extent {
  width: number;
  height: number;
}

export const WHOLE: Sight = { scale: 1, x: 0, y: 0 };
const LARGEST = 8;
/** What a double click, or two taps, lead to. */
export const CLOSE_LOOK = 2.5;
/** Of a key, or a button. */
export const ZOOM_STEP = 1.5;

/**
 * Larger or smaller, while what is under the point stays under it.
 * @param picture as large as it is at scale 1
 */
export function zoomAt(
  sight: Sight,
  factor: number,
  { x, y }: Point,
  picture: Extent,
  stage: Extent,
): Sight {
  const scale = Math.min(LARGEST, Math.max(1, sight.scale * factor));
  const by = scale / sight.scale;
  return within({ scale, x: x - (x - sight.x) * by, y: y - (y - sight.y) * by }, picture, stage);
}

export function moveBy(sight: Sight, { x, y }: Point, picture: Extent, stage: Extent): Sight {
  return within({ ...sight, x: sight.x + x, y: sight.y + y }, picture, stage);
}

/** Never past the picture's edges; in the middle where it fits. */
function within({ scale, x, y }: Sight, picture: Extent, stage: Extent): Sight {
  const spareX = Math.max(0, (picture.width * scale - stage.width) / 2);
  const spareY = Math.max(0, (picture.height * scale - stage.height) / 2);
  const held = (value: number, spare: number) => Math.min(spare, Math.max(-spare, value)) || 0;
  return { scale, x: held(x, spareX), y: held(y, spareY) };
}

export type Swipe = "previous" | "next" | "away" | null;

/** What a finger that went this far over a whole picture asks for. */
export function swipeOf({ x, y }: Point): Swipe {
  if (Math.abs(x) > 60 && Math.abs(x) > Math.abs(y) * 1.5) return x > 0 ? "previous" : "next";
  return y > 90 && y > Math.abs(x) * 1.5 ? "away" : null;
}
