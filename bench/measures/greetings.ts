/**
 * What it costs to let somebody in: from the first packet to the end of `ready`, for members of a
 * hundred rooms; and how long others wait for an ack while a thousand come at once. Beside it the
 * runtime's floor: a plain program that reads the same rows and sends as many bytes.
 */
import type { Bench } from "../bench.ts";
import type { Confab } from "../confab.ts";
import { atMost, type Measure } from "../measure.ts";
import type { Server } from "../pinned.ts";
import type { Account } from "../seed.ts";
import { median, round } from "../statistics.ts";
import { inTurn, pairOf, startEach } from "../turns.ts";

const CLIENTS = 1000;
const SENDERS = 10;
const ROOMS = 100;
/** Until compilers have seen what is hot. */
const WARMUPS = 3;
/** How often the floor is measured. */
const FLOORS = 3;
const FEW = { inFlight: 64, senders: 0 };
const ALL = { inFlight: CLIENTS, senders: SENDERS };
/** As the runtime names its threads; the first Worker that is started is the one that reads. */
const MAIN_THREAD = "deno";
const READING_THREAD = "worker-1";

interface Greetings {
  ready: number;
  failed: number;
  /** All threads of the process, microseconds for each who came. */
  cpuMicros: number;
  threads: Record<string, number>;
  /** Of `ready`. */
  bytes: number;
  p50: number;
  p99: number;
  ackP50: number;
  ackP99: number;
  ackMax: number;
}

interface Round {
  /** Few at a time, nobody writes. */
  cost: Greetings;
  /** All at once, while others write. */
  crowd: Greetings;
}

const COST = "CPU of a greeting, all threads";
const WAIT = "others' acks meanwhile, p99";

export const greetings: Measure = {
  name: "greetings",
  title: `1,000 who come at once, members of ${ROOMS} rooms`,
  async run(bench) {
    await using servers = await startEach(bench, (tree) => startFilled(bench, tree));
    for (const server of servers.all) {
      for (let i = 0; i < WARMUPS; i++) await come(bench, server, FEW);
    }
    const turns = await inTurn(bench, async (tree): Promise<Round> => ({
      cost: await come(bench, servers.of(tree), FEW),
      crowd: await come(bench, servers.of(tree), ALL),
    }));
    const floor = await least(bench, servers.of(bench.tree));
    const cost = ({ cost }: Round) => cost.cpuMicros;
    const wait = ({ crowd }: Round) => crowd.ackP99;
    const each = round(median(turns.own.map(cost)), 0);
    const ack = round(median(turns.own.map(wait)), 1);
    const beside = round(median(floor.map(cost)), 0);
    const ackBeside = round(median(floor.map(wait)), 1);
    bench.note(`${each} µs each; others' acks p99 ${ack} ms while all come at once`);
    bench.note(`the runtime's floor: ${beside} µs; acks ${ackBeside} ms, with nothing stored`);
    return {
      figures: { ...turns, floor },
      targets: [atMost(300, "µs", COST, each), atMost(60, "ms", WAIT, ack)],
      pairs: [
        ...pairOf(turns, COST, "µs", cost),
        ...pairOf(turns, "… the main thread", "µs", threadOf(MAIN_THREAD)),
        ...pairOf(turns, "… the database's thread", "µs", threadOf(READING_THREAD)),
        ...pairOf(turns, WAIT, "ms", wait),
      ],
    };
  },
};

/** With rooms that all share, everything read. */
function startFilled({ confab }: Bench, tree: string): Promise<Confab> {
  return confab({
    users: CLIENTS + SENDERS,
    // Besides `general`, and a room of one's own: what is sent there reaches none of those who come.
    sharedRooms: ROOMS - 2,
    ownRooms: true,
    messages: 200,
    read: true,
  }, tree);
}

/** The plain program, on the same database. */
async function least(bench: Bench, { dataDir, accounts }: Confab): Promise<Round[]> {
  await using plain = await bench.plainGreeting(dataDir);
  const server = { port: plain.port, pid: plain.pid, accounts };
  for (let i = 0; i < WARMUPS; i++) await come(bench, server, FEW);
  const floor: Round[] = [];
  for (let i = 0; i < FLOORS; i++) {
    floor.push({ cost: await come(bench, server, FEW), crowd: await come(bench, server, ALL) });
  }
  return floor;
}

function threadOf(name: string): (round: Round) => number {
  return ({ cost }) => cost.threads[name] ?? 0;
}

function come(
  bench: Bench,
  server: Pick<Server, "port" | "pid"> & { accounts: readonly Account[] },
  { inFlight, senders }: { inFlight: number; senders: number },
): Promise<Greetings> {
  return bench.generate<Greetings>("greetings", {
    port: server.port,
    pid: server.pid,
    accounts: server.accounts,
    options: { connections: CLIENTS, inFlight, senders, rate: 100 },
  });
}
