/** The load generator: C++, since it must cost far less than the servers that it loads. */
import { fileURLToPath } from "node:url";
import { runLoad } from "./pinned.ts";
import type { Account } from "./seed.ts";

const SOURCES = fileURLToPath(new URL("./generator/", import.meta.url));
const BUILD = fileURLToPath(new URL("./build/", import.meta.url));
export const PROGRAM = `${BUILD}generator`;

export type Dialect = "confab" | "plain" | "socketio";
export type LoadName =
  | "fan-out"
  | "last-screen"
  | "sends"
  | "requests"
  | "flood"
  | "idle"
  | "greetings"
  | "acks"
  | "uploads"
  | "download";

export interface Load {
  port: number;
  pid: number;
  /** Names as in generator/options.hpp, in camel case. */
  options: Record<string, string | number>;
  accounts?: readonly Account[];
  /** Addresses to ask for. */
  paths?: readonly string[];
  /** Lines of the head of every request for one of them. */
  headers?: readonly string[];
  /** What posts say. */
  texts?: readonly string[];
  /** Seconds after which it is ended. */
  deadline?: number;
}

/** Compiles where a source is newer than the program. Needs g++ with C++20. */
export async function buildGenerator(): Promise<void> {
  const sources: string[] = [];
  let newest = 0;
  for await (const { name } of Deno.readDir(SOURCES)) {
    newest = Math.max(newest, (await Deno.stat(SOURCES + name)).mtime?.getTime() ?? 0);
    if (name.endsWith(".cpp")) sources.push(SOURCES + name);
  }
  if (await modifiedAt(PROGRAM) >= newest) return;
  await Deno.mkdir(BUILD, { recursive: true });
  const { code, stderr } = await new Deno.Command("g++", {
    args: ["-O2", "-std=c++20", "-Wall", "-o", PROGRAM, ...sources],
  }).output();
  if (code !== 0) throw new Error(`g++ failed: ${new TextDecoder().decode(stderr)}`);
}

async function modifiedAt(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).mtime?.getTime() ?? 0;
  } catch {
    return 0;
  }
}

/** Runs one load and reads its line of JSON. `Figures` is what that load prints. */
export async function generate<Figures>(name: LoadName, load: Load): Promise<Figures> {
  const args: string[] = [name, "--port", String(load.port), "--pid", String(load.pid)];
  for (const [option, value] of Object.entries(load.options)) {
    args.push(`--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    args.push(String(value));
  }
  const files: string[] = [];
  const inFile = (option: string, file: string) => {
    args.push(option, file);
    files.push(file);
  };
  if (load.accounts !== undefined) inFile("--accounts", await linesOf(load.accounts));
  const lists = {
    paths: load.paths,
    headers: load.headers,
    texts: load.texts?.map((text) => JSON.stringify(text)),
  };
  for (const [option, lines] of Object.entries(lists)) {
    if (lines !== undefined) inFile(`--${option}`, await linesInFile(lines));
  }
  try {
    return JSON.parse(await runLoad(PROGRAM, args, { deadline: load.deadline ?? 120 }));
  } finally {
    for (const file of files) await Deno.remove(file);
  }
}

/** Accounts as the generator reads them, in a file that the caller removes. */
export function linesOf(accounts: readonly Account[]): Promise<string> {
  return linesInFile(accounts.map(({ token, room }) => `${token} ${room}`));
}

async function linesInFile(lines: readonly string[]): Promise<string> {
  const file = await Deno.makeTempFile({ prefix: "confab-bench-" });
  await Deno.writeTextFile(file, lines.join("\n"));
  return file;
}
