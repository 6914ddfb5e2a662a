import assert from "node:assert/strict";
import { createThrottle } from "../../lib/auth/throttle.ts";
import { createRates } from "../../lib/chat/rates.ts";
import { ConfabError } from "../../lib/errors.ts";
import { createHide } from "../../lib/limits/hidden_keys.ts";
import { MOST_TOLD, Spending, type SpendingSignal } from "../../lib/limits/spending.ts";
import { Network } from "../support/network_bus.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const secret = new Uint8Array(32).fill(7);
const rate = { burst: 10, every: 1_000, share: 1 };

function setUp(count = 3) {
  const virtual = new VirtualLoop();
  const network = new Network<SpendingSignal>(virtual.loop);
  const nodes = Array.from({ length: count }, (_, index) => {
    const bus = network.join();
    const spending = new Spending({
      node: `node ${index}`,
      publish: (signal) => bus.publish([signal]),
      hide: createHide(secret),
      loop: virtual.loop,
    });
    bus.subscribe((signals) => signals.forEach((signal) => spending.hear(signal)));
    return { bus, spending, makeLimit: spending.makeLimit };
  });
  return { virtual, network, nodes };
}

/** How many of so many, one after another on the next node each time, were let through. */
async function tryInTurn(
  virtual: VirtualLoop,
  { count, every }: { count: number; every: number },
  tries: readonly (() => boolean)[],
): Promise<number> {
  let passed = 0;
  for (let i = 0; i < count; i++) {
    if (tries[i % tries.length]!()) passed += 1;
    await virtual.pass(every);
  }
  return passed;
}

const passes = (act: () => unknown) => () => {
  try {
    act();
    return true;
  } catch (error) {
    assert.ok(error instanceof ConfabError && error.code === "rate_limited", String(error));
    return false;
  }
};

const RATES = { sendRate: () => 10, roomRate: () => 200 };

Deno.test("what is spent on one node is gone on the others, and comes back on all", async () => {
  const { virtual, nodes } = setUp();
  const [a, b, c] = nodes.map(({ makeLimit }) => makeLimit<number>("test", rate));
  for (let i = 0; i < 6; i++) a!.take(1);
  for (let i = 0; i < 4; i++) b!.take(1);
  await virtual.pass(100);
  for (const limit of [a, b, c]) assert.ok(limit!.wait(1) > 0);
  assert.equal(c!.wait(2), 0, "another key");
  await virtual.pass(1_000);
  for (const limit of [a, b, c]) assert.equal(limit!.wait(1), 0);
});

Deno.test("what is given back or renewed is so on every node", async () => {
  const { virtual, nodes } = setUp();
  const [a, b] = nodes.map(({ makeLimit }) => makeLimit<number>("test", rate));
  for (let i = 0; i < 10; i++) a!.take(1);
  await virtual.pass(100);
  assert.ok(b!.wait(1) > 0);
  a!.giveBack(1);
  await virtual.pass(60);
  assert.equal(b!.wait(1), 0);
  b!.take(1);
  await virtual.pass(60);
  assert.ok(a!.wait(1) > 0);
  b!.renew(1);
  b!.take(1);
  await virtual.pass(60);
  for (let i = 0; i < 9; i++) assert.equal(a!.spend(1), 0);
  await virtual.pass(60);
  for (const limit of [a, b]) assert.ok(limit!.spend(1) > 0);
});

Deno.test("a guesser who takes the next node each time gets no more guesses than on one", async () => {
  const guesses = async (count: number) => {
    const { virtual, nodes } = setUp(count);
    const tries = nodes.map(({ makeLimit }) => {
      const throttle = createThrottle({ authRate: 300, ticks: virtual.loop.now, makeLimit });
      const client = { address: "192.0.2.1", userAgent: null };
      return passes(() => throttle.guessLogin("ann", client, []));
    });
    return await tryInTurn(virtual, { count: 100, every: 25 }, tries);
  };
  assert.equal(await guesses(1), 11);
  assert.equal(await guesses(3), 11);
});

Deno.test("a right password on one node lets the same place in again on all", async () => {
  const { virtual, nodes } = setUp(2);
  const [a, b] = nodes.map(({ makeLimit }) =>
    createThrottle({ authRate: 300, ticks: virtual.loop.now, makeLimit })
  );
  const client = { address: "192.0.2.1", userAgent: null };
  const places = [{ address: "192.0.2.1", device: "another" }];
  for (let i = 0; i < 10; i++) a!.guessLogin("ann", client, places);
  await virtual.pass(100);
  b!.guessLogin("ann", client, places).succeeded();
  await virtual.pass(100);
  for (let i = 0; i < 11; i++) a!.guessLogin("ann", client, places);
  assert.throws(() => a!.guessLogin("ann", client, places));
});

Deno.test("a burst at once on every node gains a burst for each, once: the rest is owed", async () => {
  const { virtual, nodes } = setUp(3);
  const limits = nodes.map(({ makeLimit }) => makeLimit<string>("test", rate));
  let passed = 0;
  for (let i = 0; i < 50; i++) for (const limit of limits) if (limit.spend("ann") === 0) passed++;
  assert.equal(passed, 30);
  const tries = limits.map((limit) => () => limit.spend("ann") === 0);
  assert.equal(await tryInTurn(virtual, { count: 190, every: 100 }, tries), 0);
  await virtual.pass(2_000);
  passed = await tryInTurn(virtual, { count: 200, every: 100 }, tries);
  assert.ok(passed >= 20 && passed <= 22, String(passed));
});

