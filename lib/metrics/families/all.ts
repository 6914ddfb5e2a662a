/** Every metric, in the order of the page. */
import type { Family } from "./family.ts";
import { HUB } from "./hub.ts";
import { FILES } from "./files.ts";
import { JOBS } from "./jobs.ts";
import { MAIL } from "./mail.ts";
import { NODES } from "./nodes.ts";
import { PROGRAM } from "./program.ts";
import { STORE } from "./store.ts";

export const FAMILIES: readonly Family[] = [
  ...HUB,
  ...STORE,
  ...NODES,
  ...MAIL,
  ...FILES,
  ...JOBS,
  ...PROGRAM,
];

/** The table in docs/metrics.md, as Markdown. */
export function metricsTable(): string {
  const rows = FAMILIES.map(({ name, type, help, labels = {} }) => {
    const named = Object.entries(labels).map(([label, what]) => `\`${label}\`: ${what}`);
    return `| \`${name}\` | ${type} | ${help}${
      named.length === 0 ? "" : ` <br>${named.join("; ")}`
    } |`;
  });
  return ["| metric | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}
