/** What others wait for their acks while many upload files. */
import type { Bench } from "../bench.ts";
import type { Confab } from "../confab.ts";
import { atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";
import { deleteFile, type UploadFigures } from "./transfer.ts";

const UPLOADS = 50;
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

/**
 * Files are small enough that several of each who uploads end within what is measured: an end waits
 * for the disk, is looked at and gets its row. A large one is a single person's video.
 */
const WAYS = {
  network: { what: `at ${PACE / 1e6} MB/s each`, uploads: UPLOADS, size: 2_000_000, pace: PACE },
  loopback: { what: "as fast as they are taken", uploads: UPLOADS, size: 2_000_000, pace: 0 },
  large: { what: "as fast as it is taken", uploads: 1, size: 100_000_000, pace: 0 },
};
type Way = keyof typeof WAYS;

/**
 * Each sender has a room of their own, so that only sends are waited for. Those who upload are
 * others, and each begins another file when one has come, until the time is over.
 */
export const uploadsBeside: Measure = {
  name: "uploads-beside",
  title: `${UPLOADS} uploads at once, or a large one, beside ${RATE} messages a second`,
  async run(bench) {
    const pairs: Record<Way, Pair[]> = { network: [], loopback: [], large: [] };
    await using server = await bench.confab({ users: SENDERS + UPLOADS, ownRooms: true });
    await acks(bench, server); // for the compilers
    for (let at = 0; at < 2 * bench.rounds; at++) {
      for (const way of Object.keys(WAYS) as Way[]) {
        const pair = await onePair(bench, server, WAYS[way], at % 2 === 0);
        const { alone, beside, uploads } = pair;
        bench.note(
          `${way}: p99 ${alone.p99} ms, with uploads ${beside.p99} ms (p50 ${alone.p50}, ` +
            `${beside.p50}); ${uploads.done} files, ${uploads.megabytesPerSecond} MB/s, CPU ` +
            `${alone.cpuPercent} %, ${beside.cpuPercent} %`,
        );
        pairs[way].push(pair);
      }
    }
    const every = Object.values(pairs).flat();
    const faults = every.reduce(
      (sum, { alone, beside, uploads }) =>
        sum + faultsOf(alone) + faultsOf(beside) + uploads.failed,
      0,
    );
    return {
      figures: pairs,
      targets: [
        ...Object.entries(WAYS).map(([way, { what, uploads }]) => {
          const ratios = pairs[way as Way]
            .map(({ alone, beside }) => beside.p99 / alone.p99);
          return atMost(2, "×", `p99 of others' acks, ${uploads} ${what}`, round(median(ratios)));
        }),
        atMost(0, "", "sends without an ack, errors, uploads that failed", faults),
      ],
    };
  },
};

async function onePair(
  bench: Bench,
  server: Confab,
  { uploads, size, pace }: (typeof WAYS)[Way],
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
      connections: uploads,
      size,
      pace,
      // The senders connect first, and warm up.
      seconds: 1.5 + warmup(bench) + seconds(bench),
    },
  });
  const beside = await acks(bench, server);
  const uploaded = await uploading;
  for (const [at, id] of uploaded.files.entries()) {
    await deleteFile(port, uploaders[at % uploads]!.token, id);
  }
  return { alone: early ?? await acks(bench, server), beside, uploads: uploaded };
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
