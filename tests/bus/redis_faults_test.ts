/** A Redis that dies, stands still or is cut off: nobody waits for it, and all hear each other again. */
import assert from "node:assert/strict";
import { parseRedisUrl } from "../../lib/redis/address.ts";
import { connectRedis } from "../../lib/redis/connection.ts";
import { startCable } from "../support/cable.ts";
import { eventually } from "../support/eventually.ts";
import { type NodeBus, openRedisBus } from "../support/node_bus.ts";
import { type Redis, redisTests } from "../support/redis.ts";

const test = redisTests();

test("a Redis that is killed is told of once; back, it carries again and once says so", async (redis) => {
  await withNodes(redis, async (one, two) => {
    await redis.kill();
    await eventually(() => assert.equal(one.bus.state().connected, false));
    for (let i = 0; i < 50; i++) say(one, i);
    assert.equal(one.bus.dropped, 50, "nothing is kept for later");
    await redis.start();
    await hearsAgain(one, two);
    for (const { log } of [one, two]) assertTold(log, "it closed the connection");
    assert.deepEqual([one.returns(), two.returns()], [1, 1]);
    assert.equal(two.heard.filter(({ type }) => type === "events").length, 0);
  });
});

test("a Redis that stands still is noticed, takes no memory, and is used again", async (redis) => {
  await withNodes(redis, async (one, two) => {
    redis.freeze();
    try {
      const began = performance.now();
      for (let i = 0; i < 3_000; i++) say(one, i);
      assert.ok(performance.now() - began < 1_000, "saying waits for nobody");
      assert.ok(one.bus.dropped! >= 2_000, `${one.bus.dropped} of 3,000 were dropped`);
      await eventually(() => assert.equal(one.bus.state().connected, false), 6_000);
      assert.equal(one.bus.dropped, 3_000, "what was under way is given up with the connection");
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 8_000 - since(began))));
    } finally {
      redis.thaw();
    }
    await hearsAgain(one, two);
    for (const { log } of [one, two]) assertTold(log, "it does not answer");
  });
});

test("one node's cable is cut: it notices the silence by itself, and the others go on", async (redis) => {
  await using cable = startCable(redis.port);
  await withNodes(redis, async (one, two) => {
    const cut = await openRedisBus(cable.through(redis.url));
    try {
      cable.cut();
      await eventually(() => assert.equal(cut.bus.state().connected, false), 8_000);
      say(one, 1);
      await eventually(() => assert.equal(two.heard.length, 1));
      assert.deepEqual([one.log, two.log], [[], []]);
      cable.mend();
      cable.drop(); // what was half-open ends, as the far side's timeouts end it
      await hearsAgain(cut, two);
      await hearsAgain(one, cut);
      assertTold(cut.log, "it does not answer");
    } finally {
      await cut.bus.close();
    }
  });
});

test("connections that end are opened again within a second", async (redis) => {
  await using cable = startCable(redis.port);
  await withNodes(redis, async (one) => {
    const dropped = await openRedisBus(cable.through(redis.url));
    try {
      for (let round = 1; round <= 3; round++) {
        cable.drop();
        await eventually(() => assert.equal(dropped.returns(), round), 3_000);
        await hearsAgain(one, dropped);
      }
    } finally {
      await dropped.bus.close();
    }
  });
});

const guarded = redisTests({ password: "once" });

guarded(
  "a password that is changed is told of, without being shown, and works when it is back",
  async (redis) => {
    await withNodes(redis, async (one, two) => {
      // Who is connected stays so; who comes back is asked for the new one.
      await command(redis, "once", ...changeTo("afterwards"));
      await command(redis, "afterwards", ...DISCONNECT);
      await eventually(() =>
        assert.match(one.log.join("\n"), /refuses this user or this password/)
      );
      assert.equal(one.bus.state().connected, false);
      say(one, 1);
      await command(redis, "afterwards", ...changeTo("once"));
      await hearsAgain(one, two);
      assert.doesNotMatch([...one.log, ...two.log].join("\n"), /once|afterwards/);
    });
  },
);

/** Everybody but who says it. */
const DISCONNECT = ["CLIENT", "KILL", "SKIPME", "yes", "USER", "default"];
const changeTo = (password: string) => ["CONFIG", "SET", "requirepass", password];

async function withNodes(
  redis: Pick<Redis, "url">,
  run: (one: NodeBus, two: NodeBus) => Promise<void>,
): Promise<void> {
  const [one, two] = [await openRedisBus(redis.url), await openRedisBus(redis.url)];
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

/** One line when it went, with the reason, and one when it came back. */
function assertTold(log: string[], reason: string): void {
  assert.equal(log.length, 2, log.join("\n"));
  assert.match(log[0]!, /^warn "?redis:.* is away: messages reach other servers through the data/);
  assert.ok(log[0]!.includes(reason), log[0]);
  assert.match(log[1]!, /^info redis:\/\/127\.0\.0\.1:\d+ is back seconds=\d/);
}

function since(began: number): number {
  return performance.now() - began;
}

async function command(
  { port }: Pick<Redis, "port">,
  password: string,
  ...args: string[]
): Promise<void> {
  const connection = await connectRedis(parseRedisUrl(`redis://:${password}@127.0.0.1:${port}`)!);
  await connection.command(...args);
  connection.close();
}
