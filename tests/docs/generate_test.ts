import assert from "node:assert/strict";
import { documents } from "../../docs/generate.ts";

Deno.test("the documentation says what the schemas and settings say", async () => {
  for (const [path, text] of await documents()) {
    const kept = await Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
    assert.equal(kept, text, `${path} is out of date: run deno task docs`);
  }
});
