/** What it costs the same large room that a node is one of several. */
import { startRedis } from "../../tests/support/redis.ts";
import type { Bench } from "../bench.ts";
import { type FanOutFigures, faults } from "../fan_out.ts";
import { atMost, type Measure } from "../measure.ts";
import { accountsOf, seedStore, startPinnedPostgres } from "../postgres.ts";
import type { Account } from "../seed.ts";
import { median, round } from "../statistics.ts";

const CLIENTS = 1000;
const LOAD = { connections: CLIENTS, rate: 500, senders: 100 };

export const fanOutShared: Measure = {
  name: "fanout-shared",
  title: "1,000 clients in a room, 500 messages a second, over PostgreSQL and Redis",
  async run(bench) {
    const [shared, embedded]: FanOutFigures[][] = [[], []];
    for (let i = 0; i < bench.rounds; i++) {
      shared!.push(await overServers(bench));
      embedded!.push(await byItself(bench));
    }
    const ratios = shared!.map(({ cpuMicros }, i) => cpuMicros / embedded![i]!.cpuMicros);
    return {
      figures: { shared, embedded },
      targets: [
        atMost(1.5, "× embedded", "CPU a delivery", round(median(ratios))),
        atMost(0, "", "lost, doubled or out of order", faults({ confab: shared! })),
      ],
    };
  },
};

async function overServers(bench: Bench): Promise<FanOutFigures> {
  await using postgres = await startPinnedPostgres();
  await using redis = await startRedis();
  const url = await postgres.createDatabase();
  const places = await seedStore({ database: url, people: CLIENTS, rooms: 1 });
  const secret = crypto.randomUUID() + crypto.randomUUID();
  const accounts = await accountsOf(places, secret);
  const filled = { url, secret, accounts, redis: redis.url };
  await using server = await bench.confab({ users: CLIENTS, filled });
  return await load(bench, "PostgreSQL and Redis", server, accounts);
}

async function byItself(bench: Bench): Promise<FanOutFigures> {
  await using server = await bench.confab({ users: CLIENTS });
  return await load(bench, "embedded", server, server.accounts);
}

async function load(
  bench: Bench,
  what: string,
  { port, pid }: { port: number; pid: number },
  accounts: Account[],
): Promise<FanOutFigures> {
  const { seconds, warmup } = bench;
  const options = { ...LOAD, seconds, warmup, dialect: "confab" };
  const figures = await bench.generate<FanOutFigures>("fan-out", { port, pid, accounts, options });
  const { cpuMicros, p50, p99, lost, orderErrors, messagesPerFrame, othersPercent } = figures;
  bench.note(
    `${what}: ${cpuMicros} µs a delivery, p50 ${p50}, p99 ${p99} ms, ${messagesPerFrame} messages ` +
      `a frame, lost ${lost}, order errors ${orderErrors}, others ${othersPercent} %`,
  );
  return figures;
}
