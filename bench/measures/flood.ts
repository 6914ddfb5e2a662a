/**
 * A school comes back: five hundred pages are asked for at once, while others write. What those
 * wait for their acks, before and meanwhile, and when the last page is there.
 */
import type { Bench } from "../bench.ts";
import { isBuilt } from "../confab.ts";
import { refused } from "../faults.ts";
import { atMost, type Measure, notMeasured } from "../measure.ts";
import { cookieNameOf } from "../raw_get.ts";
import { median, round } from "../statistics.ts";
import { inTurn, pairOf } from "../turns.ts";

const READERS = 500;
const SENDERS = 20;
/** Messages a second of all senders together. */
const RATE = 200;
const SCHOOL = { rooms: 60, messages: 260 };

interface Waits {
  acks: number;
  p50: number;
  p99: number;
  max: number;
}

interface FloodFigures {
  quiet: Waits;
  meanwhile: Waits;
  /** Milliseconds until the last page was there, of each burst. */
  lastPage: number[];
  /** Microseconds a page, those of the senders' messages with it. */
  cpuMicros: number[];
  statuses: Record<string, number>;
  sent: number;
  acks: number;
  errors: number;
  closed: number;
}

const WAIT = {
  what: "p99 of others' acks meanwhile",
  unit: "ms",
  limit: 60,
  better: "lower",
} as const;

export const flood: Measure = {
  name: "flood",
  title: `${READERS} pages asked for at once, ${SENDERS} people write ${RATE} messages/s meanwhile`,
  async run(bench) {
    if (!await isBuilt(bench.tree)) {
      return { figures: null, targets: [notMeasured(WAIT, "the browser client is not built")] };
    }
    const turns = await inTurn(bench, (tree) => once(bench, tree));
    const wait = ({ meanwhile }: FloodFigures) => meanwhile.p99;
    const last = ({ lastPage }: FloodFigures) => median(lastPage);
    const figures = turns.own;
    return {
      figures: turns,
      targets: [
        {
          ...atMost(WAIT.limit, WAIT.unit, WAIT.what, round(median(figures.map(wait)))),
          beside: `before: ${round(median(figures.map(({ quiet }) => quiet.p99)))} ms; the last ` +
            `page after ${round(median(figures.map(last)), 0)} ms`,
        },
        atMost(
          0,
          "",
          "… without an ack, errors, pages that failed",
          figures.reduce((sum, each) => sum + wrong(each), 0),
        ),
      ],
      pairs: [
        ...pairOf(turns, WAIT.what, "ms", wait),
        ...pairOf(turns, "the last page", "ms", last),
      ],
    };
  },
};

async function once(bench: Bench, tree: string): Promise<FloodFigures> {
  await using server = await bench.confab({ users: READERS, school: SCHOOL }, tree);
  const cookie = await cookieNameOf(server.port, server.accounts[0]!.token);
  const figures = await bench.generate<FloodFigures>("flood", {
    port: server.port,
    pid: server.pid,
    // Each of the senders in another room, the first in the one whose page is asked for.
    accounts: server.accounts.map((account, i) => ({ ...account, room: 1 + i % SENDERS })),
    paths: ["/rooms/1"],
    headers: ["Accept: text/html", "Accept-Language: en"],
    options: {
      ...{ cookie, senders: SENDERS, rate: RATE, burst: READERS },
      ...{ bursts: bench.quick ? 2 : 5, warmup: bench.warmup },
    },
  });
  const { quiet, meanwhile, lastPage } = figures;
  bench.note(
    `acks: before p50 ${quiet.p50}, p99 ${quiet.p99} ms; meanwhile p50 ${meanwhile.p50}, ` +
      `p99 ${meanwhile.p99}, longest ${meanwhile.max} ms (${meanwhile.acks} acks); ` +
      `the last page after ${lastPage.join(", ")} ms`,
  );
  return figures;
}

function wrong({ sent, acks, errors, closed, statuses }: FloodFigures): number {
  return sent - acks + errors + closed + refused(statuses);
}
