/** What the main thread and the Worker that inspects files say to each other. */
import type { ClaimedFile, Inspected, ShrinkWish, ShrunkPicture } from "../inspect.ts";

export type InspectorJob =
  | { kind: "inspect"; path: string; said: ClaimedFile }
  | { kind: "shrink"; source: Uint8Array | string; wish: ShrinkWish };

export type InspectorReply =
  /** It can make pictures, or it cannot, and why. Said once, before what the first picture is. */
  | { kind: "ready"; without: string | null }
  | { kind: "inspected"; inspected: Inspected }
  | { kind: "shrunk"; picture: ShrunkPicture }
  /** It is no picture, or one that nobody should decode: a sentence for the uploader. */
  | { kind: "refused"; sentence: string }
  /** The disk failed, or we did. */
  | { kind: "failed"; detail: string };
