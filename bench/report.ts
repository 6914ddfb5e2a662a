/** The table of what was reached, the record of it, and what changed since the last kept run. */
import type { Machine } from "./machine.ts";
import { type Outcome, type Pair, type Target, verdictOf } from "./measure.ts";
import { median, round } from "./statistics.ts";

export interface MeasureResult {
  name: string;
  title: string;
  /** When it began, ISO 8601: kept results may come from several runs. */
  date: string;
  /** The load average at its beginning: programs that wait for a core. */
  loadBefore: number;
  /** How long it took. */
  seconds: number;
  targets?: Outcome["targets"];
  figures?: Outcome["figures"];
  pairs?: Outcome["pairs"];
  failure?: string;
}

export interface Results {
  machine: Machine;
  quick: boolean;
  measures: MeasureResult[];
}

const FOLDER = new URL("./results/", import.meta.url);
/** Kept in git: what the next run is compared with. */
const KEPT = new URL("kept.json", FOLDER);
const LATEST = new URL("latest.json", FOLDER);

export function table({ measures }: Results): string {
  const rows = measures.flatMap(({ name, title, targets = [], failure }) =>
    failure === undefined
      ? targets.map((target) => [title, target.what, found(target), wanted(target), said(target)])
      : [[title, name, "–", "–", `not measured: it failed (${firstLine(failure)})`]]
  );
  return markdown(["measure", "what", "found", "to reach", "verdict"], rows);
}

/** Every target that both runs have, with the change in percent. */
export function comparison(before: Results, after: Results): string {
  const known = new Map(targetsOf(before));
  const rows = targetsOf(after).flatMap(([key, target]) => {
    const old = known.get(key);
    if (old === undefined || old.value === null || target.value === null) return [];
    const change = old.value === 0 ? "" : `${round((target.value / old.value - 1) * 100, 0)} %`;
    return [[key, found(old), found(target), change]];
  });
  const head = `\nCompared with what was kept last (${before.machine.processor}):\n`;
  return head + markdown(["what", "then", "now", "change"], rows);
}

/** What was measured against another checkout, each number with the lowest and highest round. */
export function pairs({ measures }: Results, other: string): string {
  const rows = measures.flatMap(({ pairs = [] }) => pairs.map(pairRow));
  return `\nIn turn with ${other}:\n${
    markdown(["what", "here", "there", "here by there", "lowest to highest"], rows)
  }`;
}

function pairRow({ what, unit, own, other }: Pair): string[] {
  const ratios = own.map((each, i) => each / (other[i] ?? NaN));
  const spread = `${round(Math.min(...ratios))} to ${round(Math.max(...ratios))}`;
  return [what, middle(own, unit), middle(other, unit), `${round(median(ratios))} ×`, spread];
}

function middle(values: readonly number[], unit: string): string {
  return `${round(median(values), 3)} ${unit} (${round(Math.min(...values), 3)} to ${
    round(Math.max(...values), 3)
  })`;
}

function targetsOf({ measures }: Results): [string, Target][] {
  return measures.flatMap(({ name, targets = [] }) =>
    targets.map((target): [string, Target] => [
      `${name}: ${target.what} (${target.unit || "count"})`,
      target,
    ])
  );
}

function found({ value, unit, beside }: Target): string {
  const number = value === null ? "–" : `${value.toLocaleString("en")} ${unit}`.trim();
  return beside === undefined ? number : `${number} (${beside})`;
}

function wanted({ limit, better, unit }: Target): string {
  return `${better === "lower" ? "≤" : "≥"} ${limit.toLocaleString("en")} ${unit}`.trim();
}

function said(target: Target): string {
  const verdict = verdictOf(target);
  return target.reason === undefined ? verdict : `${verdict}: ${target.reason}`;
}

function firstLine(text: string): string {
  return text.split("\n")[0]!.slice(0, 120).replaceAll("|", "\\|");
}

function markdown(head: string[], rows: string[][]): string {
  const widths = head.map((cell, i) =>
    Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0))
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The last kept run; null where there is none. */
export async function lastResults(): Promise<Results | null> {
  try {
    return JSON.parse(await Deno.readTextFile(KEPT));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Always as the latest; as the kept one too where asked, measure by measure. */
export async function saveResults(results: Results, keep: boolean): Promise<void> {
  await Deno.mkdir(FOLDER, { recursive: true });
  await write(LATEST, results);
  if (!keep) return;
  const names = new Set(results.measures.map(({ name }) => name));
  const others = (await lastResults())?.measures.filter(({ name }) => !names.has(name)) ?? [];
  await write(KEPT, { ...results, measures: [...results.measures, ...others] });
}

async function write(file: URL, results: Results): Promise<void> {
  await Deno.writeTextFile(file, `${JSON.stringify(results, null, 2)}\n`);
}
