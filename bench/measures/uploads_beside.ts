/** What others wait for their acks while many upload files. */
import type { Bench } from "../bench.ts";
import type { Confab } from "../confab.ts";
import { atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";
import { deleteFile, type UploadFigures } from "./transfer.ts";

const UPLOADS = 50;
const BYTES = 8_000_000;
const SENDERS = 100;
/** Messages a second, of all senders together. */
const RATE = 300;
/** Bytes a second of each upload: what phones and homes have. All together it is 400 Mbit/s. */
const PACE = 1_000_000;

interface AckFigures {
  p50: number;
  p99: number;
  max: number;
  sent: number;
  acks: number;
  errors: number;
  closed: number;
  cpuPercent: number;
}

interface Pair {
  alone: AckFigures;
  beside: AckFigures;
  uploads: UploadFigures;
}

const WAYS = {
  network: { what: `at ${PACE / 1e6} MB/s each`, pace: PACE },
  loopback: { what: "as fast as one core takes them", pace: 0 },
};

/**
 * Each sender has a room of their own, so that only sends are waited for. Those who upload are
 * others, and each begins another file when one has come, until the time is over.
 */
export const uploadsBeside: Measure = {
  name: "uploads-beside",
  title: `${UPLOADS} uploads of ${BYTES / 1e6} MB at once beside ${RATE} messages a second`,
  async run(bench) {
    const pairs: Record<keyof typeof WAYS, Pair[]> = { network: [], loopback: [] };
    await using server = await bench.confab({ users: SENDERS + UPLOADS, ownRooms: true });
    await acks(bench, server); // for the compilers
    for (let at = 0; at < 2 * bench.rounds; at++) {
      for (const way of ["network", "loopback"] as const) {
        const pair = await onePair(bench, server, WAYS[way].pace, at % 2 === 0);
        const { alone, beside, uploads } = pair;
        bench.note(
          `${way}: p99 ${alone.p99} ms, with uploads ${beside.p99} ms (p50 ${alone.p50}, ` +
            `${beside.p50}); ${uploads.done} files, ${uploads.megabytesPerSecond} MB/s, CPU ` +
            `${alone.cpuPercent} %, ${beside.cpuPercent} %`,
        );
        pairs[way].push(pair);
      }
    }
    const every = [...pairs.network, ...pairs.loopback];
    const faults = every.reduce(
      (sum, { alone, beside, uploads }) =>
        sum + faultsOf(alone) + faultsOf(beside) + uploads.failed,
      0,
    );
    return {
      figures: pairs,
      targets: [
        ...Object.entries(WAYS).map(([way, { what }]) => {
          const ratios = pairs[way as keyof typeof WAYS]
            .map(({ alone, beside }) => beside.p99 / alone.p99);
          return atMost(2, "×", `p99 of others' acks, uploads ${what}`, round(median(ratios)));
        }),
        atMost(0, "", "sends without an ack, errors, uploads that failed", faults),
      ],
    };
  },
};

async function onePair(
  bench: Bench,
  server: Confab,
  pace: number,
  aloneFirst: boolean,
): Promise<Pair> {
  const early = aloneFirst ? await acks(bench, server) : null;
  const { port, pid } = server;
  const uploaders = server.accounts.slice(SENDERS);
  const uploading = bench.generate<UploadFigures>("uploads", {
    port,
    pid,
    accounts: uploaders,
    options: {
      connections: UPLOADS,
      size: BYTES,
      pace,
      // The senders connect first, and warm up.
      seconds: 1.5 + warmup(bench) + seconds(bench),
    },
  });
  const beside = await acks(bench, server);
  const uploads = await uploading;
  for (const [at, id] of uploads.files.entries()) {
    await deleteFile(port, uploaders[at % UPLOADS]!.token, id);
  }
  return { alone: early ?? await acks(bench, server), beside, uploads };
}

function acks(bench: Bench, { port, pid, accounts }: Confab): Promise<AckFigures> {
  return bench.generate<AckFigures>("acks", {
    port,
    pid,
    accounts: accounts.slice(0, SENDERS),
    options: {
      connections: SENDERS,
      rate: RATE,
      seconds: seconds(bench),
      warmup: warmup(bench),
    },
  });
}

/** One in a hundred of what is measured must be several. */
function seconds({ quick }: Bench): number {
  return quick ? 3 : 6;
}

function warmup(_bench: Bench): number {
  return 1;
}

function faultsOf({ sent, acks, errors, closed }: AckFigures): number {
  return sent - acks + errors + closed;
}
