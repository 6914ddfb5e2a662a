/** Goes through the folders in which blobs are. It knows how they are laid out, and nothing else. */
import { isKey, type KeptBlob } from "./blobs.ts";

export async function* blobsInLevels(folder: string): AsyncGenerator<KeptBlob> {
  for await (const outer of namesIn(folder, isLevel)) {
    for await (const inner of namesIn(`${folder}/${outer}`, isLevel)) {
      yield* blobsIn(`${folder}/${outer}/${inner}`);
    }
  }
}

function isLevel(name: string): boolean {
  return /^[\da-f]{2}$/.test(name);
}

/** None in a folder that is not there. */
async function* namesIn(folder: string, wanted: (name: string) => boolean): AsyncGenerator<string> {
  try {
    for await (const { name } of Deno.readDir(folder)) if (wanted(name)) yield name;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

export async function* blobsIn(folder: string): AsyncGenerator<KeptBlob> {
  for await (const key of namesIn(folder, isKey)) {
    const stat = await Deno.stat(`${folder}/${key}`).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return null; // gone meanwhile
      throw error;
    });
    if (stat?.isFile) yield { key, size: stat.size, at: stat.mtime?.getTime() ?? 0 };
  }
}
