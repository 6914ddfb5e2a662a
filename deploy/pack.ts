/**
 * "deno task pack FOLDER": copies what a server needs at work into a folder, for a container or
 * another machine: what was built, and the three packages that no bundle can hold. Tests, sources
 * and the tools of the build stay behind. It knows paths, and nothing of the server.
 */
import { EXTERNAL } from "../build_server.ts";
import manifest from "../deno.json" with { type: "json" };

const FOLDERS = ["dist", "static"];
const FILES = ["deno.lock", "LICENSE", "deploy/run.sh"];

/** The message is for whoever called. */
export class PackRefusal extends Error {
  override readonly name = "PackRefusal";
}

/** Throws `PackRefusal` if the folder has something in it already. */
export async function pack(root: URL, folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for await (const { name } of Deno.readDir(folder)) {
    throw new PackRefusal(`There is something in ${folder} already: ${name}. Name a new folder.`);
  }
  for (const each of FOLDERS) await copyFolder(new URL(`${each}/`, root), `${folder}/${each}`);
  await Deno.mkdir(`${folder}/deploy`);
  for (const each of FILES) await Deno.copyFile(new URL(each, root), `${folder}/${each}`);
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(packedManifest(), null, 2));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["install", "-q"],
    cwd: folder,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** "manual": the packages are taken as they are there; no cache beside them is looked for. */
function packedManifest() {
  const { version, permissions, imports, allowScripts, unstable } = manifest;
  return {
    version,
    nodeModulesDir: "manual",
    allowScripts,
    unstable,
    permissions: { default: permissions.default },
    imports: Object.fromEntries(EXTERNAL.map((name) => [name, imports[name]])),
  };
}

async function copyFolder(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(new URL(`${name}/`, from), `${to}/${name}`);
    else await Deno.copyFile(new URL(name, from), `${to}/${name}`);
  }
}

if (import.meta.main) {
  const [folder, ...more] = Deno.args;
  if (folder === undefined || folder.startsWith("-") || more.length > 0) {
    end("Name one folder: deno task pack FOLDER", 2);
  }
  try {
    await pack(new URL("../", import.meta.url), folder);
    // deno-lint-ignore no-console -- a command that says what it did
    console.log(`${folder} has all that a server needs: ${folder}/deploy/run.sh runs it.`);
  } catch (error) {
    const isExpected = error instanceof PackRefusal || error instanceof Error && "code" in error;
    if (!isExpected) throw error;
    end(`Cannot pack into ${folder}: ${(error as Error).message}`, 1);
  }
}

function end(sentence: string, code: number): never {
  // deno-lint-ignore no-console -- a command that says why it did nothing
  console.error(sentence);
  Deno.exit(code);
}
