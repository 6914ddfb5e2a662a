/** Messages of which somebody wants to be reminded; nobody else learns of it. */
import type { Reminder } from "../../protocol/reminders.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Reminders {
  /**
   * Reminds the user at that time of a message that they may read; for the same message again, at
   * another time. At most `LIMITS.reminders` are kept.
   */
  remind(
    input: { userId: number; message: number; at: Timestamp; now: Timestamp },
  ): Promise<void>;
  /** Before its time, or when it is done with. Repeating it changes nothing. */
  dropReminder(input: { userId: number; message: number }): Promise<void>;
  /**
   * Those whose time has come first, the last one first; then those to come, the next one first.
   * Only of messages that the user may read now.
   */
  listReminders(input: { userId: number }): Promise<Reminder[]>;
  /** Its time has come: the user is told if they may read the message. */
  tellReminder(input: { id: number; now: Timestamp }): Promise<void>;
}
