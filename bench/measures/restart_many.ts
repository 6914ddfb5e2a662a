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

export const restartThousand = measureOf({
  name: "restart-1000",
  title: "A restart with 1,000 clients connected that only wait and come back",
  clients: 1_000,
  what: "p99 until a client is back",
  most: 800,
  of: ({ p99 }) => p99,
});

export const restartMany = measureOf({
  name: "restart-10000",
  title: "A restart with 10,000 clients connected",
  clients: 10_000,
  what: "until all are back",
  most: 5_000,
  of: ({ max }) => max,
});

interface Asked {
  name: string;
  title: string;
  clients: number;
  what: string;
  /** Milliseconds. */
  most: number;
  of(blackout: Blackout): number;
}

function measureOf({ name, title, clients, what, most, of }: Asked): Measure {
  return {
    name,
    title,
    async run(bench) {
      const turns = await inTurn(bench, (tree) => once(bench, tree, clients));
      const slowest = (whose: keyof Round) =>
        Math.max(...turns.own.map((round) => of(round[whose].blackout)));
      return {
        figures: turns,
        pairs: pairOf(turns, what, "ms", ({ here }) => of(here.blackout)),
        targets: [{
          ...atMost(most, "ms", `${what}, worst round`, slowest("here")),
          beside: `${slowest("floor")} ms for a plain program that greets`,
        }],
      };
    },
  };
}

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
