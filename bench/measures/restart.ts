/** An orderly restart under 1,000 open chats: how long until everybody is back, and with what. */
import { fileURLToPath } from "node:url";
import type { Bench } from "../bench.ts";
import { atMost, type Measure } from "../measure.ts";
import type { RestartReport } from "../restart_clients.ts";
import { type Blackout, blackoutOf, portBack, startPeople } from "../restarting.ts";
import type { Account } from "../seed.ts";
import { inTurn, pairOf } from "../turns.ts";

const CLIENTS = 1000;
const PROGRAM = fileURLToPath(new URL("../restart_clients.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));

interface RestartFigures extends Omit<RestartReport, "onlineAt"> {
  /** From the port's answering again to the last `ready` of each client, milliseconds. */
  blackout: Blackout;
  /** How long nobody listened, milliseconds. */
  portDown: number;
}

export const restart: Measure = {
  name: "restart",
  title: "A restart with 1,000 clients connected, messages sent all the time",
  async run(bench) {
    const turns = await inTurn(bench, (tree) => once(bench, tree));
    const rounds = turns.own;
    const p99 = ({ blackout }: RestartFigures) => blackout.p99;
    const sum = (field: "lost" | "doubled" | "disordered") =>
      rounds.reduce((total, figures) => total + figures[field], 0);
    return {
      figures: turns,
      pairs: [
        ...pairOf(turns, "p99 until a client is back", "ms", p99),
        ...pairOf(turns, "the port is down", "ms", ({ portDown }) => portDown),
      ],
      targets: [
        atMost(800, "ms", "p99 until a client is back, worst round", Math.max(...rounds.map(p99))),
        atMost(0, "", "lost", sum("lost")),
        atMost(0, "", "doubled or out of order", sum("doubled") + sum("disordered")),
      ],
    };
  },
};

async function once(bench: Bench, tree: string): Promise<RestartFigures> {
  await using server = await bench.confab({ users: CLIENTS }, tree);
  await using people = await startClients(server.port, server.accounts);
  await sleep(2000);
  const downAt = Date.now();
  const [backAt] = await Promise.all([portBack(server.port), server.restart()]);
  await sleep(5000);
  const { onlineAt, ...rest } = await people.report();
  const blackout = blackoutOf(onlineAt, backAt);
  const portDown = backAt - downAt;
  bench.note(
    `port down ${portDown} ms, back p50 ${blackout.p50}, p99 ${blackout.p99} ms, ` +
      `sent ${rest.sent}, lost ${rest.lost}, doubled ${rest.doubled}`,
  );
  return { ...rest, portDown, blackout };
}

async function startClients(port: number, accounts: Account[]) {
  const file = await Deno.makeTempFile({ prefix: "confab-bench-" });
  await Deno.writeTextFile(file, JSON.stringify(accounts));
  const args = ["run", "-q", "-A", "--config", CONFIG, PROGRAM, String(port), file];
  return await startPeople<RestartReport>(Deno.execPath(), args, () => Deno.remove(file));
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
