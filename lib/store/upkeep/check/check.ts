/**
 * Looks for what cannot be: each check reads what must fit together and yields a sentence for each
 * fault. Everything is read in the caller's view, by SQL that every database understands.
 */
import type { Driver } from "../../driver.ts";
import { accountChecks } from "./accounts.ts";
import { counterChecks } from "./counters.ts";
import { doorChecks } from "./doors.ts";
import { mentionChecks } from "./mentions.ts";
import { referenceChecks } from "./references.ts";
import { roomChecks } from "./rooms.ts";
import { threadChecks } from "./threads.ts";
import type { Check } from "./rows.ts";

export interface Finding {
  check: string;
  sentence: string;
}

export const CHECKS: readonly Check[] = [
  ...counterChecks,
  ...referenceChecks,
  ...roomChecks,
  ...accountChecks,
  ...doorChecks,
  ...mentionChecks,
  ...threadChecks,
];

/** Faults of one kind that are told one by one: nobody reads a thousand lines. */
const TOLD = 20;

/** @param begin called with each check's name before it begins */
export async function runChecks(db: Driver, begin: (name: string) => void): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { name, faults } of CHECKS) {
    begin(name);
    let count = 0;
    for await (const sentence of faults(db)) {
      if (++count > TOLD) {
        found.push({ check: name, sentence: "And more of the same kind." });
        break;
      }
      found.push({ check: name, sentence });
    }
  }
  return found;
}
