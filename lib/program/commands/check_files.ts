/**
 * Whether each file that a row names is there, and each that is there is named. Beside a running
 * server both change meanwhile: what seems wrong is looked at again before it is told.
 */
import { originalKey } from "../../files/blobs.ts";
import type { Config } from "../config/config.ts";
import { blobsOfRows } from "../../store/operations/parts/kept_blobs.ts";
import type { Finding } from "../../store/upkeep/check/check.ts";
import type { UpkeepDatabase } from "../../store/upkeep/database.ts";
import { filesBeside, filesNamedIn, isFolder, openFiles, toldPlainly } from "./files.ts";
import { countOf } from "./progress.ts";

/** The server takes away nameless ones that are a day old, once a day. */
const LEFT_FOR = 3 * 24 * 60 * 60_000;
/** Faults that are told one by one. */
const TOLD = 20;

export interface FilesChecked {
  findings: Finding[];
  /** Bytes of all that rows name. */
  bytes: number;
  files: number;
}

export async function checkFiles(config: Config, database: UpkeepDatabase): Promise<FilesChecked> {
  return await toldPlainly(async () => {
    const blobs = await openFiles(config, placeOf(config));
    const kept = new Map<string, { size: number; at: number }>();
    for await (const { key, size, at } of blobs.list()) kept.set(key, { size, at });
    const named = await filesNamedIn(database);
    const suspects = named.filter(({ key, size }) => {
      const found = kept.get(key);
      return found === undefined || (size !== null && size !== found.size);
    });
    const names = new Set(named.map(({ key }) => originalKey(key)));
    const before = Date.now() - LEFT_FOR;
    const nameless = [...kept].filter(([key, { at }]) =>
      !names.has(originalKey(key)) && at < before
    );
    const again = [...suspects.map(({ key }) => key), ...nameless.map(([key]) => key)];
    const still = await database.read((db) => blobsOfRows(db, again.map(originalKey)));
    const sentences: string[] = [];
    for (const { key, size, row } of suspects) {
      if (!still.has(originalKey(key))) continue; // deleted meanwhile
      const found = await blobs.read(key);
      await found?.stream.cancel();
      if (found === null) sentences.push(`${row}, ${key}, is not there.`);
      else if (size !== null && size !== found.size) {
        sentences.push(`${row}, ${key}, has ${found.size} bytes instead of ${size}.`);
      }
    }
    const left = nameless.filter(([key]) => !still.has(originalKey(key)));
    const shown = sentences.slice(0, TOLD);
    if (sentences.length > TOLD) shown.push("And more of the same kind.");
    if (left.length > 0) {
      const bytes = left.reduce((sum, [, { size }]) => sum + size, 0);
      shown.push(
        `Nothing names ${countOf(left.length, "file")} that lie here for days, ` +
          `${(bytes / 1e6).toFixed(1)} MB, such as ${left[0]![0]}.`,
      );
    }
    const counted = named.filter(({ size }) => size !== null);
    return {
      findings: shown.map((sentence) => ({ check: "files", sentence })),
      files: counted.length,
      bytes: counted.reduce((sum, { size }) => sum + (size ?? 0), 0),
    };
  });
}

/** Those of a backup are beside it. */
function placeOf({ files, database }: Config): Config["files"] {
  if (database.kind === "postgres") return files;
  const beside = filesBeside(database.path);
  return isFolder(beside.path) ? beside : files;
}
