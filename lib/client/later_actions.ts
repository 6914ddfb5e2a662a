/** What the reader plans, as views see and call it: types only. A part of `model.ts`. */
import type { ReadonlySignal } from "@preact/signals";
import type { LaterCounts } from "../protocol/later.ts";
import type { Reminder } from "../protocol/reminders.ts";
import type { Scheduled } from "../protocol/scheduled.ts";
import type { DraftKey } from "./draft.ts";
import type { Timestamp } from "../protocol/time.ts";

/** What the page begins with. */
export interface LaterBoot {
  /** What waits for its time, if anything does. */
  later?: LaterCounts;
}

export interface LaterState {
  /** What waits for its time; a new object whenever anything about it may have changed. */
  later: ReadonlySignal<LaterCounts>;
  /** Reminders whose time has come while this page was open, the last one first. */
  reminded: ReadonlySignal<readonly Reminder[]>;
}

export interface Planning {
  /** What can be planned: fetched with the first thing that is. */
  later(): Promise<LaterActions>;
}

/** Everything that waits, as it is now. */
export interface LaterList {
  /** The next one first. */
  scheduled: readonly Scheduled[];
  /** What is due comes first. */
  reminders: readonly Reminder[];
}

export interface NewScheduled {
  room: number;
  /** The same at each try: it is scheduled once. */
  clientId: string;
  text: string;
  replyTo: number | null;
  threadOnly?: true;
  /** Ids. */
  files?: number[];
  at: Timestamp;
}

/** Promises reject with `RequestError`; without a connection nothing is planned. */
export interface LaterActions {
  list(): Promise<LaterList>;
  /** For a message that is to be scheduled. */
  newClientId(): string;
  schedule(message: NewScheduled): Promise<void>;
  change(id: number, change: { text?: string; at?: Timestamp }): Promise<void>;
  /** It becomes the draft again, with its files, before what stands there; answers where that is. */
  takeBack(scheduled: Scheduled): Promise<DraftKey>;
  /** With its files. */
  cancel(id: number): Promise<void>;
  sendNow(id: number): Promise<void>;
  remind(message: number, at: Timestamp): Promise<void>;
  /** Before its time, or when the reader is done with it. */
  dismiss(message: number): Promise<void>;
}
