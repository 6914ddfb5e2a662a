/**
 * A restart under many open connections: how long until all are back. Their clients only wait and
 * come, as the browser's does: what it does besides would cost more than the server. Beside it the
 * runtime's floor: a plain program that greets, restarted under the same clients.
 */
import type { Bench } from "../bench.ts";
import { linesOf, PROGRAM } from "../generator.ts";
import { atMost, type Measure } from "../measure.ts";
import { startPlainGreeting } from "../peers.ts";
import { type Blackout, blackoutOf, portBack, startPeople } from "../restarting.ts";
import type { Account } from "../seed.ts";
import { inTurn, pairOf } from "../turns.ts";

/** Seconds that they have for it. */
const PATIENCE = 60;

interface Report {
  onlineAt: number[];
  /** Attempts that came to nothing. */
  failures: number;
}

interface Figures {
  blackout: Blackout;
  portDown: number;
  failures: number;
}

interface Round {
  here: Figures;
  floor: Figures;
}

const p99 = ({ here }: Round) => here.blackout.p99;
const last = ({ here }: Round) => here.blackout.max;

export const restartThousand: Measure = {
  name: "restart-1000",
  title: "A restart with 1,000 clients connected that only wait and come back",
  async run(bench) {
    const turns = await inTurn(bench, (tree) => once(bench, tree, 1_000));
    const floor = Math.max(...turns.own.map((each) => each.floor.blackout.p99));
    const slowest = Math.max(...turns.own.map(p99));
    return {
      figures: turns,
      pairs: pairOf(turns, "p99 until a client is back", "ms", p99),
      targets: [{
        ...atMost(800, "ms", "p99 until a client is back, worst round", slowest),
        beside: `${floor} ms for a plain program that greets`,
      }],
    };
  },
};

export const restartMany: Measure = {
  name: "restart-10000",
  title: "A restart with 10,000 clients connected",
  async run(bench) {
    const turns = await inTurn(bench, (tree) => once(bench, tree, 10_000));
    const floor = Math.max(...turns.own.map((each) => each.floor.blackout.max));
    const slowest = Math.max(...turns.own.map(last));
    return {
      figures: turns,
      pairs: pairOf(turns, "until all are back", "ms", last),
      targets: [{
        ...atMost(5000, "ms", "until all are back, worst round", slowest),
        beside: `${floor} ms for a plain program that greets`,
      }],
    };
  },
};

interface Restarting {
  port: number;
  restart(): Promise<unknown>;
}

async function once(bench: Bench, tree: string, clients: number): Promise<Round> {
  await using server = await bench.confab({ users: clients }, tree);
  const { accounts, dataDir } = server;
  const here = await restarted(server, accounts);
  let plain = await startPlainGreeting(dataDir);
  const { port } = plain;
  try {
    const restart = async () => {
      await plain.stop();
      plain = await startPlainGreeting(dataDir, port);
    };
    const floor = await restarted({ port, restart }, accounts);
    bench.note(`${told(here)}; a plain program: ${told(floor)}`);
    return { here, floor };
  } finally {
    await plain.stop();
  }
}

async function restarted(server: Restarting, accounts: readonly Account[]): Promise<Figures> {
  await using people = await startReturning(server.port, accounts);
  const downAt = Date.now();
  const [backAt] = await Promise.all([portBack(server.port), server.restart()]);
  const { onlineAt, failures } = await people.report();
  return { portDown: backAt - downAt, blackout: blackoutOf(onlineAt, backAt), failures };
}

function told({ portDown, blackout: { p50, p99, max }, failures }: Figures): string {
  return `port down ${portDown} ms, back p50 ${p50}, p99 ${p99}, all ${max} ms, ` +
    `${failures} attempts in vain`;
}

async function startReturning(port: number, accounts: readonly Account[]) {
  const file = await linesOf(accounts);
  const args = ["returning", "--port", String(port), "--accounts", file];
  args.push("--connections", String(accounts.length), "--seconds", String(PATIENCE));
  return await startPeople<Report>(PROGRAM, args, () => Deno.remove(file));
}
