/**
 * A restart under 10,000 open connections: how long until all are back. Their clients only wait and
 * come, as the browser's does: what it does besides would cost more than the server.
 */
import type { Bench } from "../bench.ts";
import { linesOf, PROGRAM } from "../generator.ts";
import { atMost, type Measure } from "../measure.ts";
import { type Blackout, blackoutOf, portBack, startPeople } from "../restarting.ts";
import type { Account } from "../seed.ts";
import { inTurn, pairOf } from "../turns.ts";

const CLIENTS = 10_000;
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

export const restartMany: Measure = {
  name: "restart-10000",
  title: "A restart with 10,000 clients connected",
  async run(bench) {
    const turns = await inTurn(bench, (tree) => once(bench, tree));
    const last = ({ blackout }: Figures) => blackout.max;
    const slowest = Math.max(...turns.own.map(last));
    return {
      figures: turns,
      pairs: pairOf(turns, "until all are back", "ms", last),
      targets: [atMost(5000, "ms", "until all are back, worst round", slowest)],
    };
  },
};

async function once(bench: Bench, tree: string): Promise<Figures> {
  await using server = await bench.confab({ users: CLIENTS }, tree);
  await using people = await startReturning(server.port, server.accounts);
  const downAt = Date.now();
  const [backAt] = await Promise.all([portBack(server.port), server.restart()]);
  const { onlineAt, failures } = await people.report();
  const blackout = blackoutOf(onlineAt, backAt);
  const portDown = backAt - downAt;
  bench.note(
    `port down ${portDown} ms, back p50 ${blackout.p50}, p99 ${blackout.p99}, all ` +
      `${blackout.max} ms, ${failures} attempts in vain`,
  );
  return { portDown, blackout, failures };
}

async function startReturning(port: number, accounts: readonly Account[]) {
  const file = await linesOf(accounts);
  const args = ["returning", "--port", String(port), "--accounts", file];
  args.push("--connections", String(CLIENTS), "--seconds", String(PATIENCE));
  return await startPeople<Report>(PROGRAM, args, () => Deno.remove(file));
}
