/** `docs/settings.md`: every picture that it shows is there, and every picture is shown. */
import assert from "node:assert/strict";

const DOCS = new URL("../../docs/", import.meta.url);
const PNG = [0x89, 0x50, 0x4e, 0x47];

Deno.test("each setting and each page of settings has its picture, and no picture is left over", async () => {
  const page = await Deno.readTextFile(new URL("settings.md", DOCS));
  const shown = [...page.matchAll(/!\[[^\]]+\]\((pictures\/[\w-]+\.png)\)/g)].map(([, at]) => at!);
  assert.ok(shown.length > 15, `${shown.length} pictures`);
  for (const path of shown) {
    const bytes = await Deno.readFile(new URL(path, DOCS)).catch(() => new Uint8Array());
    assert.deepEqual([...bytes.slice(0, 4)], PNG, `${path}: run docs/pictures.ts`);
    assert.ok(bytes.length < 100_000, `${path} is small`);
  }
  const kept: string[] = [];
  for await (const { name } of Deno.readDir(new URL("pictures/", DOCS))) {
    kept.push(`pictures/${name}`);
  }
  assert.deepEqual(kept.sort(), [...new Set(shown)].sort());
});
