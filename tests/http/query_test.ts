/** The query of an address as a schema sees it. */
import assert from "node:assert/strict";
import { type Ctx, queryOf } from "../../lib/http/state.ts";

const query = (search: string) =>
  queryOf({ url: new URL(`http://chat.test/?${search}`) } as unknown as Ctx);

Deno.test("a parameter that is given twice is a list, which no schema takes", () => {
  assert.deepEqual(query("a=1&b=2&a=3&a="), { a: ["1", "3", ""], b: "2" });
  assert.deepEqual(query(""), {});
  assert.deepEqual(Object.keys(query("__proto__=1")), ["__proto__"]);
});

Deno.test("ten thousand parameters are read in one pass", () => {
  const search = Array.from({ length: 10_000 }, (_, i) => `k${i}`).join("&");
  // The best of three: something else may have had the processor. It took 260 ms.
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    assert.equal(Object.keys(query(search)).length, 10_000);
    return performance.now() - start;
  });
  assert.ok(Math.min(...times) < 100, `${Math.min(...times)} ms`);
});
