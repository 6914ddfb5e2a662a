/** One message in a quiet room: how long until the last of 1,000 people sees it. */
import type { Bench } from "../bench.ts";
import { atMost, type Measure, type Pair } from "../measure.ts";
import { type PeerName, PEERS } from "../peers.ts";
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
    const [confab, other, bun, deno]: ScreenFigures[][] = [[], [], [], []];
    for (let i = 0; i < bench.rounds; i++) {
      confab!.push(await throughConfab(bench));
      if (bench.against !== null) other!.push(await throughConfab(bench, bench.against));
      bun!.push(await throughPeer(bench, "bun"));
      deno!.push(await throughPeer(bench, "deno"));
      const told = [["Confab", confab!], ["Bun", bun!], [PEERS.deno.title, deno!]] as const;
      bench.note(told.map(([who, figures]) => `${who} ${describe(figures.at(-1)!)}`).join(", "));
    }
    const ratio = (own: ScreenFigures[]) =>
      round(median(own.map(({ p50 }, i) => p50 / bun![i]!.p50)));
    return {
      figures: { confab, other, bun, deno },
      targets: [
        {
          ...atMost(1.6, "× Bun publish", "p50 until the last screen", ratio(confab!)),
          beside: `${PEERS.deno.title}: ${ratio(deno!)} ×`,
        },
        atMost(0, "", "lost", confab!.reduce((sum, { lost }) => sum + lost, 0)),
      ],
      pairs: other!.length === 0 ? [] : pairsOf(confab!, other!),
    };
  },
};

function pairsOf(own: ScreenFigures[], other: ScreenFigures[]): Pair[] {
  const pair = (what: string, field: "p50" | "cpuMilliseconds") => ({
    what,
    unit: "ms",
    own: own.map((figures) => figures[field]),
    other: other.map((figures) => figures[field]),
  });
  return [pair("p50 until the last screen", "p50"), pair("CPU a message", "cpuMilliseconds")];
}

function describe({ p50, cpuMilliseconds }: ScreenFigures): string {
  return `${p50} ms (p50), ${cpuMilliseconds} ms of CPU`;
}

function options(bench: Bench) {
  const { quick, warmup } = bench;
  return { connections: CONNECTIONS, senders: 10, count: quick ? 20 : 60, warmup };
}

async function throughConfab(bench: Bench, tree?: string): Promise<ScreenFigures> {
  await using server = await bench.confab({ users: CONNECTIONS }, tree);
  const { port, pid, accounts } = server;
  return await bench.generate("last-screen", { port, pid, accounts, options: options(bench) });
}

async function throughPeer(bench: Bench, peer: PeerName): Promise<ScreenFigures> {
  await using server = await bench.peer(peer);
  const { port, pid } = server;
  const { dialect, path } = PEERS[peer];
  return await bench.generate("last-screen", {
    port,
    pid,
    options: { ...options(bench), dialect, path },
  });
}
