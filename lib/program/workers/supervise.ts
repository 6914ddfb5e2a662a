/**
 * The command `serve` with several workers: the parent, which listens to signals alone. Loaded only
 * then. How a worker serves is told in `serve.ts`, how they are kept in `supervisor.ts`.
 */
import type { Config } from "../config/config.ts";
import { StartError } from "../data_folder.ts";
import { freePort } from "../listen.ts";
import type { Logger } from "../log.ts";
import { deadlineAfter, onSignals, type StopReason, stopWithin } from "../stopping.ts";
import { Supervisor } from "./supervisor.ts";
import { startWorker } from "./worker_process.ts";

/** For the workers' own deadline to come first, in milliseconds. */
const PATIENCE = 2_000;

export interface SuperviseOptions {
  config: Config;
  /** Of the command, as they were given. */
  args: readonly string[];
  log: Logger;
  announce(line: string): void;
}

/**
 * Runs the workers until a signal; returns the exit code. Throws `StartError` if the port is taken
 * or processes may not be started.
 */
export async function supervise(options: SuperviseOptions): Promise<number> {
  const { config, args, log, announce } = options;
  await demandRun();
  const port = freePort(config.host, config.port);
  const supervisor = new Supervisor({
    count: config.workers,
    start: (nth) => startWorker(config, args, { nth, port }),
    log,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ticks: () => performance.now(),
  });
  const { promise: asked, resolve: requestStop } = Promise.withResolvers<StopReason>();
  const removeSignals = onSignals(requestStop, () => {
    supervisor.kill();
    Deno.exit(1);
  });
  try {
    const started = await Promise.race([supervisor.start(), asked.then(() => null)]);
    if (started !== null && "failed" in started) return started.failed.code || 1;
    if (started !== null) announce(`Confab is at ${started.address}\n`);
    const { signal } = await asked;
    log.info("stopping the workers", { signal, workers: config.workers });
    await stopAll(supervisor, signal ?? "SIGTERM", config, log);
    return 0;
  } finally {
    removeSignals();
  }
}

async function stopAll(
  supervisor: Supervisor,
  signal: Deno.Signal,
  { drain }: Config,
  log: Logger,
): Promise<void> {
  const draining = signal === "SIGTERM" ? drain * 1000 : 0;
  const deadline = draining + deadlineAfter(signal) + PATIENCE;
  await stopWithin(deadline, log, () => supervisor.stop(signal));
  supervisor.kill();
}

/** Checked in advance, since on a terminal Deno would stop and prompt the operator. */
async function demandRun(): Promise<void> {
  const command = Deno.execPath();
  const { state } = await Deno.permissions.query({ name: "run", command });
  if (state === "granted") return;
  throw new StartError(
    'Confab was not given permission to start its workers; "deno task start" grants what the ' +
      `settings need, else add --allow-run=${command}.`,
  );
}
