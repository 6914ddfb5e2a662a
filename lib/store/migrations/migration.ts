/** What a migration is: one step of the schema, from the version before it. */
import type { Dialect, Driver } from "../driver.ts";

/** Tells the operator of rows that a person should look at, in one sentence each. */
export type Report = (sentence: string) => void;

export interface Migration {
  /** 1 for the first, without holes. */
  readonly version: number;
  /** The statements of the step, in order. They run in one transaction. */
  statements(dialect: Dialect): string[];
  /** Afterwards, in the same transaction: changes to rows that SQL has no words for. */
  rewrite?(db: Driver, report: Report): Promise<void>;
}
