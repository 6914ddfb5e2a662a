/**
 * Which bus the settings ask for. What it needs is loaded only then: a single Confab on SQLite loads
 * nothing of it.
 */
import type { EventLoop } from "../event_loop.ts";
import type { PostgresAddress } from "../postgres/address.ts";
import type { Logger } from "../program/log.ts";
import type { RedisAddress } from "../redis/address.ts";
import type { Bus } from "./bus.ts";
import type { NoticeLines } from "./carried.ts";
import { createMemoryBus } from "./memory.ts";

export interface OpenBusOptions<Notice> {
  redis: RedisAddress | null;
  /** The database that the nodes share; null: there is one node. */
  postgres: PostgresAddress | null;
  /** Names the database permanently, and this history of it. */
  instance: string;
  epoch: string;
  lines: NoticeLines<Notice>;
  loop: EventLoop;
  log: Logger;
}

/** Rejects with a sentence for the operator if it cannot be used now. */
export async function openBus<Notice>(options: OpenBusOptions<Notice>): Promise<Bus<Notice>> {
  const { redis, postgres, instance, epoch, lines, loop, log } = options;
  const node = crypto.randomUUID();
  if (redis !== null) {
    const { createRedisBus } = await import("./redis.ts");
    // A copy of the database has the same instance, and another epoch once it was restored.
    const name = `${instance}:${epoch}`;
    return await createRedisBus({ address: redis, name, node, lines, loop, random, log });
  }
  if (postgres !== null) {
    const [{ openListening }, { createNotifyBus }, { LISTENER_FAILED }] = await Promise.all([
      import("./listening.ts"),
      import("./postgres.ts"),
      import("./carried.ts"),
    ]);
    const channel = `confab:${instance}`;
    const connection = await openListening({ address: postgres, channel, loop, random, log });
    const failed = (error: unknown) => log.error(LISTENER_FAILED, { error });
    return createNotifyBus({ connection, lines, node, failed });
  }
  return createMemoryBus();
}

const random = () => Math.random();
