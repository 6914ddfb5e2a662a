/**
 * PostgreSQL for the measures: Debian's, on the core of the load, syncing each commit to the disk as
 * in production; and the store by itself, in processes of their own on the core of the server.
 */
import { createTokens } from "../lib/auth/token.ts";
import { type Postgres, startPostgres } from "../tests/support/postgres.ts";
import { LOAD_CORE, runAnywhere, SERVER_CORE } from "./pinned.ts";
import type { Account } from "./seed.ts";
import type { SweepFigures, SweepLoad } from "./sweeps.ts";
import type { LoadStore, SeedStore, SendPlace, StoreFigures } from "./store_sends.ts";

const SWEEPS = new URL("./sweeps.ts", import.meta.url).pathname;
const STORE_SENDS = new URL("./store_sends.ts", import.meta.url).pathname;
/** Seconds that seeding may take, and a load beyond its own length. */
const PATIENCE = 60;

/** What it starts later keeps to its core: a process inherits that. */
export async function startPinnedPostgres(): Promise<Postgres> {
  const postgres = await startPostgres({ durable: true, settings: { shared_buffers: "256MB" } });
  const { children } = JSON.parse(
    await postgres.query(
      "SELECT json_build_object('children', json_agg(pid)) FROM pg_stat_activity",
    ),
  ) as { children: number[] };
  for (const pid of [postgres.pid, ...children]) {
    // A session that has ended meanwhile is none to pin.
    await runAnywhere("taskset", ["-pc", String(LOAD_CORE), String(pid)], { deadline: 10 })
      .catch(() => {});
  }
  return postgres;
}

export function seedStore(options: SeedStore): Promise<SendPlace[]> {
  return run("seed", options, PATIENCE);
}

export function loadStore(options: LoadStore): Promise<StoreFigures> {
  return run("load", options, options.warmup + options.seconds + PATIENCE);
}

export function loadSweeps(options: SweepLoad): Promise<SweepFigures> {
  return runProgram([SWEEPS, JSON.stringify(options)], options.sweeps / 10 + PATIENCE);
}

function run<Result>(task: string, options: unknown, deadline: number): Promise<Result> {
  return runProgram([STORE_SENDS, task, JSON.stringify(options)], deadline);
}

async function runProgram<Result>(args: string[], deadline: number): Promise<Result> {
  const program = [Deno.execPath(), "run", "-A", "-q", ...args];
  const pinned = ["-c", String(SERVER_CORE), ...program];
  return JSON.parse(await runAnywhere("taskset", pinned, { deadline })) as Result;
}

/** As the program takes them, with sessions signed by this secret. */
export function accountsOf(places: readonly SendPlace[], secret: string): Promise<Account[]> {
  const issuedAt = Date.now();
  const tokens = createTokens({ secret: new TextEncoder().encode(secret), now: () => issuedAt });
  return Promise.all(places.map(async ({ userId, sessionId, expiresAt, room }, index) => ({
    id: userId,
    username: `person${index}`,
    token: await tokens.issue({ userId, sessionId, issuedAt, expiresAt }),
    room,
  })));
}
