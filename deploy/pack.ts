/**
 * "deno task pack FOLDER": copies what a server needs at work into a folder, for a container or
 * another machine: what was built, and the three packages that no bundle can hold. Tests, sources
 * and the tools of the build stay behind. It knows paths, and nothing of the server.
 */
import { EXTERNAL } from "../build_server.ts";
import manifest from "../deno.json" with { type: "json" };

const FOLDERS = ["dist", "static"];
const FILES = ["deno.lock", "LICENSE", "deploy/run.sh"];

/** Fails if the folder has something in it already. */
export async function pack(root: URL, folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for await (const { name } of Deno.readDir(folder)) {
    throw new Error(`There is something in ${folder} already: ${name}`);
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
  const { version, permissions, imports, allowScripts } = manifest;
  return {
    version,
    nodeModulesDir: "manual",
    allowScripts,
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
  const [folder] = Deno.args;
  if (folder === undefined) throw new Error("Into which folder? deno task pack FOLDER");
  await pack(new URL("../", import.meta.url), folder);
}
