/**
 * Stores a run of messages on one connection: who may write is decided here, by the shared rules;
 * what is decided is stored by the send function, a call for as many as there are. What is not of
 * that kind (a room that was hidden, an archived one) goes through the shared operation, alone.
 *
 * What one person wrote in one room is stored in the order in which it came.
 */
import type { Connection } from "../../postgres/connection.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { BatchWriter } from "../commit/batch.ts";
import { type BatchOutcome, toWireError, unavailable } from "../commit/wire.ts";
import type { NewMessage } from "../contract/messages.ts";
import type { Result, Written } from "../operations/operation.ts";
import { noReplyTarget, sentBefore } from "../operations/parts/sending.ts";
import type { BriefMessage } from "../operations/parts/sent.ts";
import { POSTGRES_FAILURES, stateOf } from "./failures.ts";
import { callSend, type Decided, type SendAnswer, type SendAnswers } from "./send_call.ts";
import { VERDICT } from "./send_function.ts";
import { goesAlone, partRun, SendRun } from "./send_run.ts";
import { SentReplies } from "./sent_replies.ts";
import { Senders } from "./senders.ts";
import type { PostgresTransaction } from "./transaction.ts";

/** How often messages are decided about, and how often a call is repeated, because of others. */
const MOST_PASSES = 5;
const MOST_CONFLICTS = 5;
/** SQLSTATE of a lock that was not given within the session's limit. */
const LOCK_NOT_AVAILABLE = "55P03";
/** Milliseconds for which a room that somebody keeps locked takes nothing: as long as clients wait. */
const SHUT = 1_000;

export interface MessageWriterOptions {
  connection: Connection;
  transaction: PostgresTransaction;
  /** Runs the shared operation, on the same connection. */
  writer: BatchWriter;
  now(): Ticks;
}

/** A message on its way, with its index in the run. */
interface Waiting extends Decided {
  index: number;
  username: string;
}

/** The database cannot do its work just now: whoever has no answer yet is to send again. */
class Halted extends Error {
  override readonly name = "Halted";
}

export class MessageWriter {
  readonly #options: MessageWriterOptions;
  readonly #senders: Senders;
  /** Until when a room is shut. */
  readonly #shut = new Map<number, Ticks>();

  constructor(options: MessageWriterOptions) {
    this.#options = options;
    this.#senders = new Senders(options.connection);
  }

