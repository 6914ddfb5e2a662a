/** A PostgreSQL that restarts, stands still or is cut off: its notifications come back by themselves. */
import assert from "node:assert/strict";
import { startCable } from "../support/cable.ts";
import { eventually } from "../support/eventually.ts";
import { type NodeBus, openNotifyBus } from "../support/node_bus.ts";
import { postgresTests } from "../support/postgres.ts";

const test = postgresTests();

test("after an immediate restart of the server all hear each other again", async (postgres) => {
  await withNodes(await postgres.createDatabase(), async (one, two) => {
    await postgres.restart({ mode: "immediate" });
    await hearsAgain(one, two);
    await hearsAgain(two, one);
    assert.deepEqual([one.returns(), two.returns()], [1, 1]);
    for (const { log } of [one, two]) assertTold(log);
  });
});

test("a server that stands still keeps nobody waiting, takes no memory, and is used again", async (postgres) => {
  await withNodes(await postgres.createDatabase(), async (one, two) => {
    postgres.freeze();
    try {
      const began = performance.now();
      for (let i = 0; i < 3_000; i++) say(one, i);
      assert.ok(performance.now() - began < 1_000, "saying waits for nobody");
      assert.ok(one.bus.dropped! >= 2_000, `${one.bus.dropped} of 3,000 were dropped`);
      await eventually(() => assert.equal(one.bus.state().connected, false), 8_000);
      await eventually(() => assert.equal(one.bus.dropped, 3_000));
    } finally {
      postgres.thaw();
    }
    await hearsAgain(one, two);
    for (const { log } of [one, two]) assertTold(log);
  });
});

test("one node's cable is cut: it notices by itself, and the others go on", async (postgres) => {
  const url = await postgres.createDatabase();
  await using cable = startCable(postgres.port);
  await withNodes(url, async (one, two) => {
    const cut = await openNotifyBus(cable.through(url));
    try {
      cable.cut();
      await eventually(() => assert.equal(cut.bus.state().connected, false), 8_000);
      say(one, 1);
      await eventually(() => assert.equal(two.heard.length, 1));
      cable.mend();
      cable.drop();
      await hearsAgain(cut, two);
      await hearsAgain(one, cut);
      assertTold(cut.log);
      assert.deepEqual([one.log, two.log], [[], []]);
    } finally {
      await cut.bus.close();
    }
  });
});

async function withNodes(
  url: string,
  run: (one: NodeBus, two: NodeBus) => Promise<void>,
): Promise<void> {
  const [one, two] = [await openNotifyBus(url), await openNotifyBus(url)];
  try {
    await run(one, two);
  } finally {
    await one.bus.close();
    await two.bus.close();
  }
}

function say({ bus }: NodeBus, room: number): void {
  bus.publish([{ type: "typing", room, userId: 1 }]);
}

/** What is said until both are connected is lost: so it is said again and again. */
async function hearsAgain(one: NodeBus, two: NodeBus): Promise<void> {
  const before = two.heard.length;
  await eventually(() => {
    say(one, 1_000);
    assert.ok(two.heard.length > before);
  });
}

/** One line when it went, one when it came back. */
function assertTold(log: string[]): void {
  assert.equal(log.length, 2, log.join("\n"));
  assert.match(log[0]!, /^warn The database's notifications are away: .* reason=/);
  assert.match(log[1]!, /^info The database's notifications are back seconds=\d/);
}
