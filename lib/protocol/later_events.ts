/** What the server says of what a user has planned. Plain types: see `events.ts`. */
import type { LaterCounts } from "./later.ts";
import type { Message } from "./messages.ts";
import type { Scheduled } from "./scheduled.ts";
import type { Timestamp } from "./time.ts";

/** Sent to all connections of the user who has scheduled a message, when anything about it changes. */
export interface ScheduledEvent {
  type: "scheduled";
  id: number;
  /** As it is now; null: it was sent, or removed. */
  scheduled: Scheduled | null;
  /** The message that it became. */
  message?: number;
  later: LaterCounts;
}

/** The time has come of which the user wanted to be reminded. */
export interface ReminderEvent {
  type: "reminder";
  message: Message;
  at: Timestamp;
  later: LaterCounts;
}

/** Sent to all connections of the user who set, moved or (`at: null`) dismissed a reminder. */
export interface ReminderSetEvent {
  type: "reminderSet";
  message: number;
  at: Timestamp | null;
  later: LaterCounts;
}
