/**
 * The marks of a thread while a series of messages replies to it: read once, and written once for all
 * its replies. Of a thread with very many marks none are kept: there the database is asked each time.
 * Nothing else changes marks meanwhile: whatever does ends the series.
 */
import type { OwnThread } from "../../changes.ts";
import type { Driver } from "../../driver.ts";
import {
  DECLINED,
  FOLLOWS,
  makeFollow,
  makeFresh,
  markReplier,
  READS,
  setMark,
  type ThreadPlace,
} from "./thread_marks.ts";

interface Mark {
  state: number;
  readSeq: number;
  fresh: boolean;
  /** Nothing is new to who has left the room. */
  member: boolean;
  changed: boolean;
}

/** A hundred bytes each. */
const MOST_MARKS = 64;

export class ThreadMarks {
  readonly #db: Driver;
  readonly #thread: ThreadPlace;
  /** Null if there are too many. */
  readonly #marks: Map<number, Mark> | null;

  private constructor(db: Driver, thread: ThreadPlace, marks: Map<number, Mark> | null) {
    this.#db = db;
    this.#thread = thread;
    this.#marks = marks;
  }

  static async read(db: Driver, thread: ThreadPlace): Promise<ThreadMarks> {
    const rows = await db.all<
      { user_id: number; state: number; read_seq: number; fresh: number; member: number | null }
    >(
      `SELECT t.user_id, t.state, t.read_seq, t.fresh, m.user_id AS member
       FROM thread_marks AS t
       LEFT JOIN members AS m ON m.room_id = t.room_id AND m.user_id = t.user_id
       WHERE t.root_id = ? LIMIT ${MOST_MARKS + 1}`,
      [thread.root],
    );
    if (rows.length > MOST_MARKS) return new ThreadMarks(db, thread, null);
    const marks = rows.map((row): [number, Mark] => [row.user_id, {
      state: row.state,
      readSeq: row.read_seq,
      fresh: row.fresh === 1,
      member: row.member !== null,
      changed: false,
    }]);
    return new ThreadMarks(db, thread, new Map(marks));
  }

  /** See `makeFollow`; something by somebody else stands behind `readSeq`. */
  async follow(people: ReadonlySet<number>, readSeq: number): Promise<OwnThread[]> {
    const states: OwnThread[] = [];
    const strangers: number[] = [];
    for (const userId of people) {
      const mark = this.#marks?.get(userId);
      if (mark === undefined) strangers.push(userId);
      else if (mark.state === READS && mark.member) {
        states.push(change(userId, mark, { state: FOLLOWS, fresh: true }));
      }
    }
    const from = { readSeq, fresh: true };
    const made = await makeFollow(this.#db, this.#thread, strangers, from);
    return [...states, ...this.#learn(made)];
  }

  /** See `markReplier`. */
  async reply(author: number, seq: number): Promise<OwnThread[]> {
    const mark = this.#marks?.get(author);
    if (mark === undefined) {
      return this.#learn(await markReplier(this.#db, this.#thread, author, seq));
    }
    if (mark.state === DECLINED || (mark.state === FOLLOWS && !mark.fresh)) return [];
    return [change(author, mark, { state: FOLLOWS, readSeq: seq, fresh: false })];
  }

  /** See `makeFresh`. */
  async hear(author: number, seq: number): Promise<OwnThread[]> {
    if (this.#marks === null) return await makeFresh(this.#db, this.#thread, author, seq);
    const states: OwnThread[] = [];
    for (const [userId, mark] of this.#marks) {
      if (mark.state !== FOLLOWS || mark.fresh || !mark.member || userId === author) continue;
      states.push(change(userId, mark, { fresh: true }));
    }
    return states;
  }

  async finish(): Promise<void> {
    const { root: id, room: room_id } = this.#thread;
    for (const [userId, mark] of this.#marks ?? []) {
      if (!mark.changed) continue;
      await setMark(this.#db, { id, room_id }, userId, mark);
      mark.changed = false;
    }
  }

  /** Who has a mark for the first time is a member. */
  #learn(states: OwnThread[]): OwnThread[] {
    for (const { userId, readSeq, fresh } of states) {
      this.#marks?.set(userId, { state: FOLLOWS, readSeq, fresh, member: true, changed: false });
    }
    return states;
  }
}

function change(userId: number, mark: Mark, to: Partial<Mark>): OwnThread {
  Object.assign(mark, to, { changed: true });
  return { userId, following: true, readSeq: mark.readSeq, fresh: mark.fresh };
}
