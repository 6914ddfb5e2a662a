/** What a page of metrics is made of, with something in every part. */
import { countRequest, laneOf, newCounts, timeRequest } from "../../lib/metrics/counts.ts";
import type { MetricsReading } from "../../lib/metrics/families/family.ts";
import { DURATIONS, Spread } from "../../lib/metrics/spread.ts";

/** Something of everything that can be read. */
export function metricsReading(more: Partial<MetricsReading> = {}): MetricsReading {
  const counts = newCounts();
  laneOf(counts.store, "writer", "write").duration.add(12);
  laneOf(counts.store, "reader", "read").duration.add(1);
  countRequest(counts.http, { method: "GET", route: "/rooms/:id", status: 200 });
  timeRequest(counts.http, "/rooms/:id", 30);
  counts.hub.received.add("send");
  counts.hub.dropped.add("1013");
  counts.auth.attempts.add("login ok");
  counts.hub.nodes.sweptAt = 1_000;
  return {
    counts,
    app: {
      connections: { anonymous: 1, loading: 2, live: 3, closing: 4 },
      users: 5,
      rooms: 6,
      nodes: { held: 7, gateClosed: true },
      bus: { kind: "redis", connected: false, dropped: 8 },
      database: "sqlite",
      schema: 10,
      mail: { failing: { since: 1, reason: "it does not answer" }, sent: 9 },
    },
    process: {
      version: "1.2.3",
      deno: "2.9.6",
      startedAt: 1_700_000_000_000,
      uptime: 4_500,
      now: 3_500,
      memory: { rss: 1, heapUsed: 2, external: 3 },
      memoryLimit: 4,
      cpu: { user: 1_500_000, system: 500_000 },
      loopDelay: new Spread(DURATIONS),
    },
    ...more,
  };
}
