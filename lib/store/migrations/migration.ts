/** What a migration is: one step of the schema, from the version before it. */
import type { Dialect } from "../driver.ts";

export interface Migration {
  /** 1 for the first, without holes. */
  readonly version: number;
  /** The statements of the step, in order. They run in one transaction. */
  statements(dialect: Dialect): string[];
}
