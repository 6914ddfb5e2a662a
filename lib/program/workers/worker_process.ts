/**
 * One worker: this program once more, in a process of its own. It knows how it is started and what
 * it says, and nothing about the others.
 */
import type { Config } from "../config/config.ts";
import { permissionFlags } from "../deno_flags.ts";

export interface WorkerEnd {
  code: number;
  signal: Deno.Signal | null;
}

export interface Worker {
  readonly pid: number;
  /** Resolves with the address when it listens; stays pending if it ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<WorkerEnd>;
  /** Does nothing if it has ended. */
  kill(signal: Deno.Signal): void;
}

/**
 * Starts a worker with the same arguments, on a port that all share.
 * @param nth from 1
 */
export function startWorker(
  config: Config,
  args: readonly string[],
  { nth, port }: { nth: number; port: number },
): Worker {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...runtimeArguments(config), "serve", ...args, "--port", String(port)],
    env: { CONFAB_NTH_WORKER: String(nth) },
    // Nothing is written to it: that it ends tells the worker that nobody is left to stop it.
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const { promise: ready, resolve } = Promise.withResolvers<string>();
  void passOn(child.stdout, resolve);
  return {
    pid: child.pid,
    ready,
    ended: child.status.then(({ code, signal }) => ({ code, signal })),
    kill(signal) {
      try {
        child.kill(signal);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has ended already
      }
    },
  };
}

/** What stands before the program's own arguments: nothing in a standalone executable. */
function runtimeArguments(config: Config): string[] {
  if (Deno.build.standalone) return [];
  // To share a port is still called unstable; a worker starts no process itself.
  const flags = ["-q", "-P", "--no-prompt", "--cached-only", "--unstable-net"];
  const permissions = permissionFlags({ ...config, workers: 1 });
  return ["run", ...flags, ...permissions, Deno.mainModule];
}

/** What a worker says on its standard output is its address; anything else is passed on. */
async function passOn(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
  ready: (address: string) => void,
): Promise<void> {
  const lines = stdout.pipeThrough(new TextDecoderStream());
  let text = "";
  for await (const chunk of lines) {
    text += chunk;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n")) {
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      const [, address] = /^Confab is at (\S+)$/.exec(line) ?? [];
      if (address !== undefined) ready(address);
      else Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
    }
  }
}
