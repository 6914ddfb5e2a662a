/** What `/readyz` tells: what is away is said, and what is there is not complained of. */
import assert from "node:assert/strict";
import { describeReadiness, refuseReadiness } from "../../lib/http/readiness.ts";

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

Deno.test("a server that is about to stop refuses", async () => {
  await assert.rejects(refuseReadiness(), { code: "unavailable" });
});
