/**
 * What the measures of a restart share: programs that are online meanwhile, and for how long nobody
 * answered them. It knows no server.
 */
import { LOAD_CORE } from "./pinned.ts";
import { quantile, round } from "./statistics.ts";

/** From the port's answering again to the last `ready` of each client, milliseconds. */
export interface Blackout {
  p50: number;
  p99: number;
  max: number;
}

/** @param onlineAt when each was last greeted; @param backAt when the port took connections again */
export function blackoutOf(onlineAt: readonly number[], backAt: number): Blackout {
  const waits = onlineAt.map((at) => at < backAt - 50 ? Infinity : Math.max(0, at - backAt));
  return {
    p50: round(quantile(waits, .5), 0),
    p99: round(quantile(waits, .99), 0),
    max: round(quantile(waits, 1), 0),
  };
}

/** When the port takes connections again, after it took none. */
export async function portBack(port: number): Promise<number> {
  let wasDown = false;
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      if (wasDown) return Date.now();
    } catch {
      wasDown = true;
    }
    await sleep(2);
  }
  throw new Error("the port did not come back");
}

/**
 * Starts a program on the load's core that says "ready" once all its clients are online, and what
 * it saw, as JSON, some time after its input has ended.
 */
export async function startPeople<Report>(
  command: string,
  args: readonly string[],
  cleanUp: () => Promise<void>,
) {
  const child = new Deno.Command("taskset", {
    args: ["-c", String(LOAD_CORE), "timeout", "120", command, ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.value?.trim() !== "ready") throw new Error("the clients did not come online");
  return {
    async report(): Promise<Report> {
      await child.stdin.close();
      let text = "";
      for (let next = await lines.next(); !next.done; next = await lines.next()) text += next.value;
      return JSON.parse(text);
    },
    async [Symbol.asyncDispose]() {
      await child.stdin.close().catch(() => {}); // closed by the report already
      await child.status;
      await cleanUp();
    },
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
