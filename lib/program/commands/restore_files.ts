/** Puts the files of a backup where the settings keep files. */
import { showPlace } from "../../files/place.ts";
import { giveTo } from "../../store/sqlite/restore.ts";
import type { SqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { folderOf } from "../data_folder.ts";
import type { Call } from "./command.ts";
import { copyFiles, filesBeside, filesNamedIn, isFolder, openFiles, sizeOfFiles } from "./files.ts";
import { countOf } from "./progress.ts";

/** Returns what the operator should know. */
export async function restoreFiles(
  { config, terminal }: Pick<Call, "config" | "terminal">,
  from: SqliteUpkeep,
): Promise<string> {
  const named = await filesNamedIn(from);
  if (named.length === 0) return "";
  const beside = filesBeside(from.path);
  if (config.files.kind === "off") {
    return `It names ${sizeOfFiles(named)}, which are not kept, as CONFAB_FILES says.\n`;
  }
  const [source, to] = [await openFiles(config, beside), await openFiles(config)];
  const { missing } = await copyFiles({ from: source, to }, named, terminal);
  if (config.files.kind === "folder") giveAll(config.files.path, folderOf(config.files.path));
  const lost = missing.length === 0
    ? ""
    : `${
      countOf(missing.length, "file")
    } could not be found there or in ${beside.path}: that folder belongs to the backup.\n`;
  return `Its files are in ${showPlace(config.files)}: ${sizeOfFiles(named)}.\n${lost}`;
}

/** To whom the folder above belongs: a server that is not root could not read them otherwise. */
function giveAll(path: string, above: string): void {
  if (!isFolder(path)) return;
  giveTo(above, path);
  for (const { name, isDirectory } of Deno.readDirSync(path)) {
    if (isDirectory) giveAll(`${path}/${name}`, above);
    else giveTo(above, `${path}/${name}`);
  }
}
