/** What the reader does for themselves, as views call it: types only. A part of `ChatActions`. */
import type { MessageVersion } from "../protocol/versions.ts";

export interface OwnActions {
  /** A message on the screen answers this one: see `state.draftTargets`. */
  findMessage(id: number): void;
  setFavourite(room: number, on: boolean): Promise<void>;
  /**
   * From this message on everything is unread again, on all devices. Where the room is open it
   * stays so until the reader has left it, or says that all is read.
   */
  markUnread(room: number, seq: number): Promise<void>;
  /** What an edited message said before, oldest first. */
  versions(message: number): Promise<MessageVersion[]>;
  /** Takes back one's own deletion, as long as the server has what it took away. */
  restore(message: number): Promise<void>;
}
