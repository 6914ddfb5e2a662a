/**
 * Tells how far long work has come: on a screen in one line that is written over, else now and then
 * in a line of its own. Knows no work.
 */
import type { Terminal } from "./command.ts";

/** Milliseconds between two updates: on a screen, and in a log. */
const ON_SCREEN = 200;
const IN_LOG = 5_000;

export interface Progress {
  /** Says so if it is time. */
  at(state: () => string): void;
  /** Clears what stands on the screen. */
  end(): void;
}

/** @param now milliseconds of a clock that nobody sets */
export function createProgress(
  { note, interactive }: Pick<Terminal, "note" | "interactive">,
  now: () => number,
): Progress {
  const pause = interactive ? ON_SCREEN : IN_LOG;
  let told = now();
  let shown = false;
  return {
    at(state) {
      if (now() - told < pause) return;
      told = now();
      shown = true;
      note(interactive ? `\r\x1b[K${state()}` : `${state()}\n`);
    },
    end() {
      if (shown && interactive) note("\r\x1b[K");
      shown = false;
    },
  };
}

/** "12,345 of 67,890 rows, 23,000 a second". */
export function rowsAndRate(done: number, all: number, added: number, seconds: number): string {
  const rate = seconds > 0 ? `, ${inGroups(Math.round(added / seconds))} a second` : "";
  return `${inGroups(done)} of ${inGroups(all)} rows${rate}`;
}

/** "1,234,567": the same on every machine. */
export function inGroups(number: number): string {
  return number.toLocaleString("en-GB");
}

/** "1 room", "2 rooms". */
export function countOf(number: number, noun: string): string {
  return `${inGroups(number)} ${noun}${number === 1 ? "" : "s"}`;
}
