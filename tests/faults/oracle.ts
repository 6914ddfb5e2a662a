/**
 * The one judge of all fault tests: from what clients logged and what the database holds, it says
 * which promises of the protocol were broken. Pure: it knows no sockets, no programs, no time.
 */
import { isDeepStrictEqual } from "node:util";
import type { MessagePlace } from "../../lib/protocol/events.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { Room } from "../../lib/protocol/rooms.ts";

/** What a member sees of a room: everything that an event can change and a fetch can show. */
export interface RoomView extends Pick<Room, "kind" | "name" | "topic" | "archived" | "head"> {
  /** Ascending by `seq`. */
  messages: Message[];
}

export type View = ReadonlyMap<number, RoomView>;

export interface SentMessage {
  clientId: string;
  room: number;
  text: string;
}

/** An ack of a `send`. */
export interface AckedMessage {
  clientId: string;
  place: MessagePlace;
  duplicate: boolean;
}

/** Something live: a `message` event, or `null` where the client began to hear the room anew. */
export interface Heard {
  room: number;
  /** Which of the client's connections. */
  connection: number;
  change: { rev: number; message: number; seq: number } | null;
}

/** What one client did and saw, in order. */
export interface ClientLog {
  name: string;
  userId: number;
  sent: SentMessage[];
  acked: AckedMessage[];
  /** Acks of edits, deletions and reactions. */
  changed: MessagePlace[];
  heard: Heard[];
  /** Rooms that the server told the client to drop and load anew, without a new epoch. */
  resets: number[];
}

/** A row of `messages`. */
export interface StoredMessage {
  id: number;
  room: number;
  seq: number;
  rev: number;
  userId: number;
  clientId: string;
  text: string;
  /** Whether it was edited or deleted, so that its text is not what was sent. */
  rewritten: boolean;
}

export interface Evidence {
  clients: readonly ClientLog[];
  /** The database at the end. */
  rows: readonly StoredMessage[];
  heads: ReadonlyMap<number, number>;
  /** For each client that is still there: its state by events, and a fresh fetch of the same. */
  views: readonly { name: string; state: View; fetched: View }[];
  /** The clients were connected to several nodes over one database. */
  severalNodes?: boolean;
}

/** Every broken promise as a sentence; empty where all were kept. */
export function findViolations(evidence: Evidence): string[] {
  return [
    ...lostAcks(evidence),
    ...doubledMessages(evidence),
    ...contradictoryAcks(evidence),
    ...brokenCounters(evidence),
    ...brokenStreams(evidence),
    ...wrongFetches(evidence),
    ...wrongStates(evidence),
  ];
}

/** Acknowledged ⊆ database. */
function* lostAcks({ clients, rows }: Evidence): Generator<string> {
  const stored = new Map(rows.map((row) => [row.id, row]));
  for (const { name, userId, sent, acked, changed } of clients) {
    const texts = new Map(sent.map((each) => [each.clientId, each]));
    for (const { clientId, place } of acked) {
      const row = stored.get(place.id);
      const what = `${name}: the acknowledged message ${place.id} (${clientId})`;
      if (row === undefined) {
        yield `${what} is not in the database`;
        continue;
      }
      const message = texts.get(clientId);
      if (message === undefined) yield `${what} was never sent`;
      else if (message.room !== place.room) yield `${what} was meant for room ${message.room}`;
      const same = row.userId === userId && row.clientId === clientId && row.room === place.room &&
        row.seq === place.seq && row.rev >= place.rev &&
        (row.rewritten || row.text === message?.text);
      if (!same) yield `${what} is stored otherwise: ${JSON.stringify(row)}`;
    }
    for (const place of changed) {
      const row = stored.get(place.id);
      if (row === undefined || row.rev < place.rev) {
        yield `${name}: the acknowledged change ${place.rev} of ${place.id} is not in the database`;
      }
    }
  }
}

/** At most one row for a `clientId` of a user. */
function* doubledMessages({ rows }: Evidence): Generator<string> {
  const seen = new Map<string, StoredMessage>();
  for (const row of rows) {
    const key = `${row.userId} ${row.clientId}`;
    const first = seen.get(key);
    if (first !== undefined) yield `${row.clientId} is stored as ${first.id} and as ${row.id}`;
    seen.set(key, row);
  }
}

/** However often a message was sent: one place, and at most one ack that calls it new. */
function* contradictoryAcks({ clients }: Evidence): Generator<string> {
  const first = new Map<string, AckedMessage>();
  const fresh = new Set<string>();
  for (const { name, userId, acked } of clients) {
    for (const ack of acked) {
      const key = `${userId} ${ack.clientId}`;
      const known = first.get(key) ?? ack;
      first.set(key, known);
      if (!isDeepStrictEqual(placeOf(ack), placeOf(known))) {
        yield `${name}: ${ack.clientId} was acknowledged in two places`;
      }
      if (!ack.duplicate && fresh.has(key)) yield `${name}: ${ack.clientId} was new twice`;
      if (!ack.duplicate) fresh.add(key);
    }
  }
}

const placeOf = ({ place: { id, room, seq, ts } }: AckedMessage) => [id, room, seq, ts];

