/** A disk of few bytes, for tests of what happens when it is full. */

export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
}

/** `null` where this machine lets nobody mount one. */
export async function mountSmallDisk(bytes: number): Promise<SmallDisk | null> {
  const path = await Deno.makeTempDir({ prefix: "confab-disk-" });
  const options = ["-t", "tmpfs", "-o", `size=${bytes}`, "confab-test", path];
  if (!await succeeds("mount", ...options)) {
    await Deno.remove(path);
    return null;
  }
  return {
    path,
    async [Symbol.asyncDispose]() {
      await succeeds("umount", path);
      await Deno.remove(path);
    },
  };
}

async function succeeds(command: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args, stderr: "null" }).output()).success;
  } catch {
    return false; // there is no such command here
  }
}