Deno.test("nobody who reads the bus learns a name or an address", async () => {
  const { virtual, network, nodes } = setUp(2);
  const throttle = createThrottle({
    authRate: 1,
    ticks: virtual.loop.now,
    makeLimit: nodes[0]!.makeLimit,
  });
  throttle.knock("192.0.2.77");
  throttle.signup("192.0.2.77");
  throttle.guessLogin("annabella", { address: "192.0.2.77", userAgent: "Firefox" }, []);
  await virtual.pass(1_000);
  const text = JSON.stringify(network.sent);
  assert.ok(network.sent.flatMap(({ spent }) => spent).length >= 4);
  for (const secret of ["annabella", "192.0", "Firefox"]) assert.ok(!text.includes(secret), text);
});

Deno.test("the same key is hidden alike with one secret, and not with another", () => {
  const hide = createHide(secret);
  assert.equal(hide("ann"), createHide(secret)("ann"));
  assert.notEqual(hide("ann"), hide("bob"));
  assert.notEqual(hide("ann"), createHide(new Uint8Array(32).fill(8))("ann"));
});

Deno.test("a flood of guesses at ever new names is told in a few small signals", async () => {
  const { virtual, network, nodes } = setUp(2);
  const [a, b] = nodes.map(({ makeLimit }) => makeLimit<string>("test", rate));
  for (let second = 0; second < 10; second++) {
    for (let i = 0; i < 5_000; i++) a!.take(`stranger ${second} ${i}`);
    for (let i = 0; i < 10; i++) a!.take("ann");
    await virtual.pass(1_000);
  }
  assert.ok(network.sent.length <= 20 + 10 * 20, String(network.sent.length));
  for (const signal of network.sent) {
    assert.ok(signal.spent.length <= MOST_TOLD);
    assert.ok(new TextEncoder().encode(JSON.stringify([signal])).length < 7_900);
  }
  assert.ok(b!.wait("ann") > 0, "who is tried most is told");
});

Deno.test("signals that are lost leave each node with what it saw itself", async () => {
  const { virtual, network, nodes } = setUp(3);
  network.loses = () => true;
  const limits = nodes.map(({ makeLimit }) => makeLimit<number>("test", rate));
  const tries = limits.map((limit) => () => limit.spend(1) === 0);
  // Each allows its ten, and one a second.
  const passed = await tryInTurn(virtual, { count: 300, every: 10 }, tries);
  assert.ok(passed >= 30 && passed <= 40, String(passed));
});

Deno.test("a node that ends leaves with the others what it had not told yet", async () => {
  const { virtual, nodes } = setUp(2);
  const [a, b] = nodes.map(({ makeLimit }) => makeLimit<number>("test", { ...rate, share: 5 }));
  for (let i = 0; i < 10; i++) a!.take(1);
  nodes[0]!.spending.close();
  a!.take(1);
  await virtual.pass(10);
  assert.ok(b!.wait(1) > 0);
});

Deno.test("a fast sender who takes the next node each time is as slow as on one, but for a share", async () => {
  const sends = async (count: number, loses = () => false) => {
    const { virtual, network, nodes } = setUp(count);
    network.loses = loses;
    const tries = nodes.map(({ makeLimit }) => {
      const { sendRate } = createRates({ ...RATES, makeLimit });
      return () => sendRate.spend(7) === 0;
    });
    return await tryInTurn(virtual, { count: 3_000, every: 20 }, tries);
  };
  const one = await sends(1); // a minute at 10 a second, and 50 at once
  assert.ok(one >= 640 && one <= 651, String(one));
  const three = await sends(3);
  // Each node may keep a share of 7 to itself, and what is spent in a quarter of a second.
  assert.ok(three >= one - 3 && three <= one + 3 * 7 + 13, `${three} against ${one}`);
  let turn = 0;
  const lossy = await sends(3, () => ++turn % 10 === 0);
  assert.ok(lossy <= one * 1.15, `${lossy} against ${one} where a tenth is lost`);
});

Deno.test("somebody who writes now and then is nobody's matter on the bus", async () => {
  const { virtual, network, nodes } = setUp(2);
  const { sendRate } = createRates({ ...RATES, makeLimit: nodes[0]!.makeLimit });
  for (let minute = 0; minute < 60; minute++) {
    for (let i = 0; i < 6; i++) sendRate.spend(7);
    await virtual.pass(10_000);
  }
  assert.deepEqual(network.sent, []);
  for (let i = 0; i < 20; i++) sendRate.spend(7);
  await virtual.pass(249);
  assert.deepEqual(network.sent, []);
  await virtual.pass(10);
  assert.deepEqual(network.sent.map(({ spent }) => spent), [[["writes", 7, 20, false]]]);
});

Deno.test("a limit that another version counts is nobody's here", () => {
  const { nodes } = setUp(1);
  nodes[0]!.spending.hear({ type: "spending", node: "x", spent: [["unknown", 1, 1, false]] });
});
