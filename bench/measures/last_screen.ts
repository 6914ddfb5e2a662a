/** One message in a quiet room: how long until the last of 1,000 people sees it. */
import type { Bench } from "../bench.ts";
import { atMost, type Measure } from "../measure.ts";
import { PEERS } from "../peers.ts";
import { median, round } from "../statistics.ts";

interface ScreenFigures {
  p50: number;
  p99: number;
  max: number;
  /** Of the server's process, for one message to all. */
  cpuMilliseconds: number;
  messages: number;
  lost: number;
  orderErrors: number;
}

const CONNECTIONS = 1000;

export const lastScreen: Measure = {
  name: "last-screen",
  title: "One message to 1,000 clients, the server idle before",
  async run(bench) {
    const confab: ScreenFigures[] = [];
    const bun: ScreenFigures[] = [];
    for (let i = 0; i < bench.rounds; i++) {
      confab.push(await throughConfab(bench));
      bun.push(await throughBun(bench));
      bench.note(`Confab ${describe(confab[i]!)}, Bun ${describe(bun[i]!)}`);
    }
    const ratio = median(confab.map(({ p50 }, i) => p50 / bun[i]!.p50));
    return {
      figures: { confab, bun },
      targets: [
        atMost(1.6, "× Bun publish", "p50 until the last screen", round(ratio)),
        atMost(0, "", "lost", confab.reduce((sum, { lost }) => sum + lost, 0)),
      ],
    };
  },
};

function describe({ p50, cpuMilliseconds }: ScreenFigures): string {
  return `${p50} ms (p50), ${cpuMilliseconds} ms of CPU`;
}

function options(bench: Bench) {
  const { quick, warmup } = bench;
  return { connections: CONNECTIONS, senders: 10, count: quick ? 20 : 60, warmup };
}

async function throughConfab(bench: Bench): Promise<ScreenFigures> {
  await using server = await bench.confab({ users: CONNECTIONS });
  const { port, pid, accounts } = server;
  return await bench.generate("last-screen", { port, pid, accounts, options: options(bench) });
}

async function throughBun(bench: Bench): Promise<ScreenFigures> {
  await using server = await bench.peer("bun");
  const { port, pid } = server;
  const { dialect, path } = PEERS.bun;
  return await bench.generate("last-screen", {
    port,
    pid,
    options: { ...options(bench), dialect, path },
  });
}
