/**
 * What tests with real servers (PostgreSQL, Redis) share: whether the program is installed, a
 * process that listens on a free port with its data in a temporary folder, and the ways in which
 * such a process fails people: killed, frozen, started again. Knows no server by name.
 */
import assert from "node:assert/strict";

/** Set by .ci/run, which installs them: then a missing server is a failure and no reason to leave tests out. */
const REQUIRED = Deno.env.get("CONFAB_REQUIRE_SERVERS") === "1";
/** How long a server may take to listen or to end, milliseconds: two busy cores start several at once. */
const PATIENCE = 30_000;
/** Another process may take a free port before the server does. */
const PORTS_TRIED = 5;

export interface ServerOptions {
  /** What is run, for a port that was free a moment ago. The program is to stay in the foreground. */
  command: (port: number) => { program: string; args: string[]; env?: Record<string, string> };
  /** Whether it serves yet; a refusal means not yet. */
  isReady: (port: number) => Promise<boolean>;
}

/** A process that a test started and does with as it likes. */
export class Server {
  #child: Deno.ChildProcess | null = null;
  #words = "";
  #ended: Promise<unknown> = Promise.resolve();

  private constructor(readonly options: ServerOptions, readonly port: number) {}

  /** Starts it on a free port and waits until it serves; fails with what it wrote. */
  static async start(options: ServerOptions): Promise<Server> {
    for (let attempt = 1;; attempt++) {
      const server = new Server(options, freePort());
      try {
        await server.start();
        return server;
      } catch (error) {
        const isTaken = /address already in use/i.test(String(error));
        if (!isTaken || attempt === PORTS_TRIED) throw error;
      }
    }
  }

  get pid(): number {
    assert(this.#child !== null, "The server does not run.");
    return this.#child.pid;
  }

  /** What it wrote since its last start. */
  get words(): string {
    return this.#words;
  }

  /** Starts it again on its port, after an end. */
  async start(): Promise<void> {
    const { program, args, env } = this.options.command(this.port);
    const piped = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
    const child = new Deno.Command(program, { args, env, cwd: "/", ...piped }).spawn();
    this.#words = "";
    const output = [this.#listen(child.stdout), this.#listen(child.stderr)];
    let hasEnded = false;
    this.#ended = Promise.all([child.status, ...output]).then(() => hasEnded = true);
    this.#child = child;
    const deadline = Date.now() + PATIENCE;
    while (!await this.options.isReady(this.port).catch(() => false)) {
      if (hasEnded || Date.now() > deadline) {
        await this.end("SIGKILL");
        throw new Error(`${program} does not serve: ${this.#words}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** Sends a signal, to its children too if it is to strike all of them, and waits for the end. */
  async end(signal: Deno.Signal): Promise<void> {
    if (this.#child === null) return;
    const all = signal === "SIGKILL" ? this.#family() : [this.#child.pid];
    for (const pid of all) send(pid, signal);
    // One that is frozen hears nothing else.
    for (const pid of all) send(pid, "SIGCONT");
    const timer = setTimeout(() => this.#family().forEach((pid) => send(pid, "SIGKILL")), PATIENCE);
    await this.#ended;
    clearTimeout(timer);
    this.#child = null;
  }

  /** It stands still with all its connections open, as in a machine that swaps or is suspended. */
  freeze(): void {
    for (const pid of this.#family()) send(pid, "SIGSTOP");
  }

  thaw(): void {
    for (const pid of this.#family()) send(pid, "SIGCONT");
  }

  async #listen(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      // The end says why it failed; a server that logs for an hour fills no memory.
      this.#words = (this.#words + text).slice(-20_000);
    }
  }

  /** The process first, then all that came of it. */
  #family(): number[] {
    if (this.#child === null) return [];
    const children = Map.groupBy(runningProcesses(), ({ parent }) => parent);
    const family = [this.#child.pid];
    for (const pid of family) family.push(...(children.get(pid) ?? []).map((child) => child.pid));
    return family;
  }
}

/** Runs a test where the programs it needs are installed. */
export function serverTest(
  missing: string | null,
  name: string,
  fn: () => Promise<void>,
): void {
  Deno.test({
    // "deno test -q" prints nothing but the names of tests: so the name says it.
    name: missing === null ? name : `LEFT OUT, there is no ${missing}: ${name}`,
    ignore: missing !== null && !REQUIRED,
    // A server outlives the test that happens to start it.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      assert(missing === null, `The tests with real servers are required: there is no ${missing}.`);
      await fn();
    },
  });
}

/** Where the first of these programs is, looked for in these folders and then on the PATH. */
export function findProgram(names: string[], folders: string[] = []): string | null {
  const all = [...folders, ...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin", "/sbin"];
  const paths = names.flatMap((name) => all.map((folder) => `${folder}/${name}`));
  return paths.find(isFile) ?? null;
}

/** A port that is free, and stays so for as long as nobody else asks. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Deno.errors.NotFound) && !(error instanceof TypeError)) throw error;
  }
}

function runningProcesses(): { pid: number; parent: number }[] {
  return [...Deno.readDirSync("/proc")].flatMap(({ name }) => {
    try {
      const stat = /^\d+$/.test(name) ? Deno.readTextFileSync(`/proc/${name}/stat`) : "";
      // "PID (a name, even with a bracket) STATE PARENT …"
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return stat === "" ? [] : [{ pid: Number(name), parent }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}
