/**
 * The files of a backup, in a folder beside it. They are copied twice: before the rows are, which
 * takes long, and again those that the copied rows name, which came meanwhile. So each that the
 * backup names was there at its moment, and what is deleted a little later is in it too.
 */
import { openSqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import type { Config } from "../config/config.ts";
import { withDatabase } from "./databases.ts";
import type { Terminal } from "./command.ts";
import {
  copyFiles,
  filesBeside,
  filesNamedIn,
  openFiles,
  sizeOfFiles,
  toldPlainly,
} from "./files.ts";
import { countOf } from "./progress.ts";

/** What is named now. It need not be whole. */
export async function copyBefore(config: Config, file: string, terminal: Terminal): Promise<void> {
  const options = { access: "read", version: "any" } as const;
  const named = await withDatabase(config.database, options, filesNamedIn);
  if (named.length === 0) return;
  const [from, to] = [await openFiles(config), await openFiles(config, filesBeside(file))];
  await copyFiles({ from, to }, named, terminal);
}

/** What the copied rows name. Returns what the operator should know. */
export async function copyNamed(
  config: Config,
  { copy, file }: { copy: string; file: string },
  terminal: Terminal,
): Promise<string> {
  const named = await filesOf(copy);
  if (named.length === 0) return "";
  const [from, to] = [await openFiles(config), await openFiles(config, filesBeside(file))];
  const { missing } = await copyFiles({ from, to }, named, terminal);
  const lost = missing.length === 0
    ? ""
    : `${
      countOf(missing.length, "file")
    } of these could not be found: deleted just now, or lost before.\n`;
  return `${filesBeside(file).path}: ${
    sizeOfFiles(named)
  }; it belongs to ${file}, keep both.\n${lost}`;
}

/** Takes away what an earlier backup of this name had, and this one has not. */
export async function forgetOthers(config: Config, file: string): Promise<void> {
  const kept = new Set((await filesOf(file)).map(({ key }) => key));
  const blobs = await openFiles(config, filesBeside(file));
  await toldPlainly(async () => {
    for await (const { key } of blobs.list()) if (!kept.has(key)) await blobs.remove(key);
    for await (const { key } of blobs.uploads()) await blobs.drop(key);
  });
}

async function filesOf(path: string) {
  const copy = openSqliteUpkeep(path, "read");
  try {
    return await filesNamedIn(copy);
  } finally {
    await copy.close();
  }
}
