/**
 * Where a Redis (or Valkey) is, as its URL says it. Pure: nothing is opened or read here.
 *
 *     redis[s]://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]
 *     unix://[[USER]:PASSWORD@]/PATH[?db=DATABASE]
 *
 * With TLS: `?ssl_ca_certs=FILE` for a certificate authority of one's own instead of those that this
 * system trusts, and `&ssl_certfile=FILE&ssl_keyfile=FILE` for a client's certificate, as redis-py names them.
 */
import { SYSTEM_AUTHORITIES } from "../authorities.ts";

export interface RedisAddress {
  place: { host: string; port: number } | { path: string };
  /** PEM files; `null` without TLS. Without an authority those count that this system trusts. */
  tls: { authority: string | null; client: { certificate: string; key: string } | null } | null;
  username: string | null;
  password: string | null;
  database: number;
}

/** `undefined` for what is no such URL. */
export function parseRedisUrl(text: string): RedisAddress | undefined {
  try {
    return text.startsWith("unix:") ? parseUnix(text) : parseNetwork(new URL(text));
  } catch {
    return undefined; // no URL, or "%" without its two digits
  }
}

/** The address without what is secret, for logs and errors. */
export function showRedis({ place, tls, database }: RedisAddress): string {
  const number = database === 0 ? "" : `/${database}`;
  if ("path" in place) return `unix:${place.path}`;
  return `${tls === null ? "redis" : "rediss"}://${netOf(place)}${number}`;
}

/** As Deno's permissions write it, "HOST:PORT" or "unix:PATH". */
export function redisPermission({ place }: RedisAddress): string {
  return "path" in place ? `unix:${place.path}` : netOf(place);
}

/** The socket in the file system, which is written to as well as read. */
export function redisSocket({ place }: RedisAddress): string[] {
  return "path" in place ? [place.path] : [];
}

/** The files that connecting may read. */
export function redisFiles({ tls }: RedisAddress): string[] {
  if (tls === null) return [];
  const client = tls.client === null ? [] : [tls.client.certificate, tls.client.key];
  return [...(tls.authority === null ? SYSTEM_AUTHORITIES : [tls.authority]), ...client];
}

/** Both names of each scheme mean the same. */
const SCHEMES: Readonly<Record<string, boolean>> = {
  "redis:": false,
  "valkey:": false,
  "rediss:": true,
  "valkeys:": true,
};
const TLS_OPTIONS = ["ssl_ca_certs", "ssl_certfile", "ssl_keyfile"];
const STANDARD_PORT = 6379;

function parseNetwork(url: URL): RedisAddress | undefined {
  const encrypted = SCHEMES[url.protocol];
  if (encrypted === undefined || !/^[\w.:[\]-]+$/.test(url.hostname)) return undefined;
  const database = numberOf(url.pathname.slice(1));
  if (database === undefined || url.port === "0" || url.hash !== "") return undefined;
  const query = queryOf(url.search.slice(1), encrypted ? TLS_OPTIONS : []);
  if (query === undefined) return undefined;
  const [certificate, key] = [query.get("ssl_certfile"), query.get("ssl_keyfile")];
  // One without the other says nothing to a server.
  if ((certificate === undefined) !== (key === undefined)) return undefined;
  return {
    place: {
      host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port === "" ? STANDARD_PORT : Number(url.port),
    },
    tls: encrypted
      ? {
        authority: query.get("ssl_ca_certs") ?? null,
        client: certificate === undefined || key === undefined ? null : { certificate, key },
      }
      : null,
    ...identityOf(url.username, url.password),
    database,
  };
}

/** The URL parser takes no user in front of an empty host. */
function parseUnix(text: string): RedisAddress | undefined {
  const [, user = "", password = "", path, search = ""] =
    /^unix:(?:\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?)?(\/(?!\/)[^?#]+)(?:\?([^#]*))?$/.exec(text) ??
      [];
  const query = queryOf(search, ["db"]);
  const database = numberOf(query?.get("db") ?? "");
  if (path === undefined || query === undefined || database === undefined) return undefined;
  const decoded = decodeURIComponent(path);
  if (!isGrantable(decoded)) return undefined;
  return { place: { path: decoded }, tls: null, ...identityOf(user, password), database };
}

function identityOf(user: string, password: string): Pick<RedisAddress, "username" | "password"> {
  const written = (text: string) => text === "" ? null : decodeURIComponent(text);
  return { username: written(user), password: written(password) };
}

/** Redis counts its databases from 0; more than five digits are a mistake. */
function numberOf(text: string): number | undefined {
  return /^\d{0,5}$/.test(text) ? Number(text) : undefined;
}

/** `undefined` for an option that is unknown, repeated or empty: it would be ignored in silence. */
function queryOf(text: string, known: readonly string[]): Map<string, string> | undefined {
  const query = [...new URLSearchParams(text)];
  const options = new Map(query);
  const fits = query.every(([name, value]) =>
    known.includes(name) && value !== "" && isGrantable(value)
  );
  return fits && options.size === query.length ? options : undefined;
}

/** Deno's permission lists cannot express a path with a comma. */
function isGrantable(path: string): boolean {
  return !/[\0,]/.test(path);
}

function netOf({ host, port }: { host: string; port: number }): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
