/** How much room a disk has. Loaded when it is asked for. */
import { statfs } from "node:fs/promises";

/** Bytes that this program may still write in a folder, which need not be there yet; null if unknown. */
export async function freeBeside(folder: string): Promise<number | null> {
  for (let path = folder;;) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOENT") return null;
    }
    const slash = path.lastIndexOf("/");
    if (path === "." || path === "/") return null;
    path = slash === -1 ? "." : path.slice(0, slash) || "/";
  }
}
