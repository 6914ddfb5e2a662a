/** Installs what only the bench needs, when it is needed: an ordinary start has none of it. */
import { join } from "node:path";
import { note } from "./print.ts";

/** `npm ci` in a folder with a lock file; nothing where that was done before. */
export async function installOnce(folder: string): Promise<void> {
  try {
    await Deno.stat(join(folder, "node_modules/.package-lock.json"));
    return;
  } catch {
    note(`Installing ${folder} (npm ci) …`);
  }
  const { code, stderr } = await new Deno.Command("npm", {
    args: ["ci", "--no-audit", "--no-fund"],
    cwd: folder,
  }).output();
  if (code !== 0) throw new Error(`npm ci failed: ${new TextDecoder().decode(stderr)}`);
}
