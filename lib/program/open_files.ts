/**
 * Whether the system lets the program open as many files as its settings let clients connect: each
 * connection is one, and without any left nobody else comes in. Deno shows the limit to nobody
 * without all permissions, so that it is tried out.
 */
import type { Config } from "./config/config.ts";
import type { Logger } from "./log.ts";

/** For the database, idle connections and what answers come from. */
const BESIDES = 256;
/** Where connections are not limited. */
const PLENTY = 4_096;
/** Opened at a time, between two turns of the event loop: a few milliseconds. */
const SLICE = 64;

export interface OpenFilesOptions {
  config: Pick<Config, "connectionsPerAddress">;
  log: Logger;
  /** Opens one more, whatever it is; throws where there is none left. */
  open(): Disposable;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/** Says in the log what to do where clients of one address could use up all. Never throws. */
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

/** How many can be opened, `wanted` at most and where it cannot be told; all are closed again. */
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
