/**
 * What the engine shows to the views of people besides who they are, and of a room that is looked at
 * from outside. Types only, a part of `model.ts`.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { RoomPreview } from "../protocol/history.ts";
import type { PresenceStatus } from "../protocol/presence.ts";
import type { Seen } from "../protocol/seen.ts";
import type { UserStatus } from "../protocol/status.ts";

/** How far the others of a direct room have seen it. */
export interface SeenMarks {
  room: number;
  marks: readonly Seen[];
}

export interface PeopleState {
  presence: ReadonlySignal<ReadonlyMap<number, PresenceStatus>>;
  /** Of the room last asked about by `actions.loadSeen`. */
  seen: ReadonlySignal<SeenMarks | null>;
  /** A public room that the reader looks at and has not joined; no room is open meanwhile. */
  preview: ReadonlySignal<RoomPreview | null>;
}

export interface PeopleActions {
  /** What the reader says of themselves; null: nothing any more. */
  setStatus(status: Partial<UserStatus> | null): Promise<void>;
  /** Where the reader's clock stands, for the others, unless the reader hides it. */
  tellTimeZone(timeZone: string): void;
  /** Who has seen what in a direct room: from now on, `state.seen` says it. */
  loadSeen(room: number): Promise<void>;
}
