/**
 * Notices go to the other nodes through one channel of a Redis. It is loaded only where a Redis is
 * configured. Two connections, one to speak and one to listen, live and end together: half a bus
 * would look like a whole one.
 */
import type { EventLoop } from "../event_loop.ts";
import { KeptOpen, type Openable } from "../kept_open.ts";
import type { Logger } from "../program/log.ts";
import { type RedisAddress, showRedis } from "../redis/address.ts";
import { connectRedis } from "../redis/connection.ts";
import {
  type CarriedBus,
  type Carrier,
  createCarriedBus,
  LISTENER_FAILED,
  type NoticeLines,
} from "./carried.ts";

export interface RedisBusOptions<Notice> {
  address: RedisAddress;
  /** What nodes have in common that belong together, and no others. */
  name: string;
  /** Names this node, unlike any other's. */
  node: string;
  lines: NoticeLines<Notice>;
  loop: EventLoop;
  /** From 0 to 1. */
  random(): number;
  log: Logger;
}

/** Redis ends a listener's connection when 32 MB wait for it. */
const LARGEST_BODY = 1_000_000;

/** Rejects with `RedisError` if it cannot be used now; afterwards it may come and go. */
export async function createRedisBus<Notice>(
  options: RedisBusOptions<Notice>,
): Promise<CarriedBus<Notice>> {
  const { address, node, loop, random, log } = options;
  // Channels know nothing of a Redis's databases: two Confabs may be told apart by them alone.
  const channel = `confab:${options.name}:${address.database}`;
  let hear = (_body: string) => {};
  const kept = await KeptOpen.start({
    open: () => openPair(address, channel, node, (body) => hear(body)),
    loop,
    random,
    log,
    says: {
      away: `${
        showRedis(address)
      } is away: messages reach other servers through the database alone`,
      back: `${showRedis(address)} is back`,
    },
  });
  const carrier: Carrier = {
    kind: "redis",
    largest: LARGEST_BODY,
    connected: () => kept.current !== null,
    send: (bodies) => Promise.all(bodies.map((body) => kept.current?.publish(body))),
    hear: (listener) => void (hear = listener),
    onReturn: (listener) => kept.onReturn(listener),
    close() {
      kept.close();
      return Promise.resolve();
    },
  };
  const failed = (error: unknown) => log.error(LISTENER_FAILED, { error });
  return createCarriedBus({ carrier, lines: options.lines, node, failed });
}

interface Pair extends Openable {
  publish(body: string): Promise<unknown>;
}

async function openPair(
  address: RedisAddress,
  channel: string,
  node: string,
  hear: (body: string) => void,
): Promise<Pair> {
  const [speaker, listener] = await both(connectRedis(address), connectRedis(address));
  const decoder = new TextDecoder();
  // Hearing oneself proves everything at once: both connections, and the right to use the channel.
  let heardOwn = () => {};
  const beat = `${node}\n`;
  const pair: Pair = {
    publish: (body) => speaker.command("PUBLISH", channel, body),
    onEnd(ended) {
      speaker.onEnd(ended);
      listener.onEnd(ended);
    },
    check: () =>
      new Promise((resolve, reject) => {
        heardOwn = resolve;
        pair.publish(beat).catch(reject);
      }),
    close() {
      speaker.close();
      listener.close();
    },
  };
  try {
    await listener.subscribe(channel, (bytes) => {
      const body = decoder.decode(bytes);
      if (body.startsWith(beat)) heardOwn();
      hear(body);
    });
    await pair.publish(beat);
    return pair;
  } catch (error) {
    pair.close();
    throw error;
  }
}

/** Both, or none: what was opened beside a failure is closed. */
async function both<Thing extends { close(): void }>(
  ...opening: [Promise<Thing>, Promise<Thing>]
): Promise<[Thing, Thing]> {
  try {
    return await Promise.all(opening);
  } catch (error) {
    for (const each of opening) each.then((thing) => thing.close(), () => {});
    throw error;
  }
}
