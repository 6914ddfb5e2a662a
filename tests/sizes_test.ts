/** Files are read at a sitting and functions fit a screen, or say why they do not. */
import assert from "node:assert/strict";
import { FILE_LINES, FUNCTION_LINES, REASON, tooLong } from "./support/sizes.ts";

const ROOT = new URL("../", import.meta.url);

Deno.test("no file and no function of the program is longer than one reads at once", async () => {
  const found: string[] = [];
  let files = 0;
  for await (const path of sources()) {
    files += 1;
    found.push(...tooLong(path, await Deno.readTextFile(new URL(path, ROOT))));
  }
  assert.ok(files > 300, "the sources were found");
  assert.deepEqual(found, []);
});

Deno.test("a long function is found, unless a comment gives the reason", () => {
  const body = (lines: number) => "  counted();\n".repeat(lines - 2);
  const declared = (lines: number) => `function run() {\n${body(lines)}}\n`;
  assert.deepEqual(tooLong("lib/a.ts", declared(FUNCTION_LINES)), []);
  assert.equal(tooLong("lib/a.ts", declared(FUNCTION_LINES + 1)).length, 1);
  assert.equal(tooLong("lib/a.ts", `export const run = () => {\n${body(61)}};\n`).length, 1);
  assert.equal(tooLong("lib/a.ts", `class A {\n  run() {\n${body(61)}}\n}\n`).length, 1);
  assert.equal(tooLong("lib/a.tsx", `const a = <b>{() => {\n${body(61)}}}</b>;\n`).length, 1);

  const long = declared(FUNCTION_LINES + 1);
  assert.deepEqual(tooLong("lib/a.ts", `/** Runs. ${REASON} it is a table. */\n${long}`), []);
  assert.deepEqual(tooLong("lib/a.ts", `// ${REASON} it is a table.\n${long}`), []);
  assert.equal(tooLong("lib/a.ts", `// ${REASON} it is a table.\nother();\n${long}`).length, 1);
});

Deno.test("a long file is found, unless it is a catalogue or a table of data", () => {
  const text = "export const a = 1;\n".repeat(FILE_LINES + 1);
  assert.equal(tooLong("lib/chat/a.ts", text).length, 1);
  assert.deepEqual(tooLong("lib/ui/catalogue/en/a.ts", text), []);
});

/** Everything but tests and benchmarks. */
async function* sources(): AsyncGenerator<string> {
  for await (const { name } of Deno.readDir(ROOT)) if (name.endsWith(".ts")) yield name;
  for (const folder of ["lib/", "routes/", "islands/", "docs/"]) yield* sourcesIn(folder);
}

async function* sourcesIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) yield* sourcesIn(`${folder}${name}/`);
    else if (/\.(tsx?|css)$/.test(name)) yield `${folder}${name}`;
  }
}
