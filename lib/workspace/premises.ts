/** Where the chat is: what serves it, how much room it takes and has there. Types alone. */
import type { Health } from "../protocol/health.ts";

/** Each of its questions is answered with null where it cannot be told: no page fails for it. */
export interface Premises extends Pick<Health, "version" | "schema" | "since" | "database"> {
  bus(): Health["bus"];
  /** Bytes of the database. */
  databaseSize(): Promise<number | null>;
  /** Free bytes beside the database's file. */
  diskFree(): Promise<number | null>;
  /** Programs that serve this chat now. */
  nodes(): Promise<number | null>;
}
