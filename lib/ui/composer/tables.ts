/** Cells as a table in Markdown: from a spreadsheet or a page. Pure. */

/** More cells than this would be read by nobody in a chat. */
const MOST_CELLS = 2_000;

/** The first row is the table's head. Null where it is no table: one column, or too large a one. */
export function tableText(rows: readonly (readonly string[])[]): string | null {
  const filled = withoutEmptyEdges(rows);
  const width = Math.max(0, ...filled.map((row) => row.length));
  if (width < 2 || filled.length === 0 || width * filled.length > MOST_CELLS) return null;
  const [head = [], ...body] = filled.map((row) =>
    Array.from({ length: width }, (_, at) => cellText(row[at] ?? ""))
  );
  const rule = head.map((_, at) => isNumbers(body.map((row) => row[at]!)) ? "---:" : "---");
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cellText(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ").replace(/(?<!\\)\|/g, "\\|");
}

/** Numbers, money and shares, as spreadsheets write them, stand at the right. */
function isNumbers(cells: readonly string[]): boolean {
  const written = cells.filter((cell) => cell !== "");
  return written.length > 0 &&
    written.every((cell) => /^[-+−(]?[\p{Sc}\s]*\d[\d\s.,']*[\p{Sc}%)\s]*$/u.test(cell));
}

/** Copied cells often carry empty rows and columns along. */
function withoutEmptyEdges(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const isFilled = (row: readonly string[]) => row.some((cell) => cell.trim() !== "");
  const first = rows.findIndex(isFilled);
  const last = rows.findLastIndex(isFilled);
  if (first === -1) return [];
  const filled = rows.slice(first, last + 1);
  const width = 1 +
    Math.max(...filled.map((row) => row.findLastIndex((cell) => cell.trim() !== "")));
  return filled.map((row) => row.slice(0, width));
}

/** Lines with as many tabs each are cells, as spreadsheets copy them; tabs at the start indent code. */
export function tabbedCells(text: string): string[][] | null {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n")
    .map((line) => line.split("\t"));
  const width = rows[0]!.length;
  const isCells = rows.length > 1 && width > 1 && rows.every((row) => row.length === width) &&
    rows.some((row) => row[0]!.trim() !== "");
  return isCells ? rows : null;
}
