/** The audit log as a file: nothing that somebody named becomes a formula in a spreadsheet. */
import assert from "node:assert/strict";
import { csvRow } from "../../lib/http/audit.ts";

function rowWith(name: string): string {
  return csvRow({
    id: 1,
    at: 0,
    actor: { kind: "user", id: 2, username: "ann" },
    action: "passkey.added",
    target: { kind: "user", id: 2, username: "ann" },
    detail: { name },
    address: "192.0.2.1",
  });
}

/** As a spreadsheet does that parts cells at these, and knows no quotation marks in a cell. */
function cellsOf(row: string, separators: RegExp): string[] {
  return row.trimEnd().split(separators);
}

Deno.test("no name begins a formula, wherever a spreadsheet parts the cells", () => {
  for (const formula of ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "  =cmd|' /C calc'!A0", "＝1+1"]) {
    for (const before of ["", "x;", "x; ", "x,", "x\t", "x\n", "x;;", "x;\t"]) {
      const row = rowWith(before + formula);
      for (const separators of [/[;]/, /[,]/, /[\t]/, /[;,\t\r\n]/]) {
        const begin = cellsOf(row, separators).filter((cell) => /^\s*"?\s*[=+\-@＝]/.test(cell));
        assert.deepEqual(begin, [], JSON.stringify([before, formula]));
      }
    }
  }
});

Deno.test("what is no formula stays as it is", () => {
  const row = rowWith("Ann's key: a-b, c=d");
  assert.equal(
    row,
    '1,1970-01-01T00:00:00.000Z,ann (2),passkey.added,ann (2),"name=Ann\'s key: a-b, c=d",192.0.2.1\r\n',
  );
});
