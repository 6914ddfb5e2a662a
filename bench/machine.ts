/** On what the numbers were made: they mean little without it. */
import { cpus, loadavg, release, totalmem } from "node:os";

export interface Machine {
  processor: string;
  cores: number;
  memoryGigabytes: number;
  kernel: string;
  deno: string;
  v8: string;
}

/** The load average of the last minute: of other programs too, which make noise. */
export function load(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
  };
}
