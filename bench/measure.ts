/** What a measure is: a name, what is to be reached, and how to find out. It knows no server. */
import type { Bench } from "./bench.ts";

/** One line of the table. */
export interface Target {
  /** What the number says, in words. */
  what: string;
  /** `null` where it could not be measured; then `reason` says why. */
  value: number | null;
  unit: string;
  limit: number;
  /** Whether the number must stay below the limit or come up to it. */
  better: "lower" | "higher";
  reason?: string;
  /** What stands beside the number, such as the least that it could be. */
  beside?: string;
}

/** A number of this checkout and of another, measured in turn: one of each in every round. */
export interface Pair {
  what: string;
  unit: string;
  own: number[];
  other: number[];
}

export interface Outcome {
  targets: Target[];
  /** Everything that was read, for the record. */
  figures: unknown;
  /** Where it was measured against another checkout. */
  pairs?: Pair[];
}

export interface Measure {
  /** By which it is chosen on the command line. */
  name: string;
  /** What is loaded, and how. */
  title: string;
  run(bench: Bench): Promise<Outcome>;
}

export type Verdict = "reached" | "not reached" | "not measured";

export function verdictOf({ value, limit, better }: Target): Verdict {
  if (value === null || !Number.isFinite(value)) return "not measured";
  return (better === "lower" ? value <= limit : value >= limit) ? "reached" : "not reached";
}

export function atMost(limit: number, unit: string, what: string, value: number): Target {
  return { what, value, unit, limit, better: "lower" };
}

export function atLeast(limit: number, unit: string, what: string, value: number): Target {
  return { what, value, unit, limit, better: "higher" };
}

/** A target that cannot be looked at here, and why. */
export function notMeasured(target: Omit<Target, "value" | "reason">, reason: string): Target {
  return { ...target, value: null, reason };
}
