/**
 * What is made of a file: what it is, by its content; and small pictures. The contract. How it is
 * done, off the event loop, is in `inspecting/`. It knows paths and bytes, and no messages or people.
 */

/** What the uploader said of a file. */
export interface ClaimedFile {
  name: string;
  /** A MIME type or ""; used only where the content cannot tell, as with `text/csv`. */
  type: string;
}

/** What a file is. Everything but `type` and `size` is null where nobody can tell. */
export interface Inspected {
  /** A MIME type, by the content. */
  type: string;
  /** Bytes, as it is now: what stood behind a picture's end is gone. */
  size: number;
  /**
   * Pixels, as it is shown: upright. Of pictures and videos; null of pictures with too many to be
   * decoded anywhere.
   */
  width: number | null;
  height: number | null;
  /** Seconds, with one decimal: of what sounds or moves. */
  duration: number | null;
  /**
   * A `data:` address of at most `BLUR_MOST` characters: what to show until the picture is there. Null
   * of pictures that are transparent anywhere.
   */
  blur: string | null;
  /** WebP of at most `THUMBNAIL` pixels a side, upright, without any metadata. */
  thumbnail: Uint8Array<ArrayBuffer> | null;
}

/** How a smaller picture is to be. */
export interface ShrinkWish {
  /** Pixels; the result is never larger than the original. */
  width: number;
  height: number;
  /** `cover`: cut to the shape, from its middle; `inside`: whole, within the box. */
  fit: "cover" | "inside";
  /** Moving pictures go on moving. */
  animated?: boolean;
  /** Pixels of the upright original that are taken, before anything else. */
  crop?: { left: number; top: number; width: number; height: number };
  /** Bytes of the result: where it would be more, it becomes smaller or plainer. */
  most?: number;
}

export interface ShrunkPicture {
  bytes: Uint8Array<ArrayBuffer>;
  /** `image/webp`; the original's where pictures cannot be made smaller here. */
  type: string;
  width: number;
  height: number;
}

export interface Inspector {
  /**
   * Tells what a file is, and changes it in place where it holds what others must not see: where and
   * with what a picture was taken. Hostile bytes are `application/octet-stream`. Rejects with
   * `unavailable` while too many others wait.
   * @param owner whose file it is: nobody's many files keep others' waiting
   */
  inspect(path: string, said: ClaimedFile, owner?: number): Promise<Inspected>;
  /**
   * A small picture out of a bigger one. Where pictures cannot be made here, an original within
   * `ORIGINAL_MOST` bytes, without what others must not see. Rejects with `invalid` for what is no
   * picture, or too large a one; with `unavailable` while too many others wait.
   * @param source bytes, or the path of a file
   * @param owner who sent it, as above; nobody where the program fetched it itself
   */
  shrink(source: Uint8Array | string, wish: ShrinkWish, owner?: number): Promise<ShrunkPicture>;
  /** Ends at once; what is not answered rejects with `unavailable`. */
  close(): void;
}

/** Pixels: the longer side of a thumbnail. */
export const THUMBNAIL = 800;
/** Characters of a blurred stand-in, its `data:` prefix included. */
export const BLUR_MOST = 300;
/** Bytes of an original that is taken as it is, where no picture can be made smaller. */
export const ORIGINAL_MOST = 1024 * 1024;
/**
 * Bytes that a decoder may hold at once; a picture that needs more is not decoded. Pixels alone do
 * not tell: of 50 million interlaced ones in 16 bits it held 466 MB, of rows of 200,000 such 790 MB.
 * Measured of the Worker's process, at its peak, in bytes of a pixel: progressive JPEG 3.1 (4:2:0) and
 * 6 (4:4:4), interlaced PNG 1.2 (grey), 3.5 (RGB) to 9.3 (RGBA, 16 bits), other PNG and TIFF some 2,000
 * rows, GIF 5.1 to 7.4, WebP 0.3 to 4.1, AVIF 18.6 to 24. Most photos, which are JPEGs row by row: 11 MB
 * whatever their size. So a progressive photo of 26 megapixels has a thumbnail in whatever form, one
 * of 50 in the usual one, an AVIF of 8.5.
 */
export const HELD_MOST = 160_000_000;
/** Pixels of the largest picture that is decoded; more are refused by their header. */
export const PIXELS_MOST = 50_000_000;
/** The same of what is decoded row by row, as most photos are: 108 megapixels are a phone's. */
export const PHOTO_PIXELS_MOST = 120_000_000;
