/** Turns of chat pages, by a loop whose time the test owns. */
import assert from "node:assert/strict";
import { ChatDocument } from "../../routes/(_parts)/ChatDocument.tsx";
import { loadRouteFiles, patternOf } from "../../lib/fresh/route_files.ts";
import { CHAT_PAGES } from "../../lib/http/admit_pages.ts";
import { PageTurns } from "../../lib/http/page_turns.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const PAGE_MS = 5;

/** Pages that hold the loop for a while each; what happened is noted in its order. */
function setUp(limits = { running: 2, waiting: 1_000 }) {
  const virtual = new VirtualLoop();
  const turns = new PageTurns(virtual.loop, limits);
  const noted: string[] = [];
  function ask(person: number, name: string, reader = new AbortController()) {
    void turns.run(person, () => reader.signal, async () => {
      await Promise.resolve(); // it is read
      virtual.spend(PAGE_MS);
      noted.push(name);
    }).then(
      (page) => page === null && noted.push(`${name} gone`),
      (error) => {
        assert.deepEqual([error.code, error.busy], ["unavailable", true]);
        noted.push(`${name} refused`);
      },
    );
    return reader;
  }
  return { virtual, noted, ask, turns };
}

Deno.test("what comes while hundreds of pages are made, as a message's ack, waits for two of them", async () => {
  const { virtual, noted, ask } = setUp();
  for (let i = 0; i < 500; i++) ask(i, `page ${i}`);
  for (let i = 0; i < 50; i++) {
    const [before, asked] = [noted.length, virtual.loop.now()];
    let waited = Infinity;
    virtual.loop.immediate(() => {
      waited = virtual.loop.now() - asked;
      noted.push("ack");
    });
    while (waited === Infinity) await virtual.pass(0);
    assert.ok(noted.indexOf("ack", before) - before <= 2, noted.slice(before).join());
    assert.ok(waited <= 2 * PAGE_MS, `${waited} ms`);
  }
  await virtual.pass(500 * PAGE_MS);
  const pages = noted.filter((name) => name !== "ack");
  assert.deepEqual(pages, Array.from({ length: 500 }, (_, i) => `page ${i}`), "in their order");
});

Deno.test("who asks for many pages waits behind who asks for one", async () => {
  const { virtual, noted, ask } = setUp();
  for (let i = 0; i < 20; i++) ask(1, `flood ${i}`);
  ask(2, "ann");
  await virtual.pass(1_000);
  assert.ok(noted.indexOf("ann") <= 3, noted.join());
  assert.equal(noted.length, 21);
});

Deno.test("a page whose reader has gone is not made, and others move up", async () => {
  const { virtual, noted, ask } = setUp();
  const readers = Array.from({ length: 6 }, (_, i) => ask(i, `page ${i}`));
  for (const index of [2, 3, 5]) readers[index]!.abort();
  await virtual.pass(1_000);
  assert.deepEqual(noted.filter((name) => !name.endsWith("gone")), ["page 0", "page 1", "page 4"]);
  assert.deepEqual(noted.filter((name) => name.endsWith("gone")).toSorted(), [
    "page 2 gone",
    "page 3 gone",
    "page 5 gone",
  ]);
  ask(7, "later");
  await virtual.pass(1_000);
  assert.equal(noted.at(-1), "later");
});

Deno.test("beyond a bound, one of who waits for most is told to come again, and others are not", async () => {
  const { virtual, noted, ask } = setUp({ running: 1, waiting: 5 });
  for (let i = 0; i < 8; i++) ask(1, `flood ${i}`);
  ask(2, "ann");
  await virtual.pass(1_000);
  const refused = noted.filter((name) => name.endsWith("refused"));
  assert.deepEqual(refused, ["flood 6 refused", "flood 7 refused", "flood 5 refused"]);
  assert.ok(noted.includes("ann"));
  assert.equal(noted.length, 9);
});

Deno.test("a page that fails gives its place on", async () => {
  const virtual = new VirtualLoop();
  const turns = new PageTurns(virtual.loop, { running: 1, waiting: 5 });
  const { signal } = new AbortController();
  const failed = turns.run(1, () => signal, () => Promise.reject(new Error("no page")));
  const next = turns.run(2, () => signal, () => Promise.resolve("page"));
  await assert.rejects(failed, /no page/);
  await virtual.pass(10);
  assert.equal(await next, "page");
});

Deno.test("a page that waits itself, as for a database that is away, keeps others for two seconds", async () => {
  const { virtual, noted, ask, turns } = setUp();
  const { signal } = new AbortController();
  for (let i = 0; i < 2; i++) void turns.run(1, () => signal, () => new Promise(() => {}));
  for (let i = 0; i < 100; i++) ask(i, `page ${i}`);
  await virtual.pass(1_900);
  assert.equal(noted.length, 0);
  await virtual.pass(1_200);
  assert.equal(noted.length, 100);
});

Deno.test("who has waited for ten seconds is told to come again", async () => {
  const { virtual, noted, ask, turns } = setUp();
  const { signal } = new AbortController();
  const endless = () => new Promise(() => {});
  for (let i = 0; i < 50; i++) void turns.run(i, () => signal, endless).catch(() => {});
  ask(50, "ann");
  await virtual.pass(9_500);
  assert.deepEqual(noted, []);
  await virtual.pass(1_500);
  assert.deepEqual(noted, ["ann refused"]);
  ask(51, "bob");
  await virtual.pass(3_000);
  assert.equal(noted.at(-1), "bob", "and there are places again");
});

Deno.test("every page that shows the chat waits for its turn, and no other route does", async () => {
  const routes = await loadRouteFiles(new URL("../../routes/", import.meta.url));
  const withChat = routes.filter(({ module }) => module.default === ChatDocument)
    .map(({ path }) => patternOf(path));
  assert.deepEqual(new Set(withChat), CHAT_PAGES);
});
