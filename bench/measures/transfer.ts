/** One large file in and out again, next to a plain copy through Deno. */
import type { Bench } from "../bench.ts";
import type { Confab } from "../confab.ts";
import { atLeast, atMost, type Measure } from "../measure.ts";
import { forgetPeak, memoryOf } from "../memory.ts";
import { startPlainCopy } from "../peers.ts";
import type { Server } from "../pinned.ts";
import { median, round } from "../statistics.ts";

const BYTES = 200_000_000;

interface TransferFigures {
  megabytesPerSecond: number;
  cpuMillisPerMegabyte: number;
}

export interface UploadFigures extends TransferFigures {
  /** How many came whole, and how many not. */
  done: number;
  failed: number;
  /** The ids of what was begun. */
  files: number[];
  p50: number;
  max: number;
}

interface DownloadFigures extends TransferFigures {
  bytes: number;
  status: number;
}

interface Round {
  in: TransferFigures;
  out: TransferFigures;
  /** MB above what the process had before. */
  grown: { in: number; out: number };
}

/**
 * The copy is on its disk (fsync) before it is answered, as a file of ours is, which is also looked at
 * and has a row. Both keep to one core. The first round is for the compilers, and counts for memory
 * alone; before it a small file has started what looks at files, whose memory stands beside.
 */
export const transfer: Measure = {
  name: "transfer",
  title: `A file of ${BYTES / 1e6} MB, in and out`,
  async run(bench) {
    const rounds: { ours: Round; plain: Round }[] = [];
    let started = 0;
    const folder = await Deno.makeTempDir({ prefix: "confab-bench-" });
    try {
      await using plain = await startPlainCopy(folder);
      await using server = await bench.confab({ users: 1, env: { CONFAB_FILE_SIZE: "200" } });
      started = await smallFile(bench, server);
      bench.note(`${round(started, 0)} MB more for the first file of all`);
      const contestants = {
        ours: () => oneRound(bench, server, server.accounts),
        plain: () => oneRound(bench, plain),
      };
      for (let at = 0; at <= 2 * bench.rounds; at++) {
        const first = at % 2 === 0 ? await contestants.ours() : null;
        const other = await contestants.plain();
        const both = { ours: first ?? await contestants.ours(), plain: other };
        bench.note(JSON.stringify(both));
        rounds.push(both);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
    const ratio = (way: "in" | "out") =>
      round(median(
        rounds.slice(1).map(({ ours, plain }) =>
          ours[way].megabytesPerSecond / plain[way].megabytesPerSecond
        ),
      ));
    const grown = (way: "in" | "out") =>
      round(Math.max(...rounds.map(({ ours }) => ours.grown[way])), 0);
    return {
      figures: { started, rounds },
      targets: [
        atLeast(0.6, "×", "in: speed, next to a plain copy that waits for its disk", ratio("in")),
        {
          ...atMost(60, "MB", "in: memory above what there was before, at most", grown("in")),
          beside: `${round(started, 0)} MB for the first file of all, however small`,
        },
        atLeast(0.6, "×", "out: speed, next to a plain copy", ratio("out")),
        atMost(60, "MB", "out: memory above what there was before, at most", grown("out")),
      ],
    };
  },
};

/** The file of the round goes again: each begins alike. */
async function oneRound(
  bench: Bench,
  server: Server,
  accounts: Confab["accounts"] = [],
): Promise<Round> {
  const { port, pid } = server;
  const dialect = accounts.length === 0 ? "plain" : "confab";
  const options = { dialect, connections: 1, size: BYTES, seconds: 0 };
  const [into, grownIn] = await watched(
    pid,
    () => bench.generate<UploadFigures>("uploads", { port, pid, accounts, options }),
  );
  if (into.failed > 0) throw new Error("The upload was refused.");
  const [file] = into.files;
  const path = file === undefined ? "/" : `/files/${file}/bench.bin`;
  const [out, grownOut] = await watched(
    pid,
    () =>
      bench.generate<DownloadFigures>("download", {
        port,
        pid,
        accounts,
        options: { path, size: BYTES },
      }),
  );
  if (out.bytes !== BYTES || out.status !== 200) throw new Error(`Got ${JSON.stringify(out)}.`);
  if (file !== undefined) await deleteFile(port, accounts[0]!.token, file);
  return { in: into, out, grown: { in: grownIn, out: grownOut } };
}

/** What a program's first file takes, MB: it begins what looks at files. */
async function smallFile(bench: Bench, { port, pid, accounts }: Confab): Promise<number> {
  const options = { connections: 1, size: 1_000, seconds: 0 };
  const [{ files }, grown] = await watched(
    pid,
    () => bench.generate<UploadFigures>("uploads", { port, pid, accounts, options }),
  );
  for (const file of files) await deleteFile(port, accounts[0]!.token, file);
  return grown;
}

async function watched<T>(pid: number, work: () => Promise<T>): Promise<[T, number]> {
  await forgetPeak(pid);
  const { resident } = await memoryOf(pid);
  const result = await work();
  return [result, (await memoryOf(pid)).peak - resident];
}

export async function deleteFile(port: number, token: string, id: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/files/${id}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}` },
  });
  await answer.body?.cancel();
}
