/**
 * One connection to a Redis or Valkey, from its greeting to its end. It never reconnects: what is
 * lost with a connection is for those who use it to know (`lib/kept_open.ts`). The package is loaded
 * here alone, and this module only where a Redis is configured.
 */
import { createClient } from "@redis/client";
import { findSystemAuthorities } from "../authorities.ts";
import { type RedisAddress, redisPermission } from "./address.ts";
import { explainRedis, RedisError } from "./failures.ts";

export interface RedisConnection {
  /** Runs a command; rejects with `RedisError`. Without a connection it rejects at once. */
  command(...args: string[]): Promise<unknown>;
  /** Hears a channel until the connection ends. */
  subscribe(channel: string, heard: (body: Uint8Array) => void): Promise<void>;
  /** Called once, unless `close` came first. A server that stands still does not end anything. */
  onEnd(listener: (error: RedisError) => void): void;
  /** At once; commands under way are rejected. */
  close(): void;
}

/** From the first packet to the last word of the greeting, milliseconds. */
const CONNECT_DEADLINE = 5_000;
const OLDEST = 6;

/** Connects and signs in. Rejects with `RedisError`. */
export async function connectRedis(address: RedisAddress): Promise<RedisConnection> {
  const client = await prepared(address).catch((error) => {
    throw explainRedis(error, address);
  });
  let end: RedisError | null = null;
  let closed = false;
  const listeners: ((error: RedisError) => void)[] = [];
  let greeted = false;
  const explain = (error: unknown) => {
    const early = !greeted && /closed|ECONNRESET|EPIPE/i.test(String(error));
    return explainRedis(early ? new Error("closed at once", { cause: error }) : error, address);
  };
  const finish = (error: unknown) => {
    if (closed || end !== null) return;
    end = explain(error);
    client.destroy();
    for (const listener of listeners) listener(end);
  };
  // Without a listener an error would be thrown where nobody can catch it.
  // The package's types leave out what Node's emitters can do.
  (client as unknown as { on(event: "error", listener: (error: unknown) => void): void })
    .on("error", finish);
  const explained = <Result>(promise: Promise<Result>) =>
    promise.catch((error) => {
      throw end ?? explain(error);
    });
  const connection: RedisConnection = {
    command: (...args) => explained(client.sendCommand(args)),
    subscribe: (channel, heard) => explained(client.subscribe(channel, heard, true)),
    onEnd: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      client.destroy();
    },
  };
  try {
    await withDeadline(explained(client.connect().then(() => greet(connection, address))), () => {
      finish(new Error("no greeting"));
      return end;
    });
    greeted = true;
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function prepared(address: RedisAddress) {
  // Asked in advance: on a terminal Deno would stop and prompt the operator.
  const host = redisPermission(address);
  const { state } = await Deno.permissions.query({ name: "net", host });
  if (state !== "granted") throw new Error(`Requires net access to ${host}`);
  const { place, username, password, database, tls } = address;
  const common = { connectTimeout: CONNECT_DEADLINE, reconnectStrategy: false } as const;
  const socket = "path" in place
    ? { ...common, path: place.path }
    : tls === null
    ? { ...common, ...place }
    : { ...common, ...place, tls: true as const, ...await secured(address) };
  return createClient({
    socket,
    RESP: 2, // Redis 6 to 8 and Valkey speak it
    database,
    disableOfflineQueue: true,
    disableClientInfo: true, // a user without the right to it could not connect
    maintNotifications: "disabled",
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
  });
}

/** Files are read for each connection: renewed certificates need no restart. */
async function secured({ tls, place }: RedisAddress) {
  const read = async (name: string, file: string | undefined) =>
    file === undefined ? {} : { [name]: await Deno.readTextFile(file) };
  const host = "host" in place ? place.host : "";
  return {
    // An address is no name that a server could be asked for (RFC 6066, 3).
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ...await read("ca", tls?.authority ?? await findSystemAuthorities() ?? undefined),
    ...await read("cert", tls?.client?.certificate),
    ...await read("key", tls?.client?.key),
  };
}

/** Refuses what is too old to be used. A user may be forbidden to ask: then it is tried. */
async function greet(connection: RedisConnection, address: RedisAddress): Promise<void> {
  const about = await connection.command("INFO", "server").catch((error: RedisError) => {
    if (/NOPERM/.test(String(error.cause))) return "";
    throw error;
  });
  const [, version = ""] = /^redis_version:([\d.]+)/m.exec(String(about)) ?? [];
  if (version === "" || Number.parseInt(version) >= OLDEST) return;
  const reason = `it is version ${version}, and Confab needs Redis ${OLDEST} or later, or Valkey`;
  throw new RedisError(address, reason, true);
}

async function withDeadline<Result>(
  promise: Promise<Result>,
  late: () => Error | null,
): Promise<Result> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), CONNECT_DEADLINE);
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
