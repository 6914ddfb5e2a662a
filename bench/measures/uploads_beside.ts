/** What others wait for their acks while many upload files. */
import type { Bench } from "../bench.ts";
import type { Confab } from "../confab.ts";
import { atMost, type Measure } from "../measure.ts";
import { startPlainCopy } from "../peers.ts";
import type { Server } from "../pinned.ts";
import { median, round } from "../statistics.ts";
import { deleteFile, type UploadFigures } from "./transfer.ts";

const UPLOADS = 50;
const SENDERS = 100;
/** Messages a second, of all senders together. */
const RATE = 300;
/** Bytes a second of each upload: what phones and homes have. All together it is 400 Mbit/s. */
const PACE = 1_000_000;

/** Seconds: as long as a file takes at that pace, so that they are spread evenly. */
const APART = 2;

interface Uploading {
  what: string;
  uploads: number;
  /** Bytes of a file, and a second of each upload; 0: as fast as they are taken. */
  size: number;
  pace: number;
  /** Seconds over which they begin for the first time. */
  spread?: number;
}

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

interface Trio {
  alone: AckFigures;
  beside: AckFigures;
  uploads: UploadFigures;
  /** Where the same files go to a plain copy on the same machine: what no chat could better. */
  floor: AckFigures;
  copied: UploadFigures;
}

/**
 * Files are small enough that several of each who uploads end within what is measured: an end waits
 * for the disk, is looked at and gets its row. A large one is a single person's video.
 */
const WAYS = {
  network: { what: `at ${PACE / 1e6} MB/s each`, uploads: UPLOADS, size: 2_000_000, pace: PACE },
  /** As people begin: not all in the same moment, so that they do not end in the same one either. */
  apart: {
    what: `at ${PACE / 1e6} MB/s each, begun within ${APART} s`,
    uploads: UPLOADS,
    size: 2_000_000,
    pace: PACE,
    spread: APART,
  },
  loopback: { what: "as fast as they are taken", uploads: UPLOADS, size: 2_000_000, pace: 0 },
  large: { what: "as fast as it is taken", uploads: 1, size: 100_000_000, pace: 0 },
} satisfies Record<string, Uploading>;
type Way = keyof typeof WAYS;

/**
 * Each sender has a room of their own, so that only sends are waited for. Those who upload are
 * others, and each begins another file when one has come, until the time is over. The floor: the same
 * senders, while the files go to a program that does nothing but copy.
 */
export const uploadsBeside: Measure = {
  name: "uploads-beside",
  title: `${UPLOADS} uploads at once, or a large one, beside ${RATE} messages a second`,
  async run(bench) {
    const trios: Record<Way, Trio[]> = { network: [], apart: [], loopback: [], large: [] };
    const folder = await Deno.makeTempDir({ prefix: "confab-bench-" });
    try {
      await using plain = await startPlainCopy(folder);
      await using server = await bench.confab({ users: SENDERS + UPLOADS, ownRooms: true });
      await acks(bench, server); // for the compilers
      for (let at = 0; at < 2 * bench.rounds; at++) {
        for (const way of Object.keys(WAYS) as Way[]) {
          const trio = await oneTrio(bench, { server, plain }, WAYS[way], at % 2 === 0);
          bench.note(`${way}: ${toldOf(trio)}`);
          trios[way].push(trio);
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
    const every = Object.values(trios).flat();
    const faults = every.reduce(
      (sum, { alone, beside, uploads, floor, copied }) =>
        sum + [alone, beside, floor].map(faultsOf).reduce((a, b) => a + b) +
        uploads.failed + copied.failed,
      0,
    );
    return {
      figures: trios,
      targets: [
        ...Object.entries(WAYS).map(([way, { what, uploads }]) => {
          const ratio = (of: "beside" | "floor") =>
            round(median(trios[way as Way].map((trio) => trio[of].p99 / trio.alone.p99)));
          return {
            ...atMost(2, "×", `p99 of others' acks, ${uploads} ${what}`, ratio("beside")),
            beside: `${ratio("floor")} × where a plain copy takes them`,
          };
        }),
        atMost(0, "", "sends without an ack, errors, uploads that failed", faults),
      ],
    };
  },
};

function toldOf({ alone, beside, uploads, floor, copied }: Trio): string {
  return `p99 ${alone.p99} ms, with uploads ${beside.p99} ms, to a plain copy ${floor.p99} ms ` +
    `(p50 ${alone.p50}, ${beside.p50}, ${floor.p50}); ${uploads.done} files, ` +
    `${uploads.megabytesPerSecond} and ${copied.megabytesPerSecond} MB/s, ` +
    `CPU ${alone.cpuPercent} %, ${beside.cpuPercent} %`;
}

async function oneTrio(
  bench: Bench,
  { server, plain }: { server: Confab; plain: Server },
  way: Uploading,
  aloneFirst: boolean,
): Promise<Trio> {
  const early = aloneFirst ? await acks(bench, server) : null;
  const { port } = server;
  const uploaders = server.accounts.slice(SENDERS);
  const uploading = upload(bench, server, way, uploaders);
  const beside = await acks(bench, server, way.spread);
  const uploaded = await uploading;
  for (const [at, id] of uploaded.files.entries()) {
    await deleteFile(port, uploaders[at % way.uploads]!.token, id);
  }
  const copying = upload(bench, plain, way, []);
  const floor = await acks(bench, server, way.spread);
  const copied = await copying;
  return { alone: early ?? await acks(bench, server), beside, uploads: uploaded, floor, copied };
}

/** @param accounts nobody's where the server is a plain copy */
function upload(
  bench: Bench,
  { port, pid }: Server,
  { uploads, size, pace, spread = 0 }: Uploading,
  accounts: Confab["accounts"],
): Promise<UploadFigures> {
  const dialect = accounts.length === 0 ? "plain" : "confab";
  // The senders connect first, and warm up.
  const lasting = 1.5 + warmup(bench) + spread + seconds(bench);
  const options = { dialect, connections: uploads, size, pace, spread, seconds: lasting };
  return bench.generate<UploadFigures>("uploads", { port, pid, accounts, options });
}

/** @param later seconds until all who upload have begun */
function acks(bench: Bench, { port, pid, accounts }: Confab, later = 0): Promise<AckFigures> {
  return bench.generate<AckFigures>("acks", {
    port,
    pid,
    accounts: accounts.slice(0, SENDERS),
    options: {
      connections: SENDERS,
      rate: RATE,
      seconds: seconds(bench),
      warmup: warmup(bench) + later,
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
