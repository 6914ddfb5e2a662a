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
import { bucketAccess } from "./config/files.ts";
import { providersIn } from "./config/sign_in.ts";
import { bucketPermission } from "../files/place.ts";
import { providerHosts } from "../oidc/provider.ts";
import { writtenFolders } from "./data_folder.ts";
import { redisFiles, redisPermission, redisSocket } from "../redis/address.ts";
import { smtpPermission } from "../mail/smtp_address.ts";
import { ROOT } from "./places.ts";

type Database = Config["database"];

export interface MoreNeeds {
  /** Folders: where the database's symbolic link leads, a backup's. */
  written?: readonly string[];
  read?: readonly string[];
  /** Whose files and servers are used; their folders are to be named besides. */
  databases?: readonly Database[];
  /** Where files are copied from or to. */
  places?: readonly Config["files"][];
}

/**
 * What a configuration needs beyond deno.json's "default" permission set, as flags for `deno run
 * -P` in the project's folder. A flag replaces the set's list of its kind, so each list is
 * complete.
 * @param more what a command needs besides
 */
export function permissionFlags(config: Config, more: MoreNeeds = {}): string[] {
  const granted = manifest.permissions.default;
  const databases = [config.database, ...more.databases ?? []];
  const absolute = (path: string) =>
    path.startsWith("/") ? path : fileURLToPath(new URL(path, ROOT));
  const within = (folder: string, allowed: string[]) =>
    allowed.map(absolute).some((each) => `${folder}/`.startsWith(each.replace(/\/*$/, "/")));
  const servers = databases.flatMap((each) => each.kind === "sqlite" ? [] : [each.address]);
  const sockets = [
    ...(config.redis === null ? [] : redisSocket(config.redis)),
    ...servers.flatMap((server) => postgresSocket(server)),
  ];
  const places = [config.files, ...more.places ?? []];
  const copied = (more.places ?? []).flatMap((each) => each.kind === "folder" ? [each.path] : []);
  const written = [...writtenFolders(config), ...more.written ?? [], ...copied, ...sockets];
  const folders = [...new Set(written.map((folder) => resolve(folder)))];
  const flags: string[] = [];
  if (!folders.every((folder) => within(folder, granted.write))) {
    flags.push(`--allow-write=${folders.join(",")}`);
  }
  const read = [
    ...folders,
    ...readFiles(config, databases),
    ...(more.read ?? []).map((path) => resolve(path)),
  ];
  if (!read.every((path) => within(path, granted.read))) {
    flags.push(`--allow-read=${[...granted.read, ...read].join(",")}`);
  }
  const net = networkPlaces(config, databases, places);
  // Nobody can name the hosts that people will link to.
  if (config.linkPreviews !== "off") flags.push("--allow-net");
  else if (!net.every((place) => isReachable(place, granted.net))) {
    flags.push(`--allow-net=${net.join(",")}`);
  }
  if (servers.length > 0) {
    flags.push(`--allow-env=${[...granted.env, ...POSTGRES_ENVIRONMENT].join(",")}`);
  }
  // To start the workers: the process that does so serves nobody.
  if (config.workers > 1) flags.push(`--allow-run=${Deno.execPath()}`);
  return flags;
}

/** Certificates and keys. */
function readFiles(
  { redis, tlsCertificate, tlsKey }: Config,
  databases: readonly Database[],
): string[] {
  const own = [tlsCertificate, tlsKey].filter((file) => file !== null);
  const stored = databases.flatMap((each) =>
    each.kind === "sqlite" ? [] : postgresFiles(each.address)
  );
  return [...own, ...stored, ...(redis === null ? [] : redisFiles(redis))]
    .map((file) => resolve(file));
}

/** Where the server listens, and the servers that it needs. */
function networkPlaces(
  config: Config,
  databases: readonly Database[],
  places: readonly Config["files"][],
): string[] {
  const { host, metrics, redis, smtp } = config;
  const hosts = metrics.at === "port" ? [host, metrics.host] : [host];
  const here = new Set(hosts.map((each) => each.includes(":") ? `[${each}]` : each));
  return [
    ...here,
    ...(redis === null ? [] : [redisPermission(redis)]),
    ...(smtp === null ? [] : [smtpPermission(smtp)]),
    ...places.flatMap((each) =>
      each.kind === "s3" ? [bucketPermission(each, bucketAccess(config))] : []
    ),
    ...providersIn(config).flatMap(providerHosts),
    ...databases.flatMap((each) => each.kind === "sqlite" ? [] : [postgresPlace(each.address)]),
  ];
}

/** A host that is granted is granted with all its ports. */
function isReachable(place: string, granted: readonly string[]): boolean {
  return granted.some((each) => place === each || place.replace(/:\d+$/, "") === each);
}
