/**
 * The audit log as a file, for spreadsheets or programs, sent while it is read: it may be longer
 * than anybody wants in memory.
 */
import type { AuditEntry, ExportFormat } from "../protocol/audit.ts";
import { exportQuery } from "../protocol/audit.ts";
import { type Ctx, readQuery, run } from "./state.ts";

/** What comes before, between and after the entries, and how each is written. */
interface Writing {
  type: string;
  begin: string;
  entry(entry: AuditEntry): string;
  between: string;
  end: string;
}

const COLUMNS = ["id", "time", "actor", "action", "target", "detail", "address"];

const WRITINGS: Record<ExportFormat, Writing> = {
  csv: {
    type: "text/csv; charset=utf-8",
    // With the mark by which spreadsheets know that it is UTF-8.
    begin: `\ufeff${COLUMNS.join(",")}\r\n`,
    entry: csvRow,
    between: "",
    end: "",
  },
  json: {
    type: "application/json",
    begin: '{"entries":[\n',
    entry: (entry) => JSON.stringify(entry),
    between: ",\n",
    end: "\n]}\n",
  },
};

export async function exportAudit(ctx: Ctx): Promise<Response> {
  const asked = readQuery(ctx, exportQuery);
  const writing = WRITINGS[asked.format];
  const pages = await run(ctx, "exportAudit", asked);
  const day = new Date(ctx.state.services.now()).toISOString().slice(0, 10);
  return new Response(streamed(pages, writing), {
    headers: {
      "content-type": writing.type,
      "content-disposition": `attachment; filename="audit-${day}.${asked.format}"`,
      "cache-control": "no-store",
    },
  });
}

/** A portion is read when the client has taken the one before. */
function streamed(pages: AsyncIterable<AuditEntry[]>, writing: Writing): ReadableStream {
  return ReadableStream.from(written(pages, writing)).pipeThrough(new TextEncoderStream());
}

async function* written(
  pages: AsyncIterable<AuditEntry[]>,
  { begin, entry, between, end }: Writing,
) {
  let before = begin;
  for await (const entries of pages) {
    yield before + entries.map(entry).join(between);
    before = between;
  }
  yield (before === begin ? begin : "") + end;
}

/** Ends its line. */
export function csvRow(entry: AuditEntry): string {
  return rowOf(entry).map(cell).join(",") + "\r\n";
}

function rowOf({ id, at, actor, action, target, detail, address }: AuditEntry): string[] {
  const more = Object.entries(detail).map(([name, value]) => `${name}=${value}`).join("; ");
  const time = new Date(at).toISOString();
  return [String(id), time, nameOf(actor), action, nameOf(target), more, address ?? ""];
}

function nameOf(who: AuditEntry["actor"] | AuditEntry["target"]): string {
  if (who === null) return "";
  if ("username" in who) return `${who.username} (${who.id})`;
  return "name" in who ? `${who.kind} ${who.name}` : who.kind;
}

/**
 * RFC 4180; what a spreadsheet would take for a formula is told to be text. Also inside of a cell:
 * where numbers have decimal commas, spreadsheets part cells at semicolons, and some at tabs.
 */
function cell(text: string): string {
  const safe = text.replace(/(^|[;,\t\r\n])(\s*)(?=[=+\-@＝＋－＠\t\r])/g, "$1$2'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
