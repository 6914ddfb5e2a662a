/** An orderly restart under 1,000 open chats: how long until everybody is back, and with what. */
import { fileURLToPath } from "node:url";
import type { Bench } from "../bench.ts";
import { atMost, type Measure } from "../measure.ts";
import { LOAD_CORE } from "../pinned.ts";
import type { RestartReport } from "../restart_clients.ts";
import type { Account } from "../seed.ts";
import { quantile, round } from "../statistics.ts";

const CLIENTS = 1000;
const PROGRAM = fileURLToPath(new URL("../restart_clients.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));

interface RestartFigures extends Omit<RestartReport, "onlineAt"> {
  /** From the port's answering again to the last `ready` of each client, milliseconds. */
  blackout: { p50: number; p99: number; max: number };
  /** How long nobody listened, milliseconds. */
  portDown: number;
}

export const restart: Measure = {
  name: "restart",
  title: "A restart with 1,000 clients connected, messages sent all the time",
  async run(bench) {
    const rounds: RestartFigures[] = [];
    for (let i = 0; i < bench.rounds; i++) {
      const figures = await once(bench);
      rounds.push(figures);
      const { blackout, portDown, sent, lost, doubled } = figures;
      bench.note(
        `port down ${portDown} ms, back p50 ${blackout.p50}, p99 ${blackout.p99} ms, ` +
          `sent ${sent}, lost ${lost}, doubled ${doubled}`,
      );
    }
    const sum = (field: "lost" | "doubled" | "disordered") =>
      rounds.reduce((total, figures) => total + figures[field], 0);
    return {
      figures: rounds,
      targets: [
        atMost(
          2000,
          "ms",
          "p99 until a client is back, worst round",
          Math.max(...rounds.map(({ blackout }) => blackout.p99)),
        ),
        atMost(0, "", "lost", sum("lost")),
        atMost(0, "", "doubled or out of order", sum("doubled") + sum("disordered")),
      ],
    };
  },
};

async function once(bench: Bench): Promise<RestartFigures> {
  await using server = await bench.confab({ users: CLIENTS });
  await using people = await startPeople(server.port, server.accounts);
  await sleep(2000);
  const downAt = Date.now();
  const [backAt] = await Promise.all([portBack(server.port), server.restart()]);
  await sleep(5000);
  const { onlineAt, ...rest } = await people.report();
  const waits = onlineAt.map((at) => at < backAt - 50 ? Infinity : Math.max(0, at - backAt));
  return {
    ...rest,
    portDown: backAt - downAt,
    blackout: {
      p50: round(quantile(waits, .5), 0),
      p99: round(quantile(waits, .99), 0),
      max: round(quantile(waits, 1), 0),
    },
  };
}

/** When the port takes connections again, after it took none. */
async function portBack(port: number): Promise<number> {
  let wasDown = false;
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      if (wasDown) return Date.now();
    } catch {
      wasDown = true;
    }
    await sleep(2);
  }
  throw new Error("the port did not come back");
}

async function startPeople(port: number, accounts: Account[]) {
  const file = await Deno.makeTempFile({ prefix: "confab-bench-" });
  await Deno.writeTextFile(file, JSON.stringify(accounts));
  const child = new Deno.Command("taskset", {
    args: [
      ...["-c", String(LOAD_CORE), "timeout", "120", Deno.execPath(), "run", "-q", "-A"],
      ...["--config", CONFIG, PROGRAM, String(port), file],
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.value?.trim() !== "ready") throw new Error("the clients did not come online");
  return {
    async report(): Promise<RestartReport> {
      await child.stdin.close();
      let text = "";
      for (let next = await lines.next(); !next.done; next = await lines.next()) text += next.value;
      return JSON.parse(text);
    },
    async [Symbol.asyncDispose]() {
      await child.stdin.close().catch(() => {}); // closed by the report already
      await child.status;
      await Deno.remove(file);
    },
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
