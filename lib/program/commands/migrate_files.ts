/**
 * The command `migrate` for files: from a folder into a bucket, or back, or into another one. What is
 * there already is left, so that it may run beside a server first, and again while none runs.
 */
import { copyBlobs, sizesOf } from "../../files/copying.ts";
import { type FilesPlace, showPlace } from "../../files/place.ts";
import { ConfigError } from "../config/config.ts";
import { demandPermission } from "../data_folder.ts";
import { filesPlaceOf } from "./addresses.ts";
import { type Call, CommandError } from "./command.ts";
import { isFolder, openFiles, toldPlainly } from "./files.ts";
import { countOf, createProgress, inGroups } from "./progress.ts";

export async function migrateFiles({ config, operands, terminal }: Call): Promise<number> {
  const [source, target] = operands.map(filesPlaceOf);
  if (!source || !target) {
    throw new ConfigError("FROM and TO must both be files: files:FOLDER or s3://BUCKET.");
  }
  if (JSON.stringify(source) === JSON.stringify(target)) {
    throw new ConfigError("FROM and TO are the same place.");
  }
  requireKeys(config, [source, target]);
  for (const each of [source, target]) {
    if (each.kind === "folder") await demandPermission(each.path);
  }
  if (source.kind === "folder" && !isFolder(source.path)) {
    throw new CommandError(`There is no folder ${source.path}.`);
  }
  const [from, to] = [await openFiles(config, source), await openFiles(config, target)];
  const progress = createProgress(terminal, () => performance.now());
  try {
    await toldPlainly(async () => {
      const { copied, bytes, there } = await copyBlobs(
        { from, to },
        from.list(),
        (done) => progress.at(() => `${inGroups(done)} files`),
      );
      compare(await sizesOf(from.list()), await sizesOf(to.list()));
      progress.end();
      terminal.print(
        `${showPlace(target)} has all files of ${showPlace(source)}: ` +
          `${countOf(copied, "file")} copied, ${(bytes / 1e6).toFixed(1)} MB, ` +
          `${inGroups(there)} there before. ${showPlace(source)} stays as it is. Once no server ` +
          "uses it, run this again, and then set CONFAB_FILES.\n",
      );
    });
    return 0;
  } finally {
    progress.end();
  }
}

function requireKeys(
  { s3AccessKey, s3SecretKey }: Call["config"],
  places: readonly FilesPlace[],
): void {
  if (!places.some(({ kind }) => kind === "s3") || (s3AccessKey && s3SecretKey)) return;
  throw new ConfigError("A bucket needs CONFAB_S3_ACCESS_KEY and CONFAB_S3_SECRET_KEY.");
}

/** Each is there, in its size. A server that runs may have added some, or taken some away. */
function compare(from: Map<string, number>, to: Map<string, number>): void {
  const different = [...from].filter(([key, size]) => to.has(key) && to.get(key) !== size);
  if (different.length === 0) return;
  throw new CommandError(
    `${countOf(different.length, "file")} arrived in another size, such as ${different[0]![0]}.`,
  );
}
