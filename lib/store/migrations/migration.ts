/** What a migration is: one step of the schema, from the version before it. */
import type { Dialect, Driver } from "../driver.ts";

/** Tells the operator which rows a person should check, in one sentence each. */
export type Report = (sentence: string) => void;

export interface Migration {
  /** 1 for the first, without holes. */
  readonly version: number;
  /**
   * Programs that know the schema from this version on go on working after the step: it only adds
   * what they neither need nor touch. Without it, only those that know the step do. See "Changing
   * the schema" in docs/adding-a-feature.md.
   */
  readonly compatibleFrom?: number;
  /** The statements of the step, in order. They run in one transaction. */
  statements(dialect: Dialect): string[];
  /** Afterwards, in the same transaction: changes to rows that SQL cannot express. */
  rewrite?(db: Driver, report: Report): Promise<void>;
}
