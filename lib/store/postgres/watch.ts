/**
 * A connection by which a node watches what others write: durable events, and the heads of the
 * rooms that somebody here is in, of which the server keeps the list. It comes back by itself; until
 * then every question is refused. Knows no bus and no hub.
 */
import type { PostgresAddress } from "../../postgres/address.ts";
import { Connection, type ConnectionOptions } from "../../postgres/connection.ts";
import { LastingConnection } from "../../postgres/lasting_connection.ts";
import { Outage } from "../../postgres/outage.ts";
import { EVENTS_SINCE, SIZE, SNAPSHOT, SWEEP, SWEEP_SETUP, TRIM } from "./watch_sql.ts";

/** Milliseconds for an answer: a server that stands still must not be waited for. */
const PATIENCE = 3_000;
/** More events than that are not worth reading: connections begin again. */
const MOST_EVENTS = 20_000;
/** Events are kept so long (ms, by the database's clock) after their transaction began... */
const KEPT = 600_000;
/** ...and a node relies on what has been kept until so long before that. */
const MARGIN = 120_000;

/** See `Tail` (lib/bus/tail.ts). */
export interface NewEvents {
  mark: string;
  rows: { id: number; body: string }[];
  lost: boolean;
}

/** The rooms that somebody here is in, each with the head up to which they were delivered. */
export interface WatchedRooms {
  takeAll(): (readonly [room: number, head: number])[];
  takeDifferences(): { come: (readonly [room: number, head: number])[]; gone: number[] };
}

export interface Watch {
  /** What could not be seen at `mark` and can now. Null: only the mark. */
  newEvents(mark: string | null): Promise<NewEvents>;
  /** Rooms whose head is not what they were watched with, or what this told last. */
  moved(rooms: WatchedRooms): Promise<[room: number, head: number][]>;
  /** Forgets events that are too old, unless another node is doing so. */
  trim(): Promise<void>;
  /** Bytes of the database. */
  size(): Promise<number>;
  close(): Promise<void>;
}

interface WatchSession {
  connection: Connection;
  /** Whether the server has the list of rooms. */
  filled: boolean;
}

/** Rejects if the database cannot be reached now. */
export async function openWatch(address: PostgresAddress): Promise<Watch> {
  const line = new LastingConnection<WatchSession>({
    open: (options: ConnectionOptions) => Connection.open(address, options),
    begin,
    // The store, whose connections share its fate, says it.
    outage: new Outage(() => {}),
  });
  await line.ready();
  return {
    async newEvents(mark) {
      const { connection } = await line.ready();
      return await (mark === null ? snapshot(connection) : eventsSince(connection, mark));
    },
    moved: async (rooms) => await moved(await line.ready(), rooms),
    async trim() {
      const { connection } = await line.ready();
      await connection.query({ name: "trim", text: TRIM, values: [KEPT], query_timeout: PATIENCE });
    },
    async size() {
      const { connection } = await line.ready();
      const { rows } = await connection.query<{ size: number | string }>({
        text: SIZE,
        query_timeout: PATIENCE,
      });
      return Number(rows[0]!.size); // it always answers one row
    },
    close: () => line.close(),
  };
}

async function begin(connection: Connection): Promise<WatchSession> {
  for (const text of SWEEP_SETUP) await connection.query({ text });
  return { connection, filled: false };
}

async function snapshot(connection: Connection): Promise<NewEvents> {
  const { rows } = await connection.query<{ snapshot: string; at: number }>({ text: SNAPSHOT });
  const { snapshot, at } = rows[0]!; // it always answers one row
  return { mark: `${at} ${snapshot}`, rows: [], lost: false };
}

interface EventsRow {
  snapshot: string;
  at: number;
  /** Null, like the body, in the only row where there are no events. */
  id: number | null;
  body: string | null;
}

async function eventsSince(connection: Connection, mark: string): Promise<NewEvents> {
  const [markedAt = "", marked = ""] = mark.split(" ");
  const { rows } = await connection.query<EventsRow>({
    name: "events",
    text: EVENTS_SINCE,
    values: [marked, MOST_EVENTS + 1],
    query_timeout: PATIENCE,
  });
  const { snapshot, at } = rows[0]!; // it always answers one row at least
  const events = rows.flatMap(({ id, body }) => id === null ? [] : [{ id, body: body ?? "" }]);
  const lost = at - Number(markedAt) > KEPT - MARGIN || events.length > MOST_EVENTS ||
    isAnother(marked, snapshot);
  return { mark: `${at} ${snapshot}`, rows: events, lost };
}

/** Transactions are counted anew: it is not the server that was watched before. */
function isAnother(before: string, now: string): boolean {
  const [, ...[nextNow = "0"]] = now.split(":");
  const [oldestBefore = "0"] = before.split(":");
  return BigInt(nextNow) < BigInt(oldestBefore);
}

async function moved(
  session: WatchSession,
  rooms: WatchedRooms,
): Promise<[room: number, head: number][]> {
  const { come, gone } = session.filled
    ? rooms.takeDifferences()
    : { come: rooms.takeAll(), gone: [] };
  // If it fails, what was taken may be lost: the list is made anew.
  const anew = !session.filled;
  session.filled = false;
  const { rows } = await session.connection.query<{ id: number; head: number }>({
    name: "sweep",
    text: SWEEP,
    values: [anew, listOf(gone), listOf(come.map(([id]) => id)), listOf(come.map(([, at]) => at))],
    query_timeout: PATIENCE,
  });
  session.filled = true;
  return rows.map(({ id, head }) => [id, head]);
}

/** As an array is written in PostgreSQL: the client would quote each number. */
function listOf(numbers: readonly number[]): string {
  return `{${numbers.join(",")}}`;
}
