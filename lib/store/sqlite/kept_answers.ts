/**
 * What a page begins with, answered again on the thread of who asks as long as nothing at all was
 * committed (docs/decisions/0068): going to the Worker and back costs more than all else of it. Each
 * answer is kept under the whole question, the reader included. It knows no answer's content.
 */
import type { Store } from "../store.ts";

/** Half of them hold two hundred readers who are in sixty rooms. */
const MOST_BYTES = 8 * 2 ** 20;
/** Of an answer, beside its texts and lists. */
const OVERHEAD = 500;
const SNAPSHOT_OVERHEAD = 2_000;
/** Of a followed thread, and of a number in a list. */
const [THREAD, NUMBER] = [100, 8];

/** Which state of the database an answer is of; null where nobody can say. */
type VersionOf = () => Promise<number | null>;

/** The store, with these reads answered here where they can be. Nobody may change an answer. */
export function withKeptAnswers(store: Store, versionOf: VersionOf): Store {
  const kept = new KeptAnswers(versionOf);
  return {
    ...store,
    // A page comes first, and then its connection, which is given what the page was. A thousand
    // connections that come back by themselves would drive out what pages are given again.
    snapshot: (input) =>
      kept.give(
        `snapshot ${input.userId}`,
        () => store.snapshot(input),
        input.once
          ? null
          : ({ rooms, users, ids, userIds, saved, threads }) =>
            SNAPSHOT_OVERHEAD + textBytes(rooms) + textBytes(users) + THREAD * threads.length +
            NUMBER * (3 * ids.length + userIds.length + saved.length),
      ),
    listRooms: (input) =>
      kept.give(
        `list ${input.userId}`,
        () => store.listRooms(input),
        ({ rooms, ids }) => OVERHEAD + textBytes(rooms) + NUMBER * ids.length,
      ),
    // Many readers have the same page: its text is counted by itself.
    history: (input) =>
      kept.give(
        `history ${JSON.stringify(input)}`,
        () => store.history(input),
        () => OVERHEAD,
      ),
  };
}

/** One letter beyond Latin-1 makes all of a text twice as large. */
function textBytes(text: string): number {
  return (/[\u0100-\uffff]/.test(text) ? 2 : 1) * text.length;
}

interface Kept {
  answer: unknown;
  /** Without its text, if it is one. */
  bytes: number;
}

export class KeptAnswers {
  readonly #versionOf: VersionOf;
  readonly #half: number;
  /** All are of this one: with another, none is there. */
  #version: number | null = null;
  /** What was asked for since the older one was full moves on, the rest goes with it. */
  #young = new Generation();
  #old = new Generation();

  constructor(versionOf: VersionOf, mostBytes = MOST_BYTES) {
    this.#versionOf = versionOf;
    this.#half = mostBytes / 2;
  }

  get bytes(): number {
    return this.#young.bytes + this.#old.bytes;
  }

  /**
   * @param question all that decides the answer but the database; the kind of answer comes first
   * @param bytesOf the answer; one that is a text is counted by itself, once for all who have it.
   * Null: it is not kept
   */
  async give<Answer>(
    question: string,
    ask: () => Promise<Answer>,
    bytesOf: ((answer: Answer) => number) | null,
  ): Promise<Answer> {
    // Before it is asked: what is committed meanwhile makes the answer one of another version.
    const version = await this.#versionOf();
    if (version === null) return await ask();
    if (version !== this.#version) this.#begin(version);
    const known = this.#find(question);
    // The cast: under a question, only answers to it are kept.
    if (known !== undefined) return known as Answer;
    const answer = await ask();
    if (bytesOf !== null && this.#version === version) {
      this.#keep(question, { answer, bytes: bytesOf(answer) });
    }
    return answer;
  }

  #begin(version: number): void {
    this.#version = version;
    this.#young = new Generation();
    this.#old = new Generation();
  }

  #find(question: string): unknown {
    const young = this.#young.answers.get(question);
    if (young !== undefined) return young.answer;
    const old = this.#old.answers.get(question);
    if (old !== undefined) this.#keep(question, old);
    return old?.answer;
  }

  #keep(question: string, kept: Kept): void {
    if (this.#young.add(question, kept, this.#half)) return;
    const next = new Generation();
    // One that would drive out all others is not kept.
    if (next.add(question, kept, this.#half)) [this.#old, this.#young] = [this.#young, next];
  }
}

class Generation {
  readonly answers = new Map<string, Kept>();
  bytes = 0;
  readonly #texts = new Map<string, string>();

  /** False where it has no room for it. */
  add(question: string, { answer, bytes }: Kept, mostBytes: number): boolean {
    const text = typeof answer === "string" ? answer : null;
    const known = text === null ? undefined : this.#texts.get(text);
    const isNew = text !== null && known === undefined;
    const more = bytes + 2 * question.length + (isNew ? textBytes(text) : 0);
    if (this.bytes + more > mostBytes) return false;
    this.bytes += more;
    if (isNew) this.#texts.set(text, text);
    this.answers.set(question, { answer: known ?? answer, bytes });
    return true;
  }
}
