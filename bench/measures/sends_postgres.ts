/**
 * How many messages a second PostgreSQL stores and what one costs the node, next to the embedded
 * store: the store by itself, then the whole program over WebSockets.
 */
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { atLeast, atMost, type Measure } from "../measure.ts";
import { accountsOf, loadStore, seedStore, startPinnedPostgres } from "../postgres.ts";
import { median, round } from "../statistics.ts";
import type { StoreFigures } from "../store_sends.ts";

const SENDERS = 100;
/** Of each sender, sent and not yet acknowledged. */
const IN_FLIGHT = 1;

interface ProgramFigures {
  acksPerSecond: number;
  cpuMicros: number;
  p50: number;
  p99: number;
}

export const sendsPostgres: Measure = {
  name: "sends-postgres",
  title:
    `Acknowledged sends over PostgreSQL, ${SENDERS} senders, ${SENDERS} rooms; it has a core, ` +
    "the node the other",
  async run(bench) {
    const [postgres, embedded]: StoreFigures[][] = [[], []];
    const programs: ProgramFigures[] = [];
    for (let i = 0; i < bench.rounds; i++) {
      postgres!.push(await overPostgres(bench));
      embedded!.push(await overSqlite(bench));
      programs.push(await wholeProgram(bench));
    }
    const cpu = (figures: StoreFigures[]) => median(figures.map(({ cpuMicros }) => cpuMicros));
    const rate = (figures: { acksPerSecond: number }[]) =>
      round(median(figures.map(({ acksPerSecond }) => acksPerSecond)), 0);
    return {
      figures: { postgres, embedded, programs },
      targets: [
        atLeast(6000, "a second", "the store by itself", rate(postgres!)),
        atMost(
          1,
          "×",
          "the node's CPU a message, next to the embedded store's",
          round(cpu(postgres!) / cpu(embedded!)),
        ),
        atLeast(6000, "a second", "the whole program, over WebSocket", rate(programs)),
        atMost(0, "", "refused", postgres!.reduce((sum, { refused }) => sum + refused, 0)),
      ],
    };
  },
};

async function overPostgres(bench: Bench): Promise<StoreFigures> {
  await using server = await startPinnedPostgres();
  return await measured(bench, "PostgreSQL", await server.createDatabase());
}

async function overSqlite(bench: Bench): Promise<StoreFigures> {
  const folder = await Deno.makeTempDir({ prefix: "confab-bench-" });
  try {
    return await measured(bench, "SQLite", join(folder, "chat.db"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function measured(bench: Bench, name: string, database: string): Promise<StoreFigures> {
  const places = await seedStore({ database, people: SENDERS, rooms: SENDERS });
  const { seconds, warmup } = bench;
  const figures = await loadStore({ database, places, inFlight: IN_FLIGHT, seconds, warmup });
  note(bench, `${name} by itself`, figures);
  return figures;
}

async function wholeProgram(bench: Bench): Promise<ProgramFigures> {
  await using postgres = await startPinnedPostgres();
  const url = await postgres.createDatabase();
  const places = await seedStore({ database: url, people: SENDERS, rooms: SENDERS });
  const secret = crypto.randomUUID() + crypto.randomUUID();
  const accounts = await accountsOf(places, secret);
  await using server = await bench.confab({ users: SENDERS, filled: { url, secret, accounts } });
  const { seconds, warmup } = bench;
  const figures = await bench.generate<ProgramFigures>("sends", {
    port: server.port,
    pid: server.pid,
    accounts,
    options: { inFlight: 16, connections: SENDERS, seconds, warmup },
  });
  note(bench, "the whole program", figures);
  return figures;
}

function note(bench: Bench, what: string, figures: ProgramFigures): void {
  const { acksPerSecond, cpuMicros, p50, p99 } = figures;
  bench.note(`${what}: ${acksPerSecond} a second, ${cpuMicros} µs each, p50 ${p50}, p99 ${p99} ms`);
}
