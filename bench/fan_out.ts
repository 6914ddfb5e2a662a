/**
 * The load of the first three measures: messages at a steady rate into one room, to Confab and to
 * peers, one after another in each round, so that what disturbs the machine disturbs all of them.
 */
import type { Bench } from "./bench.ts";
import type { Pair } from "./measure.ts";
import { type PeerName, PEERS } from "./peers.ts";
import type { Server } from "./pinned.ts";
import { median, round } from "./statistics.ts";

export interface FanOutFigures {
  deliveredPerSecond: number;
  /** utime + stime of the server's process for one message on one screen. */
  cpuMicros: number;
  userMicros: number;
  systemMicros: number;
  cpuPercent: number;
  generatorPercent: number;
  /** What other programs took of the server's core. */
  othersPercent: number;
  messagesPerFrame: number;
  bytesPerDelivery: number;
  p50: number;
  p99: number;
  sent: number;
  acks: number;
  errors: number;
  lost: number;
  orderErrors: number;
  differentOrders: number;
  closed: number;
  saturated: boolean;
}

/** `other`: the checkout that is measured in turn with it, where there is one. */
export type Contestant = "confab" | "other" | PeerName;

export interface FanOutLoad {
  connections: number;
  rate: number;
  peers: PeerName[];
}

/** Who writes: a tenth of a large room, everybody in a small one. */
const SENDERS = 100;

/** Percent of the core that others may take before a run says too little, and its repetitions. */
const DISTURBED = 20;
const REPETITIONS = 2;

export type FanOutRounds = Partial<Record<Contestant, FanOutFigures[]>>;

export async function runFanOut(bench: Bench, load: FanOutLoad): Promise<FanOutRounds> {
  const rounds: FanOutRounds = {};
  const others: Contestant[] = bench.against === null ? [] : ["other"];
  for (let i = 0; i < bench.rounds; i++) {
    const order: Contestant[] = ["confab", ...others, ...load.peers];
    // Nobody is always first after a pause.
    if (i % 2 === 1) order.reverse();
    for (const contestant of order) {
      const figures = await runUndisturbed(bench, contestant, load);
      (rounds[contestant] ??= []).push(figures);
      bench.note(`${contestant}: ${describe(figures)}`);
    }
  }
  return rounds;
}

/** Again where others used the core, a few times; the least disturbed run counts. */
async function runUndisturbed(
  bench: Bench,
  contestant: Contestant,
  load: FanOutLoad,
): Promise<FanOutFigures> {
  let best = await runOne(bench, contestant, load);
  const repetitions = bench.quick ? 0 : REPETITIONS;
  for (let i = 0; i < repetitions && best.othersPercent > DISTURBED; i++) {
    bench.note(`${contestant}: again, others took ${best.othersPercent} % of the core`);
    const next = await runOne(bench, contestant, load);
    if (next.othersPercent < best.othersPercent) best = next;
  }
  return best;
}

async function runOne(
  bench: Bench,
  contestant: Contestant,
  { connections, rate }: FanOutLoad,
): Promise<FanOutFigures> {
  const options = {
    connections,
    rate,
    senders: Math.min(SENDERS, connections),
    seconds: bench.seconds,
    warmup: bench.warmup,
  };
  if (contestant === "confab" || contestant === "other") {
    const tree = contestant === "other" ? bench.against ?? undefined : undefined;
    await using server = await bench.confab({ users: connections }, tree);
    return await bench.generate<FanOutFigures>("fan-out", {
      ...addressOf(server),
      accounts: server.accounts,
      options: { ...options, dialect: "confab" },
    });
  }
  await using server = await bench.peer(contestant);
  const { dialect, path } = PEERS[contestant];
  return await bench.generate<FanOutFigures>("fan-out", {
    ...addressOf(server),
    options: { ...options, dialect, path },
  });
}

function addressOf({ port, pid }: Server) {
  return { port, pid };
}

/** The middle of the rounds' ratios: each round compares runs that lie next to each other. */
export function cpuRatio(
  rounds: FanOutRounds,
  peer: PeerName,
  contestant: Contestant = "confab",
): number {
  const own = rounds[contestant] ?? [];
  const theirs = rounds[peer] ?? [];
  return round(median(own.map(({ cpuMicros }, i) => cpuMicros / (theirs[i]?.cpuMicros ?? NaN))));
}

export function medianOf(
  rounds: FanOutRounds,
  field: "p50" | "p99" | "cpuMicros",
  contestant: Contestant = "confab",
): number {
  return round(median((rounds[contestant] ?? []).map((figures) => figures[field])));
}

/** What the runtime takes by itself: where `deno` is among the peers. */
export function floorBeside(rounds: FanOutRounds): string {
  const p99 = medianOf(rounds, "p99", "deno");
  return `${PEERS.deno.title}: ${cpuRatio(rounds, "bun", "deno")} ×, p99 ${p99} ms`;
}

export function pairsOf({ confab = [], other = [] }: FanOutRounds): Pair[] {
  if (other.length === 0) return [];
  const pair = (what: string, unit: string, field: "cpuMicros" | "p50" | "p99") => ({
    what,
    unit,
    own: confab.map((figures) => figures[field]),
    other: other.map((figures) => figures[field]),
  });
  return [
    pair("CPU a delivery", "µs", "cpuMicros"),
    pair("p50 of a delivery", "ms", "p50"),
    pair("p99 of a delivery", "ms", "p99"),
  ];
}

/** Everything that must not happen, over all rounds of Confab. */
export function faults(rounds: FanOutRounds): number {
  const own = rounds.confab ?? [];
  return own.reduce(
    (sum, { lost, orderErrors, differentOrders, errors, closed, sent, acks }) =>
      sum + lost + orderErrors + differentOrders + errors + closed + (sent - acks),
    0,
  );
}

function describe(figures: FanOutFigures): string {
  const { cpuMicros, userMicros, systemMicros, p50, p99, messagesPerFrame } = figures;
  return `${round(cpuMicros)} µs a delivery (${round(userMicros)} user, ${round(systemMicros)} ` +
    `system), p50 ${p50} ms, p99 ${p99} ms, ${messagesPerFrame} messages a frame, ` +
    `lost ${figures.lost}, order errors ${figures.orderErrors + figures.differentOrders}, ` +
    `${figures.bytesPerDelivery} bytes, server ${figures.cpuPercent} %, ` +
    `generator ${figures.generatorPercent} %, others ${figures.othersPercent} %${
      figures.saturated ? ", saturated" : ""
    }`;
}