  /** What is answered as stored is durable. Never rejects. */
  async write(inputs: readonly NewMessage[]): Promise<BatchOutcome> {
    const run = new SendRun(inputs);
    try {
      let waiting = inputs.map((_, index) => index);
      for (let pass = 0; waiting.length > 0 && pass < MOST_PASSES; pass++) {
        waiting = await this.#pass(run, waiting);
      }
      for (const index of waiting) await this.#alone(run, index);
      return run.outcome();
    } catch (thrown) {
      return run.halted(this.#reasonOf(thrown));
    }
  }

  /** Returns who has to wait for the next pass, in order. */
  async #pass(run: SendRun, indexes: readonly number[]): Promise<number[]> {
    const { now, parted } = partRun(run.inputs, indexes);
    const decisions = await this.#senders.decide(now.map((index) => run.inputs[index]!));
    const together: Waiting[] = [];
    for (const [place, index] of now.entries()) {
      const input = run.inputs[index]!;
      const decision = decisions[place]!;
      if (this.#isShut(input.room)) run.refuse(index, unavailable());
      else if (decision instanceof Error) {
        run.refuse(index, toWireError(decision, POSTGRES_FAILURES));
      } else if (decision === "alone" || goesAlone(input)) await this.#alone(run, index);
      else together.push({ index, input, ...decision });
    }
    const again = together.length === 0 ? [] : await this.#store(run, together);
    return [...again, ...parted].sort((a, b) => a - b);
  }

  /** Returns who has to wait for the next pass. */
  async #store(run: SendRun, messages: readonly Waiting[]): Promise<number[]> {
    const answers = await this.#call(messages);
    if (answers !== null) return await this.#settle(run, messages, answers);
    const [only] = messages;
    if (messages.length === 1) {
      await this.#alone(run, only!.index);
      return [];
    }
    // One of them is to blame: the others must not suffer.
    const half = messages.length >> 1;
    const again = await this.#store(run, messages.slice(0, half));
    return [...again, ...await this.#store(run, messages.slice(half))];
  }

  /** Null where a message is to blame, or others were in the way again and again. */
  async #call(messages: readonly Waiting[]): Promise<SendAnswers | null> {
    let hurried = false;
    for (let conflicts = 0; conflicts < MOST_CONFLICTS;) {
      try {
        return await callSend(this.#options.connection, messages, hurried);
      } catch (thrown) {
        const kind = POSTGRES_FAILURES.kindOf(thrown);
        if (kind === "operation") return null;
        if (kind === "conflict") conflicts += 1;
        else if (!hurried && stateOf(thrown) === LOCK_NOT_AVAILABLE) hurried = true;
        else throw thrown;
      }
    }
    // As where a place is taken beyond the head of a room that was repaired by hand meanwhile.
    this.#senders.forgetAll();
    return null;
  }

  async #settle(
    run: SendRun,
    messages: readonly Waiting[],
    answers: SendAnswers,
  ): Promise<number[]> {
    const again: number[] = [];
    const replies = new SentReplies(answers);
    const known: Promise<void>[] = [];
    /** Rooms to bring back to all their members, each with its first message. */
    const hidden = new Map<number, number>();
    for (const [place, { index, input, username }] of messages.entries()) {
      const answer = answers.each[place]!;
      switch (answer.verdict) {
        case VERDICT.stored:
          run.store(index, toldOf(replies, input, username, answer));
          break;
        case VERDICT.known:
          known.push(this.#recognise(run, index, answer.id));
          break;
        case VERDICT.noTarget:
          run.refuse(index, toWireError(noReplyTarget(), POSTGRES_FAILURES));
          break;
        case VERDICT.busy:
          this.#shut.set(input.room, this.#options.now() + SHUT as Ticks);
          run.refuse(index, unavailable());
          break;
        case VERDICT.hidden:
          if (hidden.has(input.room)) again.push(index);
          else hidden.set(input.room, index);
          break;
        default:
          this.#senders.forget(input);
          again.push(index);
      }
    }
    await Promise.all(known);
    for (const index of hidden.values()) await this.#alone(run, index);
    return again;
  }

  async #recognise(run: SendRun, index: number, earlierId: number): Promise<void> {
    const { driver } = this.#options.transaction;
    try {
      run.keep(index, await sentBefore(driver, run.inputs[index]!, earlierId));
    } catch (thrown) {
      if (POSTGRES_FAILURES.kindOf(thrown) === "storage") throw thrown;
      run.refuse(index, toWireError(thrown, POSTGRES_FAILURES));
    }
  }

  /** By the shared operation, in a transaction of its own. */
  async #alone(run: SendRun, index: number): Promise<void> {
    const { writer } = this.#options;
    const outcome = await writer.write({ names: ["sendMessage"], inputs: [run.inputs[index]] });
    const error = outcome.errors.get(0);
    if (outcome.failure !== null) throw new Halted(outcome.failure);
    if (error === undefined) run.store(index, outcome.outcomes[0]);
    else run.refuse(index, error);
  }

  #isShut(room: number): boolean {
    const until = this.#shut.get(room);
    if (until === undefined) return false;
    if (this.#options.now() < until) return true;
    this.#shut.delete(room);
    return false;
  }

  /** For the log; null for a lost connection, of which the log has heard. */
  #reasonOf(thrown: unknown): string | null {
    if (this.#options.connection.lost) return null;
    return thrown instanceof Halted ? thrown.message : POSTGRES_FAILURES.describe(thrown);
  }
}

function toldOf(
  replies: SentReplies,
  input: NewMessage,
  username: string,
  answer: SendAnswer,
): BriefMessage | Written<Result<"sendMessage">> {
  const { id, seq, access, mentions, thread } = answer;
  if (thread !== null) return replies.next(input, username, { ...answer, thread });
  return { id, seq, access, mentions, username };
}
