/** What `/readyz` tells: what is away is said, and what is there is not complained of. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { createReady, describeReadiness, refuseReadiness } from "../../lib/http/readiness.ts";

Deno.test("a server alone is ready with nothing away", () => {
  const bus = { kind: "memory", connected: true } as const;
  assert.deepEqual(describeReadiness({ database: "sqlite", bus, holds: false }), {
    status: "ready",
    database: "sqlite",
    bus,
    degraded: [],
  });
});

Deno.test("a carrier that is away is named, and the server stays ready", () => {
  for (const [kind, name] of [["redis", /^Redis /], ["notify", /^PostgreSQL's NOTIFY /]] as const) {
    const bus = { kind, connected: false };
    const { status, degraded } = describeReadiness({ database: "postgresql", bus, holds: false });
    assert.equal(status, "ready");
    assert.deepEqual(degraded.map(({ part }) => part), ["bus"]);
    assert.match(degraded[0]!.detail, name);
  }
});

Deno.test("messages that are held back are a degradation of their own", () => {
  const bus = { kind: "redis", connected: true } as const;
  const { degraded } = describeReadiness({ database: "postgresql", bus, holds: true });
  assert.deepEqual(degraded.map(({ part }) => part), ["deliveries"]);
});

Deno.test("files that fail are named, and the server stays ready", () => {
  const bus = { kind: "memory", connected: true } as const;
  const about = { database: "sqlite", bus, holds: false, filesFail: true } as const;
  const { status, degraded } = describeReadiness(about);
  assert.deepEqual([status, degraded.map(({ part }) => part)], ["ready", ["files"]]);
});

Deno.test("a server that is about to stop refuses", async () => {
  await assert.rejects(refuseReadiness(), { code: "unavailable" });
});

/** Readiness over a probe that the test answers. */
function asked(probe: () => Promise<void>) {
  const bus = { state: () => ({ kind: "memory", connected: true }) as const };
  const hub = { reading: () => ({ connections: {} as never, users: 0, rooms: 0, nodes: null }) };
  return createReady({ probe, database: "sqlite", bus, hub, blobs: { failing: false } });
}

Deno.test("however many ask at once, one probe is made", async () => {
  let probes = 0;
  const gate = Promise.withResolvers<void>();
  const ready = asked(() => {
    probes += 1;
    return gate.promise;
  });
  const answers = [ready(), ready(), ready()];
  gate.resolve();
  for (const answer of answers) assert.equal((await answer).status, "ready");
  assert.equal(probes, 1);
  await ready();
  assert.equal(probes, 2);
});

Deno.test("an outage is worth the log once, however often somebody asks", async () => {
  const failure = new ConfabError("unavailable", "The disk is full.");
  let fails = true;
  const ready = asked(() => fails ? Promise.reject(failure) : Promise.resolve());
  const refused = () => ready().then(() => assert.fail("ready"), (error) => error);
  assert.equal(await refused(), failure);
  for (let i = 0; i < 3; i++) {
    const { code, busy } = await refused();
    assert.deepEqual([code, busy], ["unavailable", true], "what is busy is not logged");
  }
  fails = false;
  await ready();
  fails = true;
  assert.equal(await refused(), failure);
});

Deno.test("a database that stands still is not waited for longer than a balancer waits", async () => {
  const ready = asked(() => new Promise(() => {}));
  const began = performance.now();
  await assert.rejects(ready(), { code: "unavailable" });
  assert.ok(performance.now() - began < 5_000);
});
