/**
 * The judge of fault tests. Every client logs what it sent, what was acknowledged and what it
 * received; here that is held against the database as a fresh fetch shows it:
 *
 * - acknowledged ⊆ database;
 * - at most one message for each (user, clientId);
 * - each room's `seq` and `rev` without holes or repeats;
 * - every member's final state equals the fetch.
 *
 * It knows objects of the protocol only: no sockets, no server.
 */
import type { Message } from "../../lib/protocol/objects.ts";

/** One command that changes a room, as its client saw it. */
export interface Attempt {
  userId: number;
  room: number;
  what: "send" | "edit" | "delete" | "react";
  /** Of a `send`. */
  clientId?: string;
  text?: string;
  /** Where the ack said that it stands; `null` while there was none. */
  acked: { id: number; seq: number; rev: number } | null;
}

/** A room as somebody holds or fetches it. */
export interface RoomView {
  head: number;
  /** Ascending by `seq`. */
  messages: Message[];
}

export interface Evidence {
  attempts: Attempt[];
  /** Live `message` events of all clients: which revision was which message's. */
  received: { room: number; rev: number; message: number }[];
  /** Every room as the server gives it to a fresh client. */
  fetched: Map<number, RoomView>;
  /** Every client's final state. */
  held: { who: string; room: number; view: RoomView }[];
}

/** Every violation of the promise, in a sentence each; empty where it was kept. */
export function violations(evidence: Evidence): string[] {
  return [
    ...lostMessages(evidence),
    ...doubledMessages(evidence),
    ...[...evidence.fetched].flatMap(([room, view]) => brokenNumbers(evidence, room, view)),
    ...differentStates(evidence),
  ];
}

function lostMessages({ attempts, fetched }: Evidence): string[] {
  return attempts.flatMap(({ what, room, text, clientId, acked }) => {
    if (acked === null) return [];
    const stored = fetched.get(room)?.messages.find(({ id }) => id === acked.id);
    if (stored === undefined) return [`room ${room}: acknowledged message ${acked.id} is gone`];
    if (stored.rev < acked.rev) return [`room ${room}: change ${acked.rev} is gone`];
    if (what !== "send") return [];
    const isSame = stored.seq === acked.seq && stored.clientId === clientId &&
      (stored.editedAt !== null || stored.deletedAt !== null || stored.text === text);
    return isSame ? [] : [`room ${room}: message ${acked.id} is not what was acknowledged`];
  });
}

function doubledMessages({ fetched }: Evidence): string[] {
  const messages = [...fetched.values()].flatMap((view) => view.messages);
  return repeated(messages.map(({ userId, clientId }) => `${userId} ${clientId}`))
    .map((key) => `user and clientId ${key} are stored more than once`);
}

/**
 * Every number up to the head is some change: a message's creation or last change, or one that
 * was acknowledged or received. A change whose ack was lost explains one number that nobody saw.
 */
function brokenNumbers(evidence: Evidence, room: number, view: RoomView): string[] {
  const { head, messages } = view;
  const acked = evidence.attempts.filter((attempt) => attempt.room === room && attempt.acked);
  const received = evidence.received.filter((event) => event.room === room);
  const seen = new Set([
    ...messages.flatMap(({ seq, rev }) => [seq, rev]),
    ...acked.map((attempt) => attempt.acked!.rev),
    ...received.map(({ rev }) => rev),
  ]);
  const numbers = Array.from({ length: head }, (_, at) => at + 1);
  const unseen = numbers.filter((number) => !seen.has(number));
  const unanswered =
    evidence.attempts.filter((attempt) =>
      attempt.room === room && attempt.acked === null && attempt.what !== "send"
    ).length;
  return [
    ...(unseen.length > unanswered ? [`room ${room}: nobody made the changes ${unseen}`] : []),
    ...[...seen].filter((number) => number > head || number < 1)
      .map((number) => `room ${room}: change ${number} is beyond the head ${head}`),
    ...repeated(messages.map(({ seq }) => seq)).map((seq) => `room ${room}: seq ${seq} twice`),
    ...repeated(messages.map(({ rev }) => rev)).map((rev) => `room ${room}: rev ${rev} twice`),
    ...ambiguous(acked, received).map((rev) => `room ${room}: rev ${rev} means two changes`),
  ];
}

/** Revisions that were told to be of different messages. */
function ambiguous(acked: Attempt[], received: Evidence["received"]): number[] {
  const meanings = new Map<number, Set<number>>();
  const note = (rev: number, message: number) =>
    meanings.set(rev, (meanings.get(rev) ?? new Set()).add(message));
  for (const attempt of acked) note(attempt.acked!.rev, attempt.acked!.id);
  for (const { rev, message } of received) note(rev, message);
  return [...meanings].filter(([, messages]) => messages.size > 1).map(([rev]) => rev);
}

function differentStates({ held, fetched }: Evidence): string[] {
  return held.flatMap(({ who, room, view }) => {
    const truth = fetched.get(room);
    if (truth === undefined) return [`${who} holds room ${room}, which nobody can fetch`];
    if (truth.head !== view.head) {
      return [`${who}: room ${room} is at ${view.head}, the server at ${truth.head}`];
    }
    const ids = new Set([...truth.messages, ...view.messages].map(({ id }) => id));
    const of = ({ messages }: RoomView, id: number) =>
      JSON.stringify(messages.find((message) => message.id === id));
    return [...ids].filter((id) => of(truth, id) !== of(view, id))
      .map((id) => `${who}: message ${id} is ${of(view, id)}, on the server ${of(truth, id)}`);
  });
}

function repeated<T>(values: T[]): T[] {
  const seen = new Set<T>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}
