/**
 * One message in a quiet room: how long until it is on a screen at another server, by Redis and by
 * NOTIFY, the disk included. Both run one after the other in each round.
 */
import type { Bench } from "../bench.ts";
import { atMost, type Measure, type Target } from "../measure.ts";
import { median, quantile, round } from "../statistics.ts";

interface CrossFigures {
  /** Milliseconds from the frame that sends it to the other's frame that has it. */
  p50: number;
  p99: number;
  /** The same to another screen at the sender's own server. */
  sameNode: number;
  messages: number;
}

const LIMITS = { redis: 15, notify: 25 } as const;
type Carrier = keyof typeof LIMITS;
/** Between two messages: everything is idle again, ms. */
const QUIET = 60;

export const crossNode: Measure = {
  name: "cross-node",
  title: "One message to a screen at another server, everything idle before",
  async run(bench) {
    const figures: Record<Carrier, CrossFigures[]> = { redis: [], notify: [] };
    for (let i = 0; i < bench.rounds; i++) {
      for (const carrier of ["redis", "notify"] as const) {
        const measured = await through(bench, carrier);
        figures[carrier].push(measured);
        const { p50, p99, sameNode } = measured;
        bench.note(`${carrier}: p50 ${p50}, p99 ${p99} ms; at the sender's server ${sameNode} ms`);
      }
    }
    const target = (carrier: Carrier): Target =>
      atMost(
        LIMITS[carrier],
        "ms",
        `p50 to another server's screen by ${carrier}`,
        round(median(figures[carrier].map(({ p50 }) => p50))),
      );
    return { figures, targets: [target("redis"), target("notify")] };
  },
};

async function through(bench: Bench, bus: Carrier): Promise<CrossFigures> {
  // The programs of the tree that is measured, started as its own tests start them.
  const support = `${bench.tree}/tests/support`;
  const { connectAt, startCluster } = await import(`${support}/cluster.ts`);
  const { signUp } = await import(`${support}/api_client.ts`);
  await using cluster = await startCluster({ bus, durable: true });
  const [one, two] = cluster.nodes;
  const [ann, bob] = [await signUp(one.url, "ann"), await signUp(one.url, "bob")];
  const arrivals = new Map<string, number>();
  const near = new Map<string, number>();
  const noted = (seen: Map<string, number>) => ({
    onEvent(event: { type: string; message?: { text: string } }) {
      if (event.type === "message") seen.set(event.message!.text, performance.now());
    },
  });
  const sender = await connectAt(one, ann);
  const beside = await connectAt(one, bob, noted(near));
  const beyond = await connectAt(two, bob, noted(arrivals));
  const count = bench.quick ? 30 : 200;
  const warmup = bench.quick ? 10 : 50;
  const [times, nearTimes]: number[][] = [[], []];
  for (let i = 0; i < warmup + count; i++) {
    const text = `message ${i}`;
    const began = performance.now();
    await sender.send(1, text);
    for (const socket of [beside, beyond]) {
      await socket.event(
        "message",
        (event: { message: { text: string } }) => event.message.text === text,
        Math.max(0, socket.log.length - 20),
      );
    }
    if (i >= warmup) {
      times!.push(arrivals.get(text)! - began);
      nearTimes!.push(near.get(text)! - began);
    }
    await new Promise((resolve) => setTimeout(resolve, QUIET));
  }
  for (const socket of [sender, beside, beyond]) await socket.close();
  return {
    p50: round(median(times!)),
    p99: round(quantile(times!, 0.99)),
    sameNode: round(median(nearTimes!)),
    messages: times!.length,
  };
}
