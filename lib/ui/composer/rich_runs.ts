/**
 * Stretches of text with marks, written as Markdown: neighbours that share a mark share its signs.
 * Pure; it must not know where they come from.
 */
import { linkLabel, linkTarget } from "./marks.ts";

export interface Run {
  text: string;
  bold: boolean;
  italic: boolean;
  strike: boolean;
  /** Where it leads; null: no link. */
  href: string | null;
  /** Code, or a line break: written as it is. */
  kind: "text" | "code" | "break";
}

type Layer = "href" | "bold" | "italic" | "strike";

/** From the outside in. */
const LAYERS: readonly Layer[] = ["href", "bold", "italic", "strike"];
const SIGNS = { bold: "**", italic: "_", strike: "~~" };

/** Whether anything of it is more than text. */
export function isMarked(runs: readonly Run[]): boolean {
  return runs.some((run) =>
    run.kind === "code" || run.bold || run.italic || run.strike ||
    (run.href !== null && run.text.trim() !== run.href)
  );
}

export function runsText(runs: readonly Run[]): string {
  return layer(trimmed(runs), 0);
}

function layer(runs: readonly Run[], depth: number): string {
  const name = LAYERS[depth];
  if (name === undefined) return runs.map(plain).join("");
  let text = "";
  for (let at = 0; at < runs.length;) {
    let end = at + 1;
    while (end < runs.length && runs[end]![name] === runs[at]![name]) end++;
    const value = runs[at]![name];
    const group = runs.slice(at, end);
    text += value === null || value === false
      ? layer(group, depth + 1)
      : wrapped(layer(group, depth + 1), name, value, group);
    at = end;
  }
  return text;
}

/** A sign stands right at the letters, and on one line. */
function wrapped(inner: string, name: Layer, value: string | true, runs: readonly Run[]): string {
  if (inner.trim() === "") return inner;
  if (name === "href") return linkText(inner, value as string, runs);
  const sign = SIGNS[name];
  return inner.split("\n").map((line) => {
    const [, before = "", core = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(line)!;
    return core === "" ? line : `${before}${sign}${core}${sign}${after}`;
  }).join("\n");
}

function linkText(inner: string, href: string, runs: readonly Run[]): string {
  const [, before = "", core = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(inner)!;
  const shown = runs.map(({ text }) => text).join("").trim();
  if (shown === href || `${shown}/` === href) return `${before}${href}${after}`;
  // What is marked within keeps its signs; brackets are marked as what they are already.
  const label = runs.every((run) => run.kind === "text") ? core : linkLabel(shown);
  return `${before}[${label.replace(/\n/g, " ")}](${linkTarget(href)})${after}`;
}

function plain({ text, kind, href }: Run): string {
  if (kind === "break") return "\n";
  if (kind === "code") return codeText(text);
  return href !== null ? escaped(text).replace(/(?<!\\)[[\]]/g, "\\$&") : escaped(text);
}

function codeText(code: string): string {
  const longest = Math.max(0, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const sign = "`".repeat(longest + 1);
  const space = /^`|`$/.test(code) ? " " : "";
  return code.trim() === "" ? code : `${sign}${space}${code}${space}${sign}`;
}

/** Signs that would become marks, so that the text says what it said. Addresses stay as they are. */
export function escaped(text: string): string {
  return text.split(/(https?:\/\/\S+)/i).map((part, at) =>
    at % 2 === 1 ? part : part.replace(
      /[\\`]|\*(?=\S)|(?<=\S)\*|(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])|~~|\[(?=[^\]]*\]\()/gu,
      "\\$&",
    )
  ).join("");
}

/** Spaces collapse, as they do on a page, also from one stretch to the next. */
function trimmed(runs: readonly Run[]): Run[] {
  let spaced = true;
  const kept: Run[] = [];
  for (const run of runs) {
    if (run.kind === "break") {
      kept.push(run);
      spaced = true;
      continue;
    }
    let text = run.kind === "code" ? run.text : run.text.replace(/[ \t\n\r\f]+/g, " ");
    if (spaced && run.kind === "text") text = text.replace(/^ /, "");
    if (text === "") continue;
    kept.push({ ...run, text });
    spaced = text.endsWith(" ");
  }
  const last = kept.at(-1);
  if (last?.kind === "text") kept[kept.length - 1] = { ...last, text: last.text.trimEnd() };
  return kept;
}
