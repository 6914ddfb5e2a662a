/** How far the people of a direct room have seen it, as the others of it may know. */
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

export interface Seen {
  userId: number;
  /** They have seen what is there up to here. */
  seq: number;
  /** When they got there; null if that is not known. */
  at: Timestamp | null;
}

export const listSeen = field.inRoom;
