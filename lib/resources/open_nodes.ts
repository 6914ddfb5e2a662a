/**
 * Opens what keeps a hub in step with the hubs of other nodes: the end of the durable events, and
 * the connection by which it watches the database. Loaded only where there may be other nodes.
 */
import { Tail, type TailListener } from "../bus/tail.ts";
import type { EventLoop } from "../event_loop.ts";
import { type JoinNodes, joinNodes } from "../hub/nodes/join.ts";
import type { PostgresAddress } from "../postgres/address.ts";
import type { Logger } from "../program/log.ts";
import type { DurableChange } from "../store/changes.ts";
import { openWatch } from "../store/postgres/watch.ts";

/** How often events that are too old are forgotten, milliseconds. */
const TRIM_EVERY = 60_000;

export interface OpenNodesOptions {
  postgres: PostgresAddress;
  /** Tells the other nodes that there are new events. */
  wake(): void;
  loop: EventLoop;
  log: Logger;
}

export interface OtherNodes {
  join: JoinNodes;
  /** Tells it what every node is told: see `Tail.subscribe`. */
  follow(listener: TailListener<DurableChange>): void;
  /** See `Tail.committed`. */
  committed: Tail<DurableChange>["committed"];
  /** Bytes. */
  databaseSize(): Promise<number>;
  close(): Promise<void>;
}

/** Rejects if the database cannot be watched now. Nothing may be read for a connection before. */
export async function openNodes(
  { postgres, wake, loop, log }: OpenNodesOptions,
): Promise<OtherNodes> {
  const watch = await openWatch(postgres);
  const tail = new Tail<DurableChange>({
    read: (mark) => watch.newEvents(mark),
    wake,
    every: loop.every,
    log: (message, error) => log.error(message, { error }),
  });
  try {
    await tail.start();
  } catch (error) {
    await watch.close();
    throw error;
  }
  const stopTrimming = loop.every(TRIM_EVERY, () => {
    watch.trim().catch(() => {}); // the next one tries again
  });
  return {
    join: joinNodes({ tail, moved: (rooms) => watch.moved(rooms), random: Math.random }),
    databaseSize: () => watch.size(),
    follow: (listener) => void tail.subscribe(listener),
    committed: (events) => tail.committed(events),
    async close() {
      stopTrimming();
      tail.close();
      await watch.close();
    },
  };
}
