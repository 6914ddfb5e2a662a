import assert from "node:assert/strict";
import { RecentMap } from "../../lib/limits/recent_map.ts";

Deno.test("beyond its limit the map forgets what was used longest ago", () => {
  const map = new RecentMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  assert.equal(map.get("a"), 1);
  map.set("c", 3);
  assert.equal(map.get("b"), undefined);
  assert.equal(map.get("a"), 1);
  assert.equal(map.get("c"), 3);
  assert.equal(map.size, 2);
});

Deno.test("setting a key again replaces its value and forgets nothing", () => {
  const map = new RecentMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.set("b", 3);
  assert.equal(map.get("a"), 1);
  assert.equal(map.get("b"), 3);
});

Deno.test("what is over is dropped, wherever it stands", () => {
  const map = new RecentMap<string, number>(10);
  for (let i = 0; i < 5; i++) map.set(String(i), i);
  map.deleteWhere((value) => value % 2 === 0);
  assert.equal(map.size, 2);
  assert.equal(map.get("1"), 1);
});
