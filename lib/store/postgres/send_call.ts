/** One call of the database's send function: how messages go to it, and what it answers. */
import type { Connection } from "../../postgres/connection.ts";
import type { NewMessage } from "../contract/messages.ts";
import { mentionedKeys } from "../operations/parts/mentions.ts";
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
}

/** Made in one statement with the parameters' types, so that the server need not guess. */
const CALL = {
  name: SEND_FUNCTION,
  text: `SELECT verdicts, ids, seqs, accesses, mentions FROM ${SEND_FUNCTION}($1::bigint[],
    $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::int[],
    $9::int[], $10::text[], $11::boolean)`,
};

interface Row {
  verdicts: string;
  ids: string;
  seqs: string;
  accesses: string;
  mentions: (string | null)[] | null;
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
): Promise<SendAnswer[]> {
  const { rows } = await connection.query<Row>({
    ...CALL,
    values: await valuesOf(messages, hurried),
  });
  const { verdicts, ids, seqs, accesses, mentions } = rows[0]!; // it always answers one row
  const [verdict, id, seq, access] = [verdicts, ids, seqs, accesses].map(numbersOf);
  return messages.map((_, place) => ({
    verdict: verdict![place]!,
    id: id![place]!,
    seq: seq![place]!,
    access: access![place]!,
    mentions: mentioned(mentions?.[place]),
  }));
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
