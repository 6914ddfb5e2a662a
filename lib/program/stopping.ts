/** When the program is asked to stop, and how long it may take over it. It knows no server. */
import type { Logger } from "./log.ts";

export interface StopReason {
  /** `null`: nobody asked from outside. */
  signal: Deno.Signal | null;
  code: number;
}

/** A shutdown that hangs is cut short after this long, in milliseconds. */
const STOP_DEADLINE = 10_000;
/** After SIGINT: at a terminal somebody waits, and Deno Deploy ends the process after 5 s. */
const PROMPT_DEADLINE = 4_000;
/** Signals within this time count as one, in milliseconds. */
const SAME_WISH = 500;

/**
 * The first signal asks for a clean shutdown, a later one ends the program at once, by `again`.
 * Returns a function that takes no more notice of signals.
 */
export function onSignals(
  requestStop: (reason: StopReason) => void,
  again: () => void = () => Deno.exit(1),
): () => void {
  let askedAt: number | null = null;
  const removers = (["SIGTERM", "SIGINT"] as const).map((signal) => {
    const listener = () => {
      // Ctrl+C arrives twice, from the terminal and through "deno task": both are one request.
      if (askedAt !== null && performance.now() - askedAt > SAME_WISH) return again();
      askedAt ??= performance.now();
      requestStop({ signal, code: 0 });
    };
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  return () => removers.forEach((remove) => remove());
}

/** How long stopping may take after this signal, in milliseconds. */
export function deadlineAfter(signal: Deno.Signal | null): number {
  return signal === "SIGINT" ? PROMPT_DEADLINE : STOP_DEADLINE;
}

/** Waits for `stopAll`, though no longer than `deadline` milliseconds; never rejects. */
export async function stopWithin(
  deadline: number,
  log: Logger,
  stopAll: () => Promise<void>,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.warn("stopping took too long and was cut short", { seconds: deadline / 1000 });
      resolve();
    }, deadline);
  });
  const stopped = stopAll().catch((error) => log.error("stopping failed", { error }));
  await Promise.race([stopped, late]);
  clearTimeout(timer);
}
