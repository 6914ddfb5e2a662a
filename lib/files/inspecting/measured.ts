/** What a file's own header says of it. */
export interface Measured {
  /** Pixels, upright. */
  width: number | null;
  height: number | null;
  /** Seconds. */
  duration: number | null;
  /** Pictures in it, one after another: 1 where it does not move. */
  frames: number;
  /**
   * Bytes that a decoder holds at once while it makes a small picture of it, as measured; 0 of what
   * goes row by row, and already small: most photos.
   */
  held: number;
}

export const UNMEASURED: Measured = {
  width: null,
  height: null,
  duration: null,
  frames: 1,
  held: 0,
};

/**
 * A picture of that size.
 * @param orientation as Exif counts: from 5 on it lies on its side
 */
export function picture(
  width: number,
  height: number,
  { orientation = 1, frames = 1, held = 0 } = {},
): Measured {
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  return { ...UNMEASURED, width: across, height: down, frames, held };
}

/** Rows that are in memory together while others are made of them, whatever is decoded. */
const ROWS = 2_000;

/** Bytes that rows take which are decoded one after another. @param row bytes of one */
export function heldRows(row: number, height: number): number {
  // All of them are there twice where they are few and long.
  return row * Math.min(ROWS, 2 * height);
}

/** A sound that is so long. @param duration seconds; what is no length is unknown */
export function lasting(duration: number): Measured {
  const isSound = Number.isFinite(duration) && duration > 0;
  return { ...UNMEASURED, duration: isSound ? duration : null };
}
