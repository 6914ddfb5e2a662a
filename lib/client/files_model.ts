/** A room's lists of files and links, as views ask for them: types only. A part of `model.ts`. */
import type { FileKind, RoomFiles, RoomLinks } from "../protocol/files.ts";

export interface FilesActions {
  /** What can be asked of the server about a room's files. Rejects only without its script. */
  fileCalls(): Promise<FileCalls>;
}

/** The newest first. @param before the page before: the `next` of another; null: the first */
export interface FileCalls {
  files(room: number, kind: FileKind, before: number | null): Promise<RoomFiles>;
  links(room: number, before: number | null): Promise<RoomLinks>;
  /** @param data a picture's bytes as base64; null removes the room's picture */
  setRoomPicture(room: number, data: string | null): Promise<void>;
  /** What is to be seen on a file of one's own message, for who cannot see it. */
  describeFile(file: number, alt: string): Promise<void>;
  /** Asks which voice messages were heard: `state.heard` says it from then on. */
  askHeard(messages: readonly number[]): Promise<void>;
  /** The reader listens to a voice message of somebody else. */
  hear(message: number): Promise<void>;
  /** The message shows its preview no longer, whatever becomes of its text. */
  removeLink(message: number, url: string): Promise<void>;
}
