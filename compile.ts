/**
 * Makes one executable from the built program: server, client and database worker. Deno downloads a
 * base binary for this, once; without a network it says so plainly.
 */
import { EXTERNAL } from "./build_server.ts";
import manifest from "./deno.json" with { type: "json" };

export const FOLDERS = ["dist", "static"];
/** Its native code does not run inside of an executable: there are no thumbnails there. */
const LEFT_OUT = "sharp";
/** What the executable contains besides the modules that the bundle imports by name. */
const INCLUDES = [
  ...FOLDERS,
  ...EXTERNAL.filter((name) => name !== LEFT_OUT).map((name) => manifest.imports[name]),
];

/** Its permissions. It runs far from this folder, and its data may be anywhere. */
const PERMISSIONS = [
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  `--allow-sys=${manifest.permissions.default.sys.join(",")}`,
  "--allow-ffi",
  // For CONFAB_WORKERS: it starts itself. A process that serves gives this right up.
  "--allow-run",
  "--unstable-net",
  "--unstable-no-legacy-abort",
];

export function compileArguments(output: string): string[] {
  return [
    "compile",
    "--quiet",
    ...PERMISSIONS,
    ...INCLUDES.flatMap((path) => ["--include", path]),
    "--output",
    output,
    "dist/server/main.js",
  ];
}

/** A sentence for people, to replace Deno's own words about its download. */
export function explainFailure(stderr: string): string {
  const download = /denort|dl\.deno\.land|download|dns error|error sending request|connect/i;
  return download.test(stderr)
    ? "Cannot compile: Deno fetches its base binary from dl.deno.land for this, and that failed. " +
      "Run it again where there is a network, or set DENORT_BIN to a denort of this version."
    : "Cannot compile: Deno's own words are above.";
}

async function compile(output: string): Promise<number> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: compileArguments(output),
    stdout: "inherit",
    stderr: "piped",
  }).output();
  await Deno.stderr.write(stderr);
  const text = success ? `The executable is ${output}.` : explainFailure(decode(stderr));
  // deno-lint-ignore no-console -- a command that says what it did
  console.log(text);
  return success ? 0 : 1;
}

function decode(bytes: Uint8Array<ArrayBuffer>): string {
  return new TextDecoder().decode(bytes);
}

if (import.meta.main) Deno.exit(await compile(Deno.args[0] ?? "confab"));
