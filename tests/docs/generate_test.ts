import assert from "node:assert/strict";
import { documents } from "../../docs/generate.ts";

Deno.test("the documentation says what the schemas and settings say", async () => {
  for (const [path, text] of await documents()) {
    const kept = await Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
    assert.equal(kept, text, `${path} is out of date: run deno task docs`);
  }
});

Deno.test("the page about the protocol names every event that clients are sent", async () => {
  const read = (path: string) => Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
  const page = await read("docs/protocol.md");
  const events = [...(await read("lib/protocol/events.ts")).matchAll(/^ {2}type: "(\w+)";/gm)];
  assert.ok(events.length > 15, `${events.length} events`);
  const missing = events.map(([, name]) => name!).filter((name) =>
    !new RegExp(`^\\| ${name} +\\|`, "m").test(page)
  );
  assert.deepEqual(missing, []);
});
