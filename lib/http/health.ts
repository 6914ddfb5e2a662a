/** Puts together what the parts know of how the chat is doing. */
import { toConfabError } from "../errors.ts";
import type { Health, MailHealth } from "../protocol/health.ts";
import { type Ctx, run, type Services } from "./state.ts";

/** For staff only: the command asks. */
export async function readHealth(ctx: Ctx): Promise<Health> {
  const { services } = ctx.state;
  const stored = await run(ctx, "getHealth", {});
  const { premises, hub, metrics, ready } = services;
  const [databaseSize, diskFree, nodes, degraded] = await Promise.all([
    premises.databaseSize(),
    premises.diskFree(),
    premises.nodes(),
    degradedNow(ready),
  ]);
  const { connections, users } = hub.reading();
  return {
    ...stored,
    version: premises.version,
    schema: premises.schema,
    since: premises.since,
    database: premises.database,
    databaseSize,
    diskFree,
    bus: premises.bus(),
    // One that has just begun has not told the others yet.
    nodes: Math.max(1, nodes ?? 1),
    degraded,
    mail: mailNow(services),
    connections: Object.values(connections).reduce((sum, count) => sum + count, 0),
    online: users,
    errors: {
      internal: metrics.counts.errors.get("internal") ?? 0,
      unavailable: metrics.counts.errors.get("unavailable") ?? 0,
      rate_limited: metrics.counts.errors.get("rate_limited") ?? 0,
    },
  };
}

async function degradedNow(ready: Services["ready"]): Promise<Health["degraded"]> {
  try {
    return (await ready()).degraded.map(({ part }) => part);
  } catch (error) {
    if (toConfabError(error).code !== "unavailable") throw error;
    return ["store"];
  }
}

function mailNow({ mail }: Services): MailHealth {
  if (mail === null) return { state: "off" };
  const { failing } = mail.state();
  return failing === null ? { state: "works" } : { state: "fails", since: failing.since };
}
