/**
 * A connection to PostgreSQL that says NOTIFY and hears what others say, kept open. Loaded only
 * where there is no Redis. It knows no notice.
 */
import type { EventLoop } from "../event_loop.ts";
import { KeptOpen, type Openable } from "../kept_open.ts";
import type { PostgresAddress } from "../postgres/address.ts";
import { Connection } from "../postgres/connection.ts";
import type { Logger } from "../program/log.ts";
import type { NotifyConnection } from "./postgres.ts";

export interface ListeningOptions {
  address: PostgresAddress;
  /** Of all nodes on this database; at most 63 letters, digits and signs. */
  channel: string;
  loop: EventLoop;
  /** From 0 to 1. */
  random(): number;
  log: Logger;
}

/** How long the first notification to oneself may take, milliseconds. */
const FIRST_BEAT = 5_000;

/** Rejects with a sentence if notifications do not work now; afterwards it may come and go. */
export async function openListening(
  options: ListeningOptions,
): Promise<NotifyConnection> {
  const { loop, random, log } = options;
  let hear = (_payload: string) => {};
  const kept = await KeptOpen.start({
    open: () => openListener(options, (payload) => hear(payload)),
    loop,
    random,
    log,
    says: {
      away: "The database's notifications are away: messages reach other servers more slowly",
      back: "The database's notifications are back",
    },
  });
  return {
    connected: () => kept.current !== null,
    notify: (payloads) =>
      kept.current?.notify(payloads) ?? Promise.reject(new Error("There is no connection.")),
    onNotification: (listener) => void (hear = listener),
    onReturn: (listener) => kept.onReturn(listener),
    close: () => kept.close(),
  };
}

interface Listener extends Openable {
  notify(payloads: string[]): Promise<unknown>;
}

async function openListener(
  { address, channel, loop }: ListeningOptions,
  hear: (payload: string) => void,
): Promise<Listener> {
  let ended = (_error: Error) => {};
  const beat = crypto.randomUUID();
  const heardBeat = Promise.withResolvers<void>();
  const connection = await Connection.open(address, {
    onLost: (reason) => ended(new Error(reason)),
    onNotification: ({ payload = "" }) => payload === beat ? heardBeat.resolve() : hear(payload),
  });
  const notify = (payloads: string[]) =>
    connection.query({
      name: "notify",
      text: "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload",
      values: [channel, payloads],
    });
  try {
    // What is said here is a hint: it need not wait for the disk.
    await connection.query({ text: "SET synchronous_commit TO off" });
    await connection.query({ text: `LISTEN "${channel}"` });
    await notify([beat]);
    loop.after(FIRST_BEAT, () => heardBeat.reject(new Error(NOT_HEARD)));
    await heardBeat.promise;
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    notify,
    onEnd: (listener) => void (ended = listener),
    check: async () => void await connection.query({ text: "SELECT 1" }),
    close: () => void connection.close(),
  };
}

const NOT_HEARD =
  "PostgreSQL's notifications do not arrive; through PgBouncer they need pool_mode = session, or " +
  "a Redis in REDIS_URL instead";
