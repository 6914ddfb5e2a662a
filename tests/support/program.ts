/**
 * Starts the real program as its user does, the bundle that "deno task start" runs, on a port of the system's
 * choice, its data in a temporary folder. What it may do beyond the permission set is what
 * the command `permissions` says, as in "deno task start".
 */
import { buildProject } from "../../build.ts";
import { readConfig } from "../../lib/program/config/config.ts";
import { permissionFlags } from "../../lib/program/deno_flags.ts";

/** This version's folder. */
export const ROOT = new URL("../../", import.meta.url).pathname;

export interface ProgramOptions {
  /** Of which version, with its deno.json and dist/ in it: else this one's. */
  folder?: string;
  env?: Record<string, string>;
  args?: string[];
  /** What is run: else the bundle. */
  entry?: "main.ts" | "dist/server/main.js";
  /** Kept by the caller, also after stop(); else a temporary folder, removed by stop(). */
  dataDir?: string;
  /** Until the URL is there, milliseconds. */
  deadline?: number;
  /** How many file descriptors it may have; else as many as we. */
  openFiles?: number;
}

export interface ExitStatus {
  code: number;
  signal: Deno.Signal | null;
}

export interface Program extends AsyncDisposable {
  /** "http://localhost:PORT", without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Sends a signal and waits for the end; the data stays. */
  kill(signal?: Deno.Signal): Promise<ExitStatus>;
  /**
   * Starts it again on the same data and the same port, after an end: this version, or from now on
   * another one.
   */
  restart(folder?: string): Promise<void>;
  /** Ends it in order (SIGTERM) where it runs, then removes the data. */
  stop(): Promise<ExitStatus>;
}

interface Running {
  child: Deno.ChildProcess;
  url: string;
  output: Output[];
  status: Promise<ExitStatus>;
}

/** Whether there is something to build is seen in a thousand files: asked once in a file of tests. */
let built: Promise<unknown> | null = null;

/** Starts the program and waits for its URL; fails with what it wrote where it ends instead. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  await (built ??= buildProject());
  const dataDir = options.dataDir ?? await Deno.makeTempDir({ prefix: "confab-" });
  let running = await launch(options, dataDir, 0);
  const port = Number(new URL(running.url).port);
  const kill = async (signal: Deno.Signal = "SIGKILL"): Promise<ExitStatus> => {
    try {
      running.child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
    return await ended(running);
  };
  const stop = async () => {
    const status = await kill("SIGTERM");
    if (options.dataDir === undefined) await removeFolder(dataDir);
    return status;
  };
  return {
    get url() {
      return running.url;
    },
    get pid() {
      return running.child.pid;
    },
    port,
    dataDir,
    stdout: () => running.output[0]!.text,
    stderr: () => running.output[1]!.text,
    kill,
    async restart(folder = options.folder ?? ROOT) {
      options = { ...options, folder };
      running = await launch(options, dataDir, port);
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** Runs a command of the program to its end: "--help", or a start that must fail. */
export async function runProgram(
  options: Omit<ProgramOptions, "deadline"> = {},
): Promise<ExitStatus & { stdout: string; stderr: string }> {
  const { code, signal, stdout, stderr } = await command(options, options.dataDir).output();
  const decoder = new TextDecoder();
  return { code, signal, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

function command(options: ProgramOptions, dataDir?: string, port = 0) {
  const { env = {}, args = [], entry = "dist/server/main.js", openFiles } = options;
  const variables: Record<string, string> = {
    PORT: String(port),
    // Many clients of a test share one address.
    CONFAB_AUTH_RATE: "0",
    // No test asks other people's sites.
    CONFAB_LINK_PREVIEWS: "off",
    ...(dataDir === undefined ? {} : { CONFAB_DATA_DIR: dataDir }),
    ...env,
  };
  const deno = ["run", "-q", "--no-prompt", "-P", ...flagsFor(variables), entry, ...args];
  // Of a process's own limits, a shell can set this one.
  const limited = ["-c", `ulimit -n ${openFiles}; exec "$0" "$@"`, Deno.execPath(), ...deno];
  return new Deno.Command(openFiles === undefined ? Deno.execPath() : "sh", {
    args: openFiles === undefined ? deno : limited,
    cwd: options.folder ?? ROOT,
    env: variables,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

function flagsFor(variables: Record<string, string>): string[] {
  try {
    return permissionFlags(readConfig(variables));
  } catch {
    return []; // wrong settings are what the test is about
  }
}

async function launch(options: ProgramOptions, dataDir: string, port: number): Promise<Running> {
  const child = command(options, dataDir, port).spawn();
  const output = [collect(child.stdout), collect(child.stderr)];
  const [stdout, stderr] = output as [Output, Output];
  const status = child.status.then(({ code, signal }) => ({ code, signal }));
  const deadline = options.deadline ?? 60_000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), deadline);
  });
  const url = stdout.match(/^Confab is at (http\S+)$/m);
  const first = await Promise.race([url, status, late]);
  clearTimeout(timer);
  if (typeof first === "object" && first !== null && "index" in first) {
    return { child, url: first[1]!, output, status };
  }
  if (first === "late") child.kill("SIGKILL");
  await Promise.all([status, ...output.map((each) => each.done)]);
  const why = first === "late" ? `no URL after ${deadline} ms` : "it ended";
  throw new Error(`The program did not start: ${why}.\n${stdout.text}${stderr.text}`);
}

async function ended({ status, output }: Running): Promise<ExitStatus> {
  const [result] = await Promise.all([status, ...output.map(({ done }) => done)]);
  return result;
}

interface Output {
  text: string;
  done: Promise<void>;
  /** Resolves when the text matches; stays pending where it never does. */
  match(pattern: RegExp): Promise<RegExpExecArray>;
}

function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Output {
  const waiting: { pattern: RegExp; resolve(found: RegExpExecArray): void }[] = [];
  const output: Output = {
    text: "",
    done: Promise.resolve(),
    match: (pattern) => new Promise((resolve) => waiting.push({ pattern, resolve })),
  };
  const read = async (): Promise<void> => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      output.text += chunk;
      for (const { pattern, resolve } of waiting) {
        const found = pattern.exec(output.text);
        if (found !== null) resolve(found);
      }
    }
  };
  output.done = read();
  return output;
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
