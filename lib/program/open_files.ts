/**
 * Checks whether the system lets the program open as many files as its settings allow connections:
 * each connection is one, and when none are left nobody else can connect. Deno shows the limit only
 * with all permissions, so we find it by trying.
 */
import type { Config } from "./config/config.ts";
import type { Logger } from "./log.ts";

/** For the database, idle connections and served files. */
const BESIDES = 256;
/** If connections are not limited. */
const PLENTY = 4_096;
/** Opened at a time, between turns of the event loop: a few milliseconds. */
const SLICE = 64;

export interface OpenFilesOptions {
  config: Pick<Config, "connectionsPerAddress">;
  log: Logger;
  /** Opens one more file; throws if none are left. */
  open(): Disposable;
  /** Lets other work run. */
  pause(): Promise<void>;
}

/** Logs what to do if clients from one address could use up all files. Never throws. */
export async function checkOpenFiles(options: OpenFilesOptions): Promise<void> {
  const { connectionsPerAddress } = options.config;
  const wanted = connectionsPerAddress === 0 ? PLENTY : connectionsPerAddress + BESIDES;
  const possible = await tryOut(wanted, options);
  if (possible >= wanted) return;
  options.log.warn(
    "one address could use up all connections: let the program open more files (ulimit -n, in " +
      "systemd LimitNOFILE=, in Docker --ulimit nofile=), or lower CONFAB_CONNECTIONS_PER_ADDRESS",
    { possible, wanted },
  );
}

/**
 * How many files can be opened, up to `wanted` (also if it cannot tell); closes all of them again.
 */
async function tryOut(
  wanted: number,
  { open, pause }: Pick<OpenFilesOptions, "open" | "pause">,
): Promise<number> {
  using opened = new DisposableStack();
  for (let count = 0; count < wanted; count++) {
    if (count % SLICE === SLICE - 1) await pause();
    try {
      opened.use(open());
    } catch {
      return count === 0 ? wanted : count;
    }
  }
  return wanted;
}
