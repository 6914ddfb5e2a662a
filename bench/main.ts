/**
 * `deno task bench [name …] [--quick] [--compare] [--tree DIR] [--against DIR]
 * [--list]`: runs the measures whose
 * names are one of those given, or begin with one and a dash (all
 * where none is), prints the table and keeps the results.
 */
import { fileURLToPath } from "node:url";
import { createBench } from "./bench.ts";
import { buildGenerator } from "./generator.ts";
import { describeMachine, load } from "./machine.ts";
import type { Measure, Outcome } from "./measure.ts";
import { MEASURES } from "./measures/all.ts";
import { installPeers } from "./peers.ts";
import { note, print } from "./print.ts";
import { comparison, lastResults, pairs, type Results, saveResults, table } from "./report.ts";

const HELP = `deno task bench [name …] [options]

  --quick     one short round of each: to see that it works
  --compare   also print the last kept results beside the new ones
  --keep      put these results in the place of the last kept ones
  --tree DIR  measure the checkout in DIR instead of this one
  --against DIR
              also measure the checkout in DIR, in turn (A B B A …), and print both: pages,
              flood, sends, fan-outs, last-screen, greetings, restarts, uploads-beside
  --list      the names of the measures
`;

interface Arguments {
  names: string[];
  quick: boolean;
  compare: boolean;
  keep: boolean;
  tree: string;
  against: string | null;
}

function readArguments(args: readonly string[]): Arguments {
  const result: Arguments = {
    names: [],
    quick: false,
    compare: false,
    keep: false,
    tree: fileURLToPath(new URL("../", import.meta.url)),
    against: null,
  };
  for (let i = 0; i < args.length; i++) {
    const each = args[i]!;
    if (each === "--quick") result.quick = true;
    else if (each === "--compare") result.compare = true;
    else if (each === "--keep") result.keep = true;
    else if (each === "--tree") result.tree = args[++i] ?? result.tree;
    else if (each === "--against") result.against = args[++i] ?? end([HELP]);
    else if (each === "--list") end(MEASURES.map(({ name, title }) => `${name}: ${title}`));
    else if (each.startsWith("-")) end([HELP]);
    else result.names.push(each);
  }
  return result;
}

function end(lines: string[]): never {
  for (const line of lines) print(line);
  Deno.exit(0);
}

function chosen(names: readonly string[]): Measure[] {
  if (names.length === 0) return MEASURES;
  const found = MEASURES.filter((measure) =>
    names.some((name) => measure.name === name || measure.name.startsWith(`${name}-`))
  );
  if (found.length === 0) end([`No measure is called ${names.join(", ")}; --list names them.`]);
  return found;
}

/** A measure that fails is told of, and does not take the others with it. */
async function runMeasure(measure: Measure, bench: ReturnType<typeof createBench>) {
  note(`${measure.name}: ${measure.title}`);
  const startedAt = performance.now();
  const [date, loadBefore] = [new Date().toISOString(), load()];
  let outcome: Outcome | { failure: string };
  try {
    outcome = await measure.run(bench);
  } catch (error) {
    outcome = { failure: error instanceof Error ? error.message : String(error) };
    note(`  failed: ${outcome.failure}`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { name: measure.name, title: measure.title, date, loadBefore, seconds, ...outcome };
}

const args = readArguments(Deno.args);
const measures = chosen(args.names);
await buildGenerator();
await installPeers();
const bench = createBench(args);
const results: Results = { machine: describeMachine(), quick: args.quick, measures: [] };
for (const measure of measures) results.measures.push(await runMeasure(measure, bench));

print(table(results));
if (args.against !== null) print(pairs(results, args.against));
const last = await lastResults();
if (args.compare && last !== null) print(comparison(last, results));
await saveResults(results, args.keep);
