import assert from "node:assert/strict";
import { KeptHtml } from "../../../lib/ui/kept/kept_html.ts";

const html = (size: number) => new Uint8Array(size);

Deno.test("what was rendered is found by its key, and by no other", () => {
  const kept = new KeptHtml(10_000);
  const one = html(10);
  kept.put("message 1", one);
  assert.equal(kept.get("message 1"), one);
  assert.equal(kept.get("message 2"), undefined);
});

Deno.test("however much is rendered, no more than so many bytes are kept, keys and all", () => {
  const kept = new KeptHtml(100_000);
  for (let at = 0; at < 1_000; at++) {
    kept.put(`message ${at} ${"k".repeat(at % 200)}`, html(at % 900));
    assert.ok(kept.bytes <= 100_000, `${kept.bytes} after ${at}`);
  }
  assert.ok(kept.bytes > 30_000, "and not much less");
});

Deno.test("what is used stays; what nobody asked for goes first", () => {
  const kept = new KeptHtml(100_000);
  kept.put("used", html(1_000));
  kept.put("unused", html(1_000));
  for (let at = 0; at < 500; at++) {
    assert.ok(kept.get("used"), `after ${at}`);
    kept.put(`message ${at}`, html(1_000));
  }
  assert.equal(kept.get("unused"), undefined);
});

Deno.test("a part that alone would drive out all others is not kept", () => {
  const kept = new KeptHtml(100_000);
  kept.put("small", html(10));
  kept.put("huge", html(90_000));
  assert.equal(kept.get("huge"), undefined);
  assert.ok(kept.get("small"));
});

Deno.test("the same part put twice counts once", () => {
  const kept = new KeptHtml(10_000);
  kept.put("message", html(1_000));
  const { bytes } = kept;
  kept.put("message", html(1_000));
  assert.equal(kept.bytes, bytes);
});

Deno.test("an order is found once for all lists of the same, and for others anew", () => {
  const kept = new KeptHtml(100_000);
  let sorts = 0;
  const ordered = (names: string[]) => {
    const things = names.map((name) => ({ name }));
    const sorted = kept.ordered(names.join(), things, () => {
      sorts++;
      return things.toSorted((a, b) => a.name < b.name ? -1 : 1);
    });
    assert.ok(sorted.every((thing) => things.includes(thing)), "these, and nobody else's");
    return sorted.map(({ name }) => name);
  };
  assert.deepEqual(ordered(["c", "a", "b"]), ["a", "b", "c"]);
  assert.deepEqual(ordered(["c", "a", "b"]), ["a", "b", "c"]);
  assert.equal(sorts, 1);
  assert.deepEqual(ordered(["b", "d", "a"]), ["a", "b", "d"]);
  assert.equal(sorts, 2);
});
