/** What an edited message said before. Schemas for the server; the browser imports the types only. */
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

/** An earlier text. `at`: when it was written. */
export interface MessageVersion {
  text: string;
  at: Timestamp;
}

export const listVersions = field.object(() => ({ message: field.id }));
