/**
 * Which Deno permissions the settings need, so that a data folder elsewhere does not need `-A`.
 * Used by "deno task start", by the command `permissions` and for workers. Pure.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import manifest from "../../deno.json" with { type: "json" };
import {
  POSTGRES_ENVIRONMENT,
  postgresFiles,
  postgresPlace,
  postgresSocket,
} from "../postgres/permissions.ts";
import type { Config } from "./config/config.ts";
import { writtenFolders } from "./data_folder.ts";
import { redisFiles, redisPermission, redisSocket } from "../redis/address.ts";
import { ROOT } from "./places.ts";

/**
 * What a configuration needs beyond deno.json's "default" permission set, as flags for `deno run
 * -P` in the project's folder. A flag replaces the set's list of its kind, so each list is
 * complete.
 * @param more folders besides: where the database's symbolic link leads, a backup's
 */
export function permissionFlags(
  config: Config,
  more: { written?: readonly string[]; read?: readonly string[] } = {},
): string[] {
  const granted = manifest.permissions.default;
  const absolute = (path: string) =>
    path.startsWith("/") ? path : fileURLToPath(new URL(path, ROOT));
  const within = (folder: string, allowed: string[]) =>
    allowed.map(absolute).some((each) => `${folder}/`.startsWith(each.replace(/\/*$/, "/")));
  const server = config.database.kind === "sqlite" ? null : config.database.address;
  const sockets = [
    ...(config.redis === null ? [] : redisSocket(config.redis)),
    ...(server === null ? [] : postgresSocket(server)),
  ];
  const written = [...writtenFolders(config), ...more.written ?? [], ...sockets];
  const folders = [...new Set(written.map((folder) => resolve(folder)))];
  const flags: string[] = [];
  if (!folders.every((folder) => within(folder, granted.write))) {
    flags.push(`--allow-write=${folders.join(",")}`);
  }
  const read = [
    ...folders,
    ...readFiles(config),
    ...(more.read ?? []).map((path) => resolve(path)),
  ];
  if (!read.every((path) => within(path, granted.read))) {
    flags.push(`--allow-read=${[...granted.read, ...read].join(",")}`);
  }
  const net = networkPlaces(config);
  if (!net.every((place) => isReachable(place, granted.net))) {
    flags.push(`--allow-net=${net.join(",")}`);
  }
  if (server !== null) {
    flags.push(`--allow-env=${[...granted.env, ...POSTGRES_ENVIRONMENT].join(",")}`);
  }
  // To start the workers: the process that does so serves nobody.
  if (config.workers > 1) flags.push(`--allow-run=${Deno.execPath()}`);
  return flags;
}

/** Certificates and keys. */
function readFiles({ redis, database, tlsCertificate, tlsKey }: Config): string[] {
  const own = [tlsCertificate, tlsKey].filter((file) => file !== null);
  const stored = database.kind === "sqlite" ? [] : postgresFiles(database.address);
  return [...own, ...stored, ...(redis === null ? [] : redisFiles(redis))]
    .map((file) => resolve(file));
}

/** Where the server listens, and the servers that it needs. */
function networkPlaces({ host, metrics, redis, database }: Config): string[] {
  const hosts = metrics.at === "port" ? [host, metrics.host] : [host];
  const here = new Set(hosts.map((each) => each.includes(":") ? `[${each}]` : each));
  return [
    ...here,
    ...(redis === null ? [] : [redisPermission(redis)]),
    ...(database.kind === "sqlite" ? [] : [postgresPlace(database.address)]),
  ];
}

/** A host that is granted is granted with all its ports. */
function isReachable(place: string, granted: readonly string[]): boolean {
  return granted.some((each) => place === each || place.replace(/:\d+$/, "") === each);
}