/**
 * Each of 1…head belongs to exactly one change. A row shows its first and its last change; those
 * between are known from acks and from what was heard, so every change must have been acknowledged
 * to somebody, as clients that repeat what was not answered see to.
 */
function* brokenCounters({ clients, rows, heads }: Evidence): Generator<string> {
  const owners = new Map<number, Map<number, number>>();
  for (const room of heads.keys()) owners.set(room, new Map());
  for (const { room, rev, message } of knownChanges(clients, rows)) {
    const known = owners.get(room);
    if (known === undefined || rev < 1 || rev > heads.get(room)!) {
      yield `room ${room} has a change ${rev} of message ${message}, outside 1 to its head`;
      continue;
    }
    const owner = known.get(rev) ?? message;
    if (owner !== message) yield `room ${room}: ${rev} belongs to messages ${owner} and ${message}`;
    known.set(rev, owner);
  }
  for (const [room, head] of heads) {
    for (let rev = 1; rev <= head; rev++) {
      if (!owners.get(room)!.has(rev)) yield `room ${room}: ${rev} of ${head} belongs to no change`;
    }
  }
}

function* knownChanges(clients: readonly ClientLog[], rows: readonly StoredMessage[]) {
  for (const { id: message, room, seq, rev } of rows) {
    yield { room, rev: seq, message };
    yield { room, rev, message };
  }
  for (const { changed, acked, heard } of clients) {
    for (const { id: message, room, rev } of changed) yield { room, rev, message };
    for (const { place: { id: message, room, seq, rev } } of acked) {
      yield { room, rev: seq, message };
      yield { room, rev, message };
    }
    for (const { room, change } of heard) if (change !== null) yield { room, ...change };
  }
}

/**
 * On one connection a room's live events come one after the other: no hole, repeat or reorder. With
 * several nodes, what was lost between them is read again, when a later change may have taken the
 * place of an earlier one: such holes are allowed, and clients ask.
 */
function* brokenStreams({ clients, rows, severalNodes = false }: Evidence): Generator<string> {
  const final = new Set(rows.map(({ room, rev }) => `${room} ${rev}`));
  const isReplaced = (room: number, after: number, before: number) => {
    for (let rev = after + 1; rev < before; rev++) if (final.has(`${room} ${rev}`)) return false;
    return severalNodes && before > after;
  };
  for (const { name, heard, resets } of clients) {
    for (const room of resets) yield `${name} was told to drop room ${room}`;
    const last = new Map<string, number>();
    for (const { room, connection, change } of heard) {
      const key = `${connection} ${room}`;
      const before = last.get(key);
      if (change === null) {
        last.delete(key);
        continue;
      }
      const follows = before === undefined || change.rev === before + 1 ||
        isReplaced(room, before, change.rev);
      if (!follows) {
        yield `${name}, connection ${connection}: in room ${room} ${change.rev} followed ${before}`;
      }
      last.set(key, change.rev);
    }
  }
}

/** Whoever asks gets what the database holds: of each room all messages, and its head. */
function* wrongFetches({ views, rows, heads }: Evidence): Generator<string> {
  const stored = Map.groupBy(rows, ({ room }) => room);
  for (const { name, fetched } of views) {
    for (const [id, { head, messages }] of fetched) {
      const known = new Map((stored.get(id) ?? []).map((row) => [row.id, row]));
      const what = `${name} fetches room ${id}`;
      if (head !== heads.get(id)) yield `${what} at ${head}, stored is ${heads.get(id)}`;
      for (const message of messages) {
        if (!isRow(message, known.get(message.id))) {
          yield `${what} with message ${message.id} wrong`;
        }
        known.delete(message.id);
      }
      for (const missing of known.keys()) yield `${what} without message ${missing}`;
    }
  }
}

function isRow(message: Message, row: StoredMessage | undefined): boolean {
  return row !== undefined && message.seq === row.seq && message.rev === row.rev &&
    message.userId === row.userId && message.clientId === row.clientId && message.text === row.text;
}

/** Events applied to the state give what the server gives. */
function* wrongStates({ views }: Evidence): Generator<string> {
  for (const { name, state, fetched } of views) {
    for (const room of new Set([...state.keys(), ...fetched.keys()])) {
      const [own, fresh] = [state.get(room), fetched.get(room)];
      if (own === undefined) yield `${name} does not know room ${room}`;
      else if (fresh === undefined) yield `${name} still has room ${room}`;
      else if (!isDeepStrictEqual(own, fresh)) yield `${name}, room ${room}: ${unlike(own, fresh)}`;
    }
  }
}

function unlike(own: RoomView, fresh: RoomView): string {
  const byId = new Map(own.messages.map((message) => [message.id, message]));
  const other = fresh.messages.find((message) => !isDeepStrictEqual(byId.get(message.id), message));
  if (other !== undefined) {
    return `has ${JSON.stringify(byId.get(other.id))}, the server ${JSON.stringify(other)}`;
  }
  const brief = ({ messages, ...room }: RoomView) => JSON.stringify([room, messages.length]);
  return `has ${brief(own)}, the server ${brief(fresh)}`;
}
