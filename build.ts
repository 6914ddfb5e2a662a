/**
 * Builds the browser client into dist/ (hashed names, a manifest, compressed copies of the files)
 * and the server into dist/server/, so that the two always match. Does nothing if no input changed.
 * dist/ is complete at every moment: the build goes into a folder of its own, which then replaces
 * the old one.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundleServer, SERVER_INPUTS } from "./build_server.ts";
import { ENTRIES, INPUTS, loadVite, viteConfig } from "./vite.config.ts";

export interface BuildOptions {
  /** The project's folder. */
  root: string;
  entries: readonly string[];
  /** Files and folders, relative to the root, that call for a new build when they change. */
  inputs: readonly string[];
  /** Whether to bundle the server as well. */
  server?: boolean;
}

/** The file that names the inputs of this dist/. */
const STAMP = ".stamp";
const COMPRESSIBLE = /\.(css|js|json|svg|txt)$/;

/** The message is for whoever called; it says what to do. */
export class BuildRefusal extends Error {
  override readonly name = "BuildRefusal";

  constructor(root: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Something changed since the last build, and this user cannot build in ${root} (${reason}): ` +
        `run "deno task build" as the user whom the folder belongs to.`,
      { cause },
    );
  }
}

/**
 * Builds if something changed, and returns whether it did. One build at a time, across processes.
 * Throws `BuildRefusal` if a build is needed and the folder cannot be written.
 */
export async function buildProgram(options: BuildOptions): Promise<boolean> {
  const { root } = options;
  const { file, refusal } = await openLock(root);
  using lock = file;
  await lock?.lock(true); // released when the file closes, also by a crash
  const stamp = await stampOf(options);
  if (await readStamp(join(root, "dist")) === stamp) return false;
  if (refusal !== null) throw refusal;
  const building = join(root, "dist.building");
  await removeFolder(building);
  await runVite(options, building);
  await compressFolder(building);
  if (options.server) await bundleServer({ root, outDir: join(building, "server") });
  await Deno.writeTextFile(join(building, STAMP), stamp);
  await replaceFolder(join(root, "dist"), building);
  return true;
}

/**
 * Who serves may be somebody else than who built and owns the folder: what is up to date is served,
 * and only a build that is needed is refused.
 */
async function openLock(
  root: string,
): Promise<{ file: Deno.FsFile; refusal: null } | { file: null; refusal: BuildRefusal }> {
  try {
    await Deno.mkdir(join(root, "node_modules"), { recursive: true });
    const path = join(root, "node_modules/.build.lock");
    return { file: await Deno.open(path, { create: true, write: true }), refusal: null };
  } catch (error) {
    return { file: null, refusal: new BuildRefusal(root, error) };
  }
}

/**
 * A hash of names and contents. Times change with every checkout; contents only by a real change.
 */
async function stampOf({ root, entries, inputs }: BuildOptions): Promise<string> {
  const files: string[] = [];
  for (const input of inputs) await collectFiles(root, input, files);
  const hash = createHash("sha256").update(JSON.stringify(entries));
  for (const file of [...new Set(files)].sort()) {
    const content = await Deno.readFile(join(root, file));
    hash.update(`${file}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest("hex");
}

async function collectFiles(root: string, path: string, files: string[]): Promise<void> {
  try {
    if ((await Deno.stat(join(root, path))).isFile) {
      files.push(path);
      return;
    }
    for await (const entry of Deno.readDir(join(root, path))) {
      await collectFiles(root, `${path}/${entry.name}`, files);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function readStamp(dist: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(join(dist, STAMP));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Loads Vite only if there is something to build, so that later starts need not wait for it. */
async function runVite({ root, entries }: BuildOptions, outDir: string): Promise<void> {
  const { build } = await loadVite();
  const config = viteConfig(root);
  await build({
    ...config,
    build: {
      ...config.build,
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        ...config.build?.rolldownOptions,
        input: entries.map((entry) => join(root, entry)),
        output: {
          ...config.build?.rolldownOptions?.output,
          entryFileNames: ({ name }) => `${folderOf(name)}/[name]-[hash].js`,
          assetFileNames: ({ names }) => `${folderOf(names[0] ?? "")}/[name]-[hash][extname]`,
        },
      },
    },
  });
}

/** Files that only one page needs are read when it is requested; the rest at the start. */
function folderOf(name: string): string {
  return name.startsWith("api_docs") ? "api/docs" : "assets";
}

async function compressFolder(folder: string): Promise<void> {
  const files: string[] = [];
  for (const each of ["assets", "api/docs"]) await collectFiles(folder, each, files);
  for (const file of files.filter((each) => COMPRESSIBLE.test(each))) {
    const content = await Deno.readFile(join(folder, file));
    const brotli = brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength },
    });
    await keepIfSmaller(join(folder, `${file}.br`), brotli, content);
    await keepIfSmaller(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }), content);
  }
}

async function keepIfSmaller(path: string, body: Uint8Array, original: Uint8Array) {
  if (body.byteLength < original.byteLength) await Deno.writeFile(path, body);
}

async function replaceFolder(target: string, replacement: string): Promise<void> {
  const old = `${target}.old`;
  await removeFolder(old);
  try {
    await Deno.rename(target, old);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.rename(replacement, target);
  await removeFolder(old);
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Builds this project. */
export function buildProject(): Promise<boolean> {
  return buildProgram({
    root: import.meta.dirname!,
    entries: ENTRIES,
    inputs: [...INPUTS, ...SERVER_INPUTS],
    server: true,
  });
}

if (import.meta.main) {
  const built = await buildProject().catch((error: unknown) => {
    if (!(error instanceof BuildRefusal)) throw error;
    // deno-lint-ignore no-console -- a command that says why it did nothing
    console.error(error.message);
    Deno.exit(1);
  });
  // A command that follows may be read by a program: what was not done is said to people alone.
  if (built || Deno.stdout.isTerminal()) {
    // deno-lint-ignore no-console -- a command that says what it did
    console.log(built ? "Client and server are built." : "Client and server are up to date.");
  }
}
