/**
 * Messages of which somebody wants to be reminded. Schemas for the server; the browser imports the
 * types only.
 */
import * as field from "./fields.ts";
import type { Message } from "./messages.ts";
import type { Timestamp } from "./time.ts";

export interface Reminder {
  message: Message;
  at: Timestamp;
  /** Its time has come. */
  due: boolean;
}

/** The same message again: at another time. */
export const remind = field.object(() => ({ message: field.id, at: field.timestamp }));
export const dropReminder = field.object(() => ({ message: field.id }));
export const listReminders = field.nothing;
