/**
 * Makes a real later version of the program, to run beside today's: the sources as they are now with
 * what a release may bring, built into a folder of its own. What it changes are a schema's steps as
 * "Changing the schema" in docs/adding-a-feature.md allows them, the function that stores messages,
 * what nodes say to each other, and the number of the version.
 */
import { bundleServer, SERVER_INPUTS } from "../../build_server.ts";
import { SCHEMA_VERSION } from "../../lib/store/migrations/schema_version.ts";
import { ROOT } from "./program.ts";

/** Tables that today's version writes to all the time. */
export const WIDENED = ["users", "sessions", "rooms", "members", "messages", "events"] as const;

/** "next" only adds; "contracting" is the version after it, and takes something away. */
export type LaterVersion = "next" | "contracting";

export interface LaterProgram extends AsyncDisposable {
  readonly folder: string;
  /** The schema that it knows. */
  readonly schema: number;
}

/** Takes a few seconds. */
export async function buildLater(version: LaterVersion): Promise<LaterProgram> {
  const folder = await Deno.makeTempDir({ prefix: "confab-later-" });
  const program: LaterProgram = {
    folder,
    schema: SCHEMA_VERSION + (version === "next" ? 1 : 2),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
  try {
    for (const path of SERVER_INPUTS) await copy(`${ROOT}${path}`, `${folder}/${path}`);
    await Deno.mkdir(`${folder}/dist`);
    // The browser's part is today's.
    for (const path of ["node_modules", "static", "dist/assets", "dist/api", "dist/.vite"]) {
      await Deno.symlink(`${ROOT}${path}`, `${folder}/${path}`);
    }
    await change(folder, version);
    await bundleServer({ root: folder, outDir: `${folder}/dist/server` });
    return program;
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}

async function change(folder: string, version: LaterVersion): Promise<void> {
  const edit = (path: string, from: RegExp, to: string) => replace(`${folder}/${path}`, from, to);
  const number = version === "next" ? "99.1.0" : "99.2.0";
  await edit("deno.json", /"version": "[^"]+"/, `"version": "${number}"`);
  // For what is only linked to.
  await edit("deno.json", /"read": \["\."/, `"read": [".", "${ROOT}"`);
  await edit("deno.json", /"ffi": \["\.\/node_modules"\]/, `"ffi": ["${ROOT}node_modules"]`);
  const steps = version === "next" ? [EXPAND] : [EXPAND, CONTRACT];
  await edit(
    "lib/store/migrations/steps.ts",
    /(MIGRATIONS: readonly Migration\[\] = \[[^\]]+)\]/,
    `$1${steps.join("")}]`,
  );
  await edit(
    "lib/store/migrations/schema_version.ts",
    /SCHEMA_VERSION = (\d+);/,
    `SCHEMA_VERSION = $1 + ${steps.length};`,
  );
  const functions = "lib/store/postgres/send_function.ts";
  await edit(functions, /const VERSION = (\d+);/, "const VERSION = $1 + 1;");
  await edit(functions, /\nBEGIN\$\{LOCK\}/, "\nBEGIN -- a later version\n${LOCK}");
  // A number more in the head of a message's line, a field more in the others, and a line of a kind
  // that nobody knows.
  const lines = "lib/chat/notice_lines.ts";
  await edit(lines, /\$\{notice\.access\} /, "${notice.access} 7 ");
  await edit(
    lines,
    /return JSON\.stringify\(notice\);/,
    String.raw`return JSON.stringify({ ...notice, later: true }) + '\n{"type":"later","room":1}';`,
  );
}

const EXPAND = `{
  version: ${SCHEMA_VERSION + 1},
  compatibleFrom: ${SCHEMA_VERSION},
  statements: ({ integer, text, identity }) => [
    "CREATE TABLE shoes (id " + identity + ", name " + text + " NOT NULL)",
    ${
  WIDENED.map((table) => `"ALTER TABLE ${table} ADD COLUMN shoe_size "`)
    .map((add) => `${add} + integer + " NOT NULL DEFAULT 42"`).join(",\n    ")
},
  ],
},`;

const CONTRACT = `{
  version: ${SCHEMA_VERSION + 2},
  statements: () => ["ALTER TABLE rooms DROP COLUMN shoe_size"],
},`;

/** Fails where the sources do not look as this file believes. */
async function replace(path: string, from: RegExp, to: string): Promise<void> {
  const source = await Deno.readTextFile(path);
  const changed = source.replace(from, to);
  if (changed === source) throw new Error(`${from} is not in ${path} any more.`);
  await Deno.writeTextFile(path, changed);
}
