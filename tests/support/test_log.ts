/** A log whose lines a test reads. */
import { createLogger, type Logger } from "../../lib/program/log.ts";

export function testLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const log = createLogger({
    level: "debug",
    now: Date.now,
    // Level and sentence are what counts, without the time.
    write: (line) => void lines.push(line.trim().replace(/^\S+ /, "")),
  });
  return { log, lines };
}
