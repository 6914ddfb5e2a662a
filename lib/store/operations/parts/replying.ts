/**
 * Replies among the messages of a series (`sending.ts`). A reply changes two messages: itself is
 * new, and its root says that there is one more. Roots are read once and written once for all the
 * replies of a transaction; what each of them looked like is told with each reply.
 */
import { REPLIERS } from "../../../protocol/limits.ts";
import type { Message } from "../../../protocol/messages.ts";
import type { Driver } from "../../driver.ts";
import type { OwnThread } from "../../changes.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./rows.ts";
import { ThreadMarks } from "./kept_marks.ts";

/** A root as it is after the replies so far. */
export interface Root {
  message: Message;
  /** As it was when it was read. */
  base: Message;
  /** It differs from what is stored. */
  changed: boolean;
  /** Read with its first reply here. */
  marks?: ThreadMarks;
}

export const NAMED_REPLIERS = REPLIERS;

/** How many roots are kept: each may hold 8,000 characters. */
const MOST_ROOTS = 256;

const FIND_ROOT = `SELECT ${MESSAGE_COLUMNS} FROM messages AS target
  JOIN messages AS x ON x.id = coalesce(target.thread_id, target.id)
  JOIN users AS author ON author.id = x.user_id
  WHERE target.id = ? AND target.room_id = ?`;

export class Replying {
  readonly #db: Driver;
  readonly #roots = new Map<number, Root>();

  constructor(db: Driver) {
    this.#db = db;
  }

  /** The root of the thread to which an answer to this message belongs; null: not in this room. */
  async rootOf(room: number, target: number): Promise<Root | null> {
    const known = this.#roots.get(target);
    if (known !== undefined) return known.message.room === room ? known : null;
    const row = await this.#db.get<MessageRow>(FIND_ROOT, [target, room]);
    if (row === undefined) return null;
    const kept = this.#roots.get(row.id); // what is stored may be older
    if (kept !== undefined) return kept;
    const message = toMessage(row);
    const root: Root = { message, base: message, changed: false };
    this.#roots.set(row.id, root);
    return root;
  }

  /**
   * The root takes the place behind its new reply. A mention makes somebody follow, that of a group
   * only where nothing else would tell them. Returns whose state of the thread changed.
   * @param named whom the reply mentions by their names
   */
  async add(root: Root, reply: Message, named: readonly number[]): Promise<OwnThread[]> {
    const before = root.message;
    root.message = withReply(before, reply);
    root.changed = true;
    const { userId: author, seq } = reply;
    const others = new Set(reply.threadOnly ? reply.mentions : named);
    if ((before.replies?.count ?? 0) === 0) {
      others.add(before.userId);
      if (before.mentionsAll === undefined) before.mentions.forEach((id) => others.add(id));
    }
    others.delete(author);
    const thread = { root: before.id, room: reply.room };
    const marks = root.marks ??= await ThreadMarks.read(this.#db, thread);
    const readSeq = before.replies?.lastSeq ?? before.seq;
    return [
      ...await marks.follow(others, readSeq),
      ...await marks.reply(author, seq),
      ...await marks.hear(author, seq),
    ];
  }

  async finish(): Promise<void> {
    for (const root of this.#roots.values()) {
      if (!root.changed) continue;
      await storeReplies(this.#db, root.message);
      await root.marks?.finish();
      root.changed = false;
    }
    if (this.#roots.size >= MOST_ROOTS) this.#roots.clear();
  }
}

/** The root as it stands behind its new reply. */
export function withReply(root: Message, { seq, ts, userId }: Message): Message {
  const { count = 0, users = [], ...kept } = root.replies ?? {};
  const repliers = [userId, ...users.filter((id) => id !== userId)].slice(0, REPLIERS);
  const replies = { ...kept, count: count + 1, lastSeq: seq, lastTs: ts, users: repliers };
  return { ...root, rev: seq + 1, replies };
}

async function storeReplies(db: Driver, { id, rev, replies }: Message): Promise<void> {
  const { count, lastSeq, lastTs, users } = replies!; // set by each reply
  await db.run(
    `UPDATE messages SET rev = ?, reply_count = ?, last_reply_seq = ?, last_reply_ts = ?,
       repliers = ? WHERE id = ?`,
    [rev, count, lastSeq, lastTs, JSON.stringify(users), id],
  );
}
