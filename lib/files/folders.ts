/** What a disk must be asked so that something is on it. It knows no blobs. */

/** Makes a folder and those above it for their owner alone, and has their names on the disk. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    if ((await Deno.stat(folder)).isDirectory) return;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  if (above !== "") await asPermitted(makeFolder(above));
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await syncFolder(above === "" ? "." : above);
}

/** After it, names that were made in this folder outlive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  await asPermitted((async () => {
    using handle = await Deno.open(folder, { read: true });
    // Network file systems may know no such request; they keep names by themselves.
    await handle.sync().catch(() => {});
  })());
}

/** The folder above the one that the settings name is none of ours: it must be there already. */
async function asPermitted(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}

export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) at += await file.write(bytes.subarray(at));
}

export async function sizeOf(path: string): Promise<number> {
  return (await Deno.stat(path)).size;
}

/** Null where there is no such file. */
export async function lengthOf(path: string): Promise<number | null> {
  try {
    return await sizeOf(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
