/** What a file's own header says of it. */
export interface Measured {
  /** Pixels, upright. */
  width: number | null;
  height: number | null;
  /** Seconds. */
  duration: number | null;
  /** Pictures in it, one after another: 1 where it does not move. */
  frames: number;
  /** It can only be decoded as a whole, in memory: a progressive JPEG, an interlaced PNG. */
  isWhole: boolean;
}

export const UNMEASURED: Measured = {
  width: null,
  height: null,
  duration: null,
  frames: 1,
  isWhole: false,
};

/**
 * A picture of that size.
 * @param orientation as Exif counts: from 5 on it lies on its side
 */
export function picture(
  width: number,
  height: number,
  { orientation = 1, frames = 1, isWhole = false } = {},
): Measured {
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  return { ...UNMEASURED, width: across, height: down, frames, isWhole };
}

/** A sound that is so long. @param duration seconds; what is no length is unknown */
export function lasting(duration: number): Measured {
  const isSound = Number.isFinite(duration) && duration > 0;
  return { ...UNMEASURED, duration: isSound ? duration : null };
}
