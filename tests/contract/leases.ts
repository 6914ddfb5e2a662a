/** What every place for leases must do. */
import assert from "node:assert/strict";
import type { Leases } from "../../lib/leases/leases.ts";

export interface LeasesPlace {
  /** Leases of one node, beside all others of this place. */
  join(node: string): Leases;
  /** As if this node had not renewed for as long as a lease holds. */
  letEnd(node: string): Promise<void>;
  /** As after a crash of what keeps them. */
  forgetAll(): Promise<void>;
}

export type LeasesTest = (name: string, run: (place: LeasesPlace) => Promise<void>) => void;

const nobody = new Map<string, number>();

/** In the order of the nodes' names. */
const read = async (leases: Leases, known: ReadonlyMap<string, number> = nobody) =>
  (await leases.read(known)).toSorted((a, b) => a.node < b.node ? -1 : 1);

/** @param test gives each test a place of its own */
export function testLeases(test: LeasesTest): void {
  test("leases: every node reads what every node last put, its own too", async ({ join }) => {
    const [a, b] = [join("a"), join("b")];
    assert.deepEqual(await read(a), []);
    await a.renew(0, "[]");
    await b.renew(7, "ä ✓ 🎉\n");
    await a.renew(1, "[1,2]");
    for (const leases of [a, b]) {
      assert.deepEqual(await read(leases), [
        { node: "a", version: 1, text: "[1,2]" },
        { node: "b", version: 7, text: "ä ✓ 🎉\n" },
      ]);
    }
  });

  test("leases: a text that the reader has is left out, an older one too", async ({ join }) => {
    const a = join("a");
    for (const [version, known, text] of [[0, 0, null], [5, 4, "5"], [5, 5, null], [5, 9, null]]) {
      await a.renew(version as number, String(version));
      assert.deepEqual(await read(join("b"), new Map([["a", known as number], ["z", 3]])), [
        { node: "a", version, text },
      ]);
    }
    const huge = Number.MAX_SAFE_INTEGER;
    assert.deepEqual(await read(a, new Map([["a", huge]])), [{
      node: "a",
      version: 5,
      text: null,
    }]);
    await a.renew(huge, "many");
    assert.deepEqual(await read(a), [{ node: "a", version: huge, text: "many" }]);
  });

  test("leases: one that is not renewed ends, and begins again", async ({ join, letEnd }) => {
    const [a, b] = [join("a"), join("b")];
    await a.renew(1, "[]");
    await b.renew(1, "[]");
    await letEnd("a");
    assert.deepEqual((await read(b)).map(({ node }) => node), ["b"]);
    await a.renew(2, "[]");
    assert.deepEqual((await read(b)).map(({ node }) => node), ["a", "b"]);
  });

  test("leases: one that is released ends at once, those of others hold", async ({ join }) => {
    const [a, b] = [join("a"), join("b")];
    await a.renew(1, "[]");
    await b.renew(1, "[]");
    await a.release();
    await a.release();
    await join("c").release();
    assert.deepEqual((await read(b)).map(({ node }) => node), ["b"]);
  });

  test("leases: what is forgotten is put again by the next renewal", async (place) => {
    const [a, b] = [place.join("a"), place.join("b")];
    await a.renew(1, "[]");
    await place.forgetAll();
    assert.deepEqual(await read(b), []);
    await a.renew(1, "[]");
    assert.deepEqual((await read(b)).map(({ node }) => node), ["a"]);
  });

  test("leases: many nodes that begin at once hinder nobody", async ({ join }) => {
    const nodes = Array.from({ length: 8 }, (_, index) => `node ${index}`);
    await Promise.all(nodes.map((node) => join(node).renew(1, node)));
    assert.deepEqual((await read(join("x"))).map(({ text }) => text), nodes);
  });

  test("leases: ten thousand people fit", async ({ join }) => {
    const a = join("a");
    const text = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => 1_000_000 + index));
    await a.renew(1, text);
    assert.deepEqual(await read(join("b")), [{ node: "a", version: 1, text }]);
  });
}
