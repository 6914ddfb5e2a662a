/**
 * Which Deno permissions the settings need, so that a data folder elsewhere does not need `-A`.
 * Used by "deno task start" and by the command `permissions`. Pure.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import manifest from "../../deno.json" with { type: "json" };
import type { Config } from "./config/config.ts";
import { writtenFolders } from "./data_folder.ts";
import { ROOT } from "./places.ts";

/**
 * What a configuration needs beyond deno.json's "default" permission set, as flags for `deno run
 * -P` in the project's folder. A flag replaces the set's list of its kind, so each list is
 * complete.
 * @param linked the folder that the database links into, if it is a symbolic link
 */
export function permissionFlags(config: Config, linked: readonly string[] = []): string[] {
  const granted = manifest.permissions.default;
  const absolute = (path: string) =>
    path.startsWith("/") ? path : fileURLToPath(new URL(path, ROOT));
  const within = (folder: string, allowed: string[]) =>
    allowed.map(absolute).some((each) => `${folder}/`.startsWith(each.replace(/\/*$/, "/")));
  const written = [...writtenFolders(config), ...linked];
  const folders = [...new Set(written.map((folder) => resolve(folder)))];
  const flags: string[] = [];
  if (!folders.every((folder) => within(folder, granted.write))) {
    flags.push(`--allow-write=${folders.join(",")}`);
  }
  if (!folders.every((folder) => within(folder, granted.read))) {
    flags.push(`--allow-read=${[...granted.read, ...folders].join(",")}`);
  }
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  if (!granted.net.includes(host)) flags.push(`--allow-net=${host}`);
  return flags;
}
