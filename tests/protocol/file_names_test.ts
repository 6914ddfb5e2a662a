import assert from "node:assert/strict";
import { cleanFileName, FILE_NAME_LENGTH } from "../../lib/protocol/file_names.ts";

const NAMES: [said: string, kept: string][] = [
  ["plan.pdf", "plan.pdf"],
  ["Отчёт за май.docx", "Отчёт за май.docx"],
  ['say "hi".txt', 'say "hi".txt'],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\ann\\cat.jpg", "cat.jpg"],
  ["a\r\nSet-Cookie: x=1.png", "aSet-Cookie: x=1.png"],
  ["cat\u202egpj.exe", "catgpj.exe"],
  ["\u2067evil\u2069.txt", "evil.txt"],
  ["nul\0.txt", "nul.txt"],
  ["lone\ud800.txt", "lone.txt"],
  [".htaccess", "htaccess"],
  ["...", "file"],
  ["..", "file"],
  ["a/", "file"],
  ["  ", "file"],
  ["", "file"],
  ["name.txt. ", "name.txt"],
  ["👩‍👩‍👧.png", "👩‍👩‍👧.png"],
  ["\u3164\u3164", "file"],
  ["\u200d\u200c", "file"],
  ["in\u00advo\u180eice\u{e0041}.pdf", "invoice.pdf"],
];

Deno.test("a file's name is one line without a path, whatever it was", () => {
  for (const [said, kept] of NAMES) assert.equal(cleanFileName(said), kept, JSON.stringify(said));
});

Deno.test("a long name is cut before its ending", () => {
  const name = cleanFileName(`${"д".repeat(300)}.docx`);
  assert.equal([...name].length, FILE_NAME_LENGTH);
  assert.ok(name.endsWith("д.docx"));
  assert.equal([...cleanFileName("😀".repeat(300))].length, FILE_NAME_LENGTH);
  assert.equal([...cleanFileName(`a.${"b".repeat(300)}`)].length, FILE_NAME_LENGTH);
});

Deno.test("cleaning a clean name changes nothing", () => {
  for (const [said] of NAMES) {
    const once = cleanFileName(said);
    assert.equal(cleanFileName(once), once);
  }
});
