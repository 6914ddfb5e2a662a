/** What a migration is: one step of the schema, from the version before it. */
import type { Dialect, Driver } from "../driver.ts";

/** Tells the operator which rows a person should check, in one sentence each. */
export type Report = (sentence: string) => void;

export interface Migration {
  /** 1 for the first, without holes. */
  readonly version: number;
  /** The statements of the step, in order. They run in one transaction. */
  statements(dialect: Dialect): string[];
  /** Afterwards, in the same transaction: changes to rows that SQL cannot express. */
  rewrite?(db: Driver, report: Report): Promise<void>;
}
