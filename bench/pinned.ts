/**
 * Programs that keep to one core: the server to the first, the load to the second, so that neither
 * takes time from the other. It knows no server by name.
 */

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

/** How long a server may take until it answers, milliseconds. */
const START_DEADLINE = 60_000;
const STOP_DEADLINE = 12_000;

export interface Server extends AsyncDisposable {
  readonly port: number;
  /** Of the server itself: `taskset` becomes what it starts. */
  readonly pid: number;
  /** From the start of the process to the first answer, milliseconds. */
  readonly startedIn: number;
  /** What it has written to stderr so far. */
  stderr(): string;
  /** Ends it in order, or without asking. */
  stop(signal?: Deno.Signal): Promise<void>;
}

export interface ServerOptions {
  command: string;
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
  port: number;
  /** What is asked for until it answers. */
  path: string;
}

/** A port that nobody listens on just now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Starts a server on its core and waits for its first answer. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { command, args, cwd, env = {}, port } = options;
  const startedAt = performance.now();
  const child = new Deno.Command("taskset", {
    args: ["-c", String(SERVER_CORE), command, ...args],
    ...(cwd === undefined ? {} : { cwd }),
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const errors = collect(child.stderr);
  let ended = false;
  const status = child.status.then(() => {
    ended = true;
  });

  async function stop(signal: Deno.Signal = "SIGTERM"): Promise<void> {
    if (!ended) child.kill(signal);
    const timer = setTimeout(() => ended || child.kill("SIGKILL"), STOP_DEADLINE);
    await Promise.all([status, errors.done]);
    clearTimeout(timer);
  }

  try {
    await firstAnswer(`http://127.0.0.1:${port}${options.path}`, () => ended);
  } catch (error) {
    await stop("SIGKILL");
    throw new Error(`${command} ${args.join(" ")} did not start: ${errors.text()}`, {
      cause: error,
    });
  }
  return {
    port,
    pid: child.pid,
    startedIn: performance.now() - startedAt,
    stderr: errors.text,
    stop,
    [Symbol.asyncDispose]: () => stop(),
  };
}

async function firstAnswer(url: string, ended: () => boolean): Promise<void> {
  const deadline = performance.now() + START_DEADLINE;
  while (performance.now() < deadline) {
    if (ended()) throw new Error("it ended");
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      await response.body?.cancel();
      if (response.status < 500) return;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error("it did not answer in time");
}

export interface RunOptions {
  /** Seconds after which it is ended. */
  deadline: number;
  env?: Record<string, string>;
}

/** Runs a program on the load's core to its end and gives what it wrote. */
export function runLoad(command: string, args: string[], options: RunOptions): Promise<string> {
  const { deadline } = options;
  const pinned = ["-c", String(LOAD_CORE), "timeout", String(deadline), command, ...args];
  return run("taskset", pinned, options);
}

/** Runs a program on whatever core is free. */
export function runAnywhere(command: string, args: string[], options: RunOptions): Promise<string> {
  return run("timeout", [String(options.deadline), command, ...args], options);
}

async function run(command: string, args: string[], { env = {} }: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  if (code === 0) return decoder.decode(stdout);
  throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${decoder.decode(stderr)}`);
}

function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let text = "";
  const read = async () => {
    // The last part tells what happened; a flood of lines must not fill the memory.
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      text = (text + part).slice(-20_000);
    }
  };
  return { text: () => text, done: read() };
}
