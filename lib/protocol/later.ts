/** What waits for its time, in numbers: what a connection begins with. Plain types. */

/** Each is at most a few hundred. */
export interface LaterCounts {
  /** Messages that wait to be sent. */
  scheduled: number;
  /** Those that could not be sent. */
  failed: number;
  /** Reminders whose time has come, and which were not dismissed. */
  due: number;
}
