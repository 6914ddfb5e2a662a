/**
 * Opens what several nodes know together, beside the database and the bus: who is on which node, and
 * what was spent of which limit. It is loaded only where a database is shared.
 */
import type { Bus } from "../bus/bus.ts";
import type { Notice } from "../chat/notice.ts";
import type { EventLoop } from "../event_loop.ts";
import type { Leases } from "../leases/leases.ts";
import { createPostgresLeases } from "../leases/postgres.ts";
import { createRedisLeases } from "../leases/redis.ts";
import { createHide } from "../limits/hidden_keys.ts";
import type { MakeLimit } from "../limits/limit.ts";
import { Spending } from "../limits/spending.ts";
import type { PostgresAddress } from "../postgres/address.ts";
import type { RedisAddress } from "../redis/address.ts";

export interface OpenSharingOptions {
  redis: RedisAddress | null;
  postgres: PostgresAddress;
  bus: Bus<Notice>;
  /** The same on every node. */
  secret: Uint8Array;
  /** Names the database permanently, and this history of it. */
  instance: string;
  epoch: string;
  loop: EventLoop;
}

export interface SharedKnowledge {
  /** For chat and auth: makes limits that all nodes share. */
  limits: { makeLimit: MakeLimit };
  /** For the hub. */
  sharing: { node: string; leases: Leases };
  /** After the hub, before the bus: tells the others what they do not know yet. */
  close(): Promise<void>;
}

/** Rejects if a Redis that is to keep leases cannot be reached now; later it may come and go. */
export async function openSharing(options: OpenSharingOptions): Promise<SharedKnowledge> {
  const { bus, secret, loop } = options;
  const node = crypto.randomUUID();
  const spending = new Spending({
    node,
    publish: (signal) => bus.publish([signal]),
    hide: createHide(secret),
    loop,
  });
  const unsubscribe = bus.subscribe((notices) => {
    for (const notice of notices) if (notice.type === "spending") spending.hear(notice);
  });
  const { leases, close } = await openLeases(node, options);
  return {
    limits: { makeLimit: spending.makeLimit },
    sharing: { node, leases },
    async close() {
      unsubscribe();
      spending.close();
      await close();
    },
  };
}

interface OpenLeases {
  leases: Leases;
  close(): Promise<void>;
}

function openLeases(node: string, options: OpenSharingOptions): Promise<OpenLeases> {
  const { redis, postgres } = options;
  return redis === null ? openInPostgres(node, postgres) : openInRedis(node, redis, options);
}

/** A connection of its own: a lease is not to wait for a large batch, nor the other way round. */
async function openInPostgres(node: string, address: PostgresAddress): Promise<OpenLeases> {
  const [{ Connection }, { LastingConnection }, { Outage }] = await Promise.all([
    import("../postgres/connection.ts"),
    import("../postgres/lasting_connection.ts"),
    import("../postgres/outage.ts"),
  ]);
  const kept = new LastingConnection({
    open: (more) => Connection.open(address, more),
    begin: (connection) => connection,
    outage: new Outage(() => {}), // the store says it
  });
  const leases = createPostgresLeases({
    node,
    query: async (settings) => await (await kept.ready()).query(settings),
  });
  return { leases, close: () => kept.close() };
}

/** A connection of its own: a list of ten thousand people is not to go before messages. */
async function openInRedis(
  node: string,
  address: RedisAddress,
  { instance, epoch, loop }: OpenSharingOptions,
): Promise<OpenLeases> {
  const [{ connectRedis }, { KeptOpen }] = await Promise.all([
    import("../redis/connection.ts"),
    import("../kept_open.ts"),
  ]);
  const silent = () => {};
  const kept = await KeptOpen.start({
    open: async () => {
      const connection = await connectRedis(address);
      return { ...connection, check: async () => void await connection.command("PING") };
    },
    loop,
    random: () => Math.random(),
    log: { debug: silent, info: silent, warn: silent, error: silent }, // the bus says it
    says: { away: "", back: "" },
  });
  const leases = createRedisLeases({
    node,
    name: `${instance}:${epoch}`,
    command: (...args) =>
      kept.current?.command(...args) ?? Promise.reject(new Error("Redis is away.")),
  });
  return {
    leases,
    close() {
      kept.close();
      return Promise.resolve();
    },
  };
}
