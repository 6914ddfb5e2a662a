/**
 * What somebody who comes has been told of their rooms: first what the snapshot says, then what is
 * replayed after it. Where people write, each one who comes has missed something: what most notices
 * are compared with is a number that the snapshot brings, and its text, 30 kB for a hundred rooms, is
 * parsed only where a read mark is asked for. It knows no connection.
 */
import type { Change, Snapshot } from "../chat/notice.ts";
import { parseJsonText } from "../protocol/json_text.ts";

export class ListedRooms {
  readonly #snapshot: Pick<Snapshot, "ids" | "heads" | "rooms">;
  #readMarks: Map<number, number> | null = null;
  /** Replayed meanwhile. Null: left. */
  readonly #heads = new Map<number, number | null>();
  readonly #marks = new Map<number, number | null>();

  constructor(snapshot: Pick<Snapshot, "ids" | "heads" | "rooms">) {
    this.#snapshot = snapshot;
  }

  /** Null of a room that is not listed. */
  headOf(room: number): number | null {
    const told = this.#heads.get(room);
    if (told !== undefined) return told;
    return this.#snapshot.heads[this.#snapshot.ids.indexOf(room)] ?? null;
  }

  /** The member's read mark; null in a room that is not listed. */
  readSeqOf(room: number): number | null {
    const told = this.#marks.get(room);
    if (told !== undefined) return told;
    this.#readMarks ??= new Map(
      parseJsonText(this.#snapshot.rooms).map(({ id, membership }) => [id, membership.readSeq]),
    );
    return this.#readMarks.get(room) ?? null;
  }

  /**
   * This was told after the list, which may have been ahead of it: what comes next is compared with
   * this, as in the client. A mark that was moved on and back ends where it ended.
   */
  told(notice: Change): void {
    switch (notice.type) {
      case "joined": {
        const { id, head, membership } = notice.room;
        this.#heads.set(id, head);
        this.#marks.set(id, membership.readSeq);
        return;
      }
      case "left":
        this.#heads.set(notice.room, null);
        this.#marks.set(notice.room, null);
        return;
      case "read":
      case "unread":
        this.#marks.set(notice.room, notice.seq);
    }
  }
}
