/** One call of the database's send function: how messages go to it, and what it answers. */
import type { Connection } from "../../postgres/connection.ts";
import type { NewMessage } from "../contract/messages.ts";
import { mentionedKeys } from "../operations/parts/mentions.ts";
import type { MessageRow } from "../operations/parts/rows.ts";
import { SEND_FUNCTION } from "./send_function.ts";

/** A message whose sender may write, as far as is known. */
export interface Decided {
  input: NewMessage;
  /** Of the sender: see `SEEN`. */
  seen: string;
}

/** What became of one message, in the order in which they were handed over. */
export interface SendAnswer {
  /** One of `VERDICT`. */
  verdict: number;
  /** Of the message that was stored, now or before. */
  id: number;
  seq: number;
  access: number;
  mentions: number[];
  /** Of a reply: its root. */
  thread: number | null;
}

/** Whose state of a thread has changed; all of them follow it. */
export type ThreadStateRow = [root: number, userId: number, readSeq: number, fresh: 0 | 1];

export interface SendAnswers {
  /** In the order of the messages. */
  each: SendAnswer[];
  /** Of the replies that were stored, as they were before. */
  roots: MessageRow[];
  states: ThreadStateRow[];
}

/** Made in one statement with the parameters' types, so that the server need not guess. */
const CALL = {
  name: SEND_FUNCTION,
  text: `SELECT verdicts, ids, seqs, accesses, mentions, threads, roots, states
    FROM ${SEND_FUNCTION}($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[],
    $6::bigint[], $7::smallint[], $8::text[], $9::int[], $10::int[], $11::text[], $12::boolean)`,
};

interface Row {
  verdicts: string;
  ids: string;
  seqs: string;
  accesses: string;
  mentions: (string | null)[] | null;
  threads: string | null;
  roots: string | null;
  states: string | null;
}

/**
 * Stores what can be stored, in one transaction that is durable when this resolves.
 *
 * @param hurried passes over rooms that others have locked, instead of waiting for them
 */
export async function callSend(
  connection: Connection,
  messages: readonly Decided[],
  hurried: boolean,
): Promise<SendAnswers> {
  const { rows } = await connection.query<Row>({
    ...CALL,
    values: await valuesOf(messages, hurried),
  });
  const { mentions, threads, roots, states, ...lists } = rows[0]!; // it always answers one row
  const { verdicts, ids, seqs, accesses } = lists;
  const ofThreads = threads === null ? [] : numbersOf(threads);
  const [verdict, id, seq, access] = [verdicts, ids, seqs, accesses].map(numbersOf);
  const each = messages.map((_, place) => ({
    verdict: verdict![place]!,
    id: id![place]!,
    seq: seq![place]!,
    access: access![place]!,
    mentions: mentioned(mentions?.[place]),
    thread: ofThreads[place] || null,
  }));
  // The casts: the function writes rows of messages, and lists of numbers.
  return {
    each,
    roots: roots === null ? [] : JSON.parse(roots) as MessageRow[],
    states: states === null ? [] : JSON.parse(states) as ThreadStateRow[],
  };
}

async function valuesOf(messages: readonly Decided[], hurried: boolean): Promise<unknown[]> {
  const inputs = messages.map(({ input }) => input);
  const mentioned = await Promise.all(inputs.map(({ text }) => mentionedKeys(text)));
  const keys = mentioned.flatMap((names, index) =>
    names.flatMap((those, name) => those.map((key) => ({ message: index + 1, name, key })))
  );
  const numbers = (of: (input: NewMessage) => number | null) => listOf(inputs.map(of));
  return [
    numbers(({ room }) => room),
    numbers(({ userId }) => userId),
    inputs.map(({ clientId }) => clientId),
    inputs.map(({ text }) => text),
    numbers(({ now }) => now),
    numbers(({ replyTo }) => replyTo),
    numbers(({ threadOnly }) => threadOnly ? 1 : 0),
    messages.map(({ seen }) => seen),
    listOf(keys.map(({ message }) => message)),
    listOf(keys.map(({ name }) => name)),
    keys.map(({ key }) => key),
    hurried,
  ];
}

/** As an array is written in PostgreSQL: the client would quote each number. */
function listOf(numbers: readonly (number | null)[]): string {
  return `{${numbers.map((number) => number ?? "NULL").join(",")}}`;
}

function numbersOf(list: string): number[] {
  return list.split(",").map(Number);
}

/** The cast: the function writes a list of ids. */
function mentioned(list: string | null | undefined): number[] {
  return list ? JSON.parse(list) as number[] : [];
}
