/** What the reader does for themselves, as views call it: types only. A part of `ChatActions`. */

export interface OwnActions {
  setFavourite(room: number, on: boolean): Promise<void>;
  /**
   * From this message on everything is unread again, on all devices. Where the room is open it
   * stays so until the reader has left it, or says that all is read.
   */
  markUnread(room: number, seq: number): Promise<void>;
}
