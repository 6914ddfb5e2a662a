/** Following the table of events, with a table that the test holds up, breaks and fills. */
import assert from "node:assert/strict";
import { type EventsRead, Tail } from "../../lib/bus/tail.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

function setUp() {
  const virtual = new VirtualLoop();
  /** Rows in the order in which they became visible; an id may come late. */
  const table: { id: number; change: string }[] = [];
  const told: string[] = [];
  const logged: string[] = [];
  const looked: number[] = [];
  const state = {
    fails: false,
    lost: false,
    held: null as Promise<void> | null,
    wakes: 0,
    rows: null as EventsRead["rows"] | null,
    mayLog: false,
  };
  const tail = new Tail<string>({
    async read(mark): Promise<EventsRead> {
      const seen = table.length;
      await state.held;
      if (state.fails) throw new Error("out of reach");
      const rows = mark === null ? [] : table.slice(Number(mark), seen)
        .map(({ id, change }) => ({ id, body: JSON.stringify(change) }))
        .sort((a, b) => a.id - b.id);
      return { mark: String(seen), rows: state.rows ?? rows, lost: state.lost };
    },
    wake: () => void state.wakes++,
    every: virtual.loop.every,
    log(message, error) {
      if (!state.mayLog) assert.fail(`${message}: ${error}`);
      logged.push(message);
    },
  });
  tail.subscribe({
    happened: (events) => void told.push(...events),
    looked: (look) => void looked.push(look),
    lost: () => void told.push("lost"),
  });
  function write(id: number, change = `event ${id}`) {
    table.push({ id, change });
    return { id, change };
  }
  return { virtual, tail, told, logged, looked, state, write };
}

Deno.test("events come once each, in order, from where the tail began", async () => {
  const { tail, told, write } = setUp();
  write(1);
  await tail.start();
  write(3);
  write(2);
  assert.equal(await tail.look(), true);
  write(4);
  await tail.look();
  await tail.look();
  assert.deepEqual(told, ["event 2", "event 3", "event 4"]);
});

Deno.test("a look asked for during another is one more, shared by all who ask", async () => {
  const { tail, told, looked, state, write } = setUp();
  await tail.start();
  const first = Promise.withResolvers<void>();
  state.held = first.promise;
  const early = tail.look();
  write(1);
  const late = [tail.look(), tail.look(), tail.look()];
  state.held = null;
  first.resolve();
  assert.equal(await early, true);
  assert.deepEqual(told, [], "it had read before the event was there");
  assert.deepEqual(await Promise.all(late), [true, true, true]);
  assert.deepEqual([told, looked], [["event 1"], [1, 2]]);
});

Deno.test("what could not be read is read by the next look", async () => {
  const { tail, told, state, write } = setUp();
  await tail.start();
  write(1);
  state.fails = true;
  assert.equal(await tail.look(), false);
  state.fails = false;
  assert.equal(await tail.look(), true);
  assert.deepEqual(told, ["event 1"]);
});

Deno.test("a writer is answered when its own events were read back, with those before", async () => {
  const { tail, told, state, write } = setUp();
  await tail.start();
  write(1);
  await tail.committed([write(2)]);
  assert.deepEqual(told, ["event 1", "event 2"]);
  assert.equal(state.wakes, 1, "the other nodes were told to look");
  await tail.committed([]);
  assert.equal(state.wakes, 1);
});

Deno.test("own events that cannot be read are told from memory, and not again later", async () => {
  const { virtual, tail, told, state, write } = setUp();
  await tail.start();
  state.fails = true;
  await tail.committed([write(1)]);
  assert.deepEqual(told, ["event 1"]);
  state.fails = false;
  state.held = new Promise(() => {}); // a server that has frozen
  const committed = tail.committed([write(2)]);
  await virtual.pass(1_000);
  await committed;
  assert.deepEqual(told, ["event 1", "event 2"]);
});

Deno.test("told from memory and read later: once, unless something older was heard since", async () => {
  const { tail, told, state, write } = setUp();
  await tail.start();
  state.fails = true;
  await tail.committed([write(1, "ann came back")]);
  state.fails = false;
  write(2, "later");
  await tail.look();
  assert.deepEqual(told, ["ann came back", "later"]);
  state.fails = true;
  await tail.committed([write(4, "ben came back")]);
  write(3, "ben was removed");
  state.fails = false;
  await tail.look();
  assert.deepEqual(told.slice(2), ["ben came back", "ben was removed", "ben came back"]);
});

Deno.test("a node that missed events for good is told so, and goes on from there", async () => {
  const { tail, told, looked, state, write } = setUp();
  await tail.start();
  write(1);
  state.lost = true;
  assert.equal(await tail.look(), true);
  state.lost = false;
  write(2);
  await tail.look();
  assert.deepEqual([told, looked], [["lost", "event 2"], [1, 2]]);
});

Deno.test("a listener that fails fails no look: what was committed is answered, the others are told", async () => {
  const { tail, told, logged, looked, state, write } = setUp();
  await tail.start();
  state.mayLog = true;
  const fail = () => {
    throw new Error("a bug");
  };
  const others: number[] = [];
  tail.subscribe({ happened: fail, looked: fail, lost: fail });
  tail.subscribe({
    happened: () => {},
    looked: (look) => void others.push(look),
    lost: () => others.push(-1),
  });
  await tail.committed([write(1)]);
  state.lost = true;
  assert.equal(await tail.look(), true);
  assert.deepEqual([told, looked], [["event 1", "lost"], [1, 2]]);
  assert.deepEqual(others, [1, -1, 2]);
  assert.equal(logged.length, 4);
});

Deno.test("a node that cannot read an event has missed it for good", async () => {
  const { tail, told, logged, looked, state } = setUp();
  await tail.start();
  state.mayLog = true;
  state.rows = [{ id: 1, body: "{" }, { id: 2, body: '"event 2"' }];
  assert.equal(await tail.look(), true);
  assert.deepEqual([told, looked, logged.length], [["lost"], [1], 1]);
});
