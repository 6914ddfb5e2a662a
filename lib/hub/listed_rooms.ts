/**
 * What a snapshot says of its rooms, for what is replayed after it. Where people write, each one who
 * comes has missed something: what most notices are compared with is a number that the snapshot
 * brings, and its text, 30 kB for a hundred rooms, is parsed only where a read mark is asked for. It
 * knows no connection.
 */
import type { Snapshot } from "../chat/notice.ts";
import { parseJsonText } from "../protocol/json_text.ts";

export class ListedRooms {
  readonly #snapshot: Pick<Snapshot, "ids" | "heads" | "rooms">;
  #readMarks: Map<number, number> | null = null;

  constructor(snapshot: Pick<Snapshot, "ids" | "heads" | "rooms">) {
    this.#snapshot = snapshot;
  }

  /** Null of a room that is not listed. */
  headOf(room: number): number | null {
    return this.#snapshot.heads[this.#snapshot.ids.indexOf(room)] ?? null;
  }

  /** The member's read mark; null in a room that is not listed. */
  readSeqOf(room: number): number | null {
    this.#readMarks ??= new Map(
      parseJsonText(this.#snapshot.rooms).map(({ id, membership }) => [id, membership.readSeq]),
    );
    return this.#readMarks.get(room) ?? null;
  }
}
