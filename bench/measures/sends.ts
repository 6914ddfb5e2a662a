/** How many messages a second are stored, durably, and acknowledged, over either way in. */
import { sendFaults } from "../faults.ts";
import type { Bench } from "../bench.ts";
import type { Load, LoadName } from "../generator.ts";
import { atLeast, atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";
import { inTurn, pairOf } from "../turns.ts";

export interface SendFigures {
  acksPerSecond: number;
  cpuMicros: number;
  userMicros: number;
  systemMicros: number;
  cpuPercent: number;
  p50: number;
  p99: number;
  sent: number;
  acks: number;
  errors: number;
  closed: number;
}

export interface RequestFigures {
  answersPerSecond: number;
  cpuMicros: number;
  cpuPercent: number;
  p50: number;
  p99: number;
  statuses: Record<string, number>;
}

const SENDERS = 100;
/** Of each sender, sent and not yet acknowledged. */
const IN_FLIGHT = 16;
const CALLERS = 64;

interface Round {
  socket: SendFigures;
  post: RequestFigures;
}

/** Each sender writes to a room of its own: what telling others costs is another measure. */
export const sends: Measure = {
  name: "sends",
  title: `Acknowledged sends, ${SENDERS} senders, each to a room of its own`,
  async run(bench) {
    const turns = await inTurn(bench, async (tree): Promise<Round> => ({
      socket: await overSocket(bench, "new messages", tree),
      post: await overHttp(bench, tree),
    }));
    const sockets = turns.own.map(({ socket }) => socket);
    const posts = turns.own.map(({ post }) => post);
    return {
      figures: { sockets, posts },
      pairs: [
        ...pairOf(turns, "a send over WebSocket, CPU", "µs", ({ socket }) => socket.cpuMicros),
        ...pairOf(turns, "a POST, CPU", "µs", ({ post }) => post.cpuMicros),
        ...pairOf(turns, "POSTs", "a second", ({ post }) => post.answersPerSecond),
      ],
      targets: [
        atLeast(
          20_000,
          "a second",
          `over WebSocket, ${IN_FLIGHT} of each under way`,
          round(median(sockets.map(({ acksPerSecond }) => acksPerSecond)), 0),
        ),
        atLeast(
          9000,
          "a second",
          `over HTTP POST, ${CALLERS} at once`,
          round(median(posts.map(({ answersPerSecond }) => answersPerSecond)), 0),
        ),
        atMost(
          60,
          "ms",
          `p99 of a POST, ${CALLERS} at once`,
          round(median(posts.map(({ p99 }) => p99))),
        ),
        atMost(0, "", "sends without an ack, errors", sendFaults(sockets, posts)),
      ],
    };
  },
};

/** Replies: to the sender's first message in their room. */
export async function overSocket(
  bench: Bench,
  what: "new messages" | "replies",
  tree = bench.tree,
): Promise<SendFigures> {
  const options = { inFlight: IN_FLIGHT, replies: what === "replies" ? 1 : 0 };
  const figures = await load<SendFigures>(bench, "sends", SENDERS, options, tree);
  const { acksPerSecond, cpuMicros, p50, p99 } = figures;
  bench.note(
    `WebSocket, ${what}: ${acksPerSecond} a second, ${cpuMicros} µs each, p50 ${p50}, p99 ${p99} ms`,
  );
  return figures;
}

async function overHttp(bench: Bench, tree: string): Promise<RequestFigures> {
  const figures = await load<RequestFigures>(bench, "requests", CALLERS, { method: "POST" }, tree);
  const { answersPerSecond, cpuMicros, p50, p99 } = figures;
  bench.note(`POST: ${answersPerSecond} a second, ${cpuMicros} µs each, p50 ${p50}, p99 ${p99} ms`);
  return figures;
}

/** One load of this many people on a server of its own. */
async function load<Figures>(
  bench: Bench,
  name: LoadName,
  people: number,
  options: Load["options"],
  tree: string,
): Promise<Figures> {
  await using server = await bench.confab({ users: people, ownRooms: true }, tree);
  const { port, pid, accounts } = server;
  const { seconds, warmup } = bench;
  return await bench.generate<Figures>(name, {
    port,
    pid,
    accounts,
    options: { ...options, connections: people, seconds, warmup },
  });
}
