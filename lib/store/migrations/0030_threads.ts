/**
 * Threads: which message a reply stands below, what a root says of its replies, and how far each
 * person has read. A reply must be counted by whoever stores it, so programs from before cannot go
 * on beside this one. Earlier replies are put into their threads; everybody has read them.
 */
import type { Driver } from "../driver.ts";
import type { Migration } from "./migration.ts";

export const threads: Migration = {
  version: 30,
  statements: ({ database, integer, text }) => [
    `ALTER TABLE messages ADD COLUMN thread_id ${integer}`,
    `ALTER TABLE messages ADD COLUMN thread_only ${integer} NOT NULL DEFAULT 0
      CHECK (thread_only IN (0, 1))`,
    `ALTER TABLE messages ADD COLUMN reply_count ${integer} NOT NULL DEFAULT 0
      CHECK (reply_count >= 0)`,
    `ALTER TABLE messages ADD COLUMN last_reply_seq ${integer}`,
    `ALTER TABLE messages ADD COLUMN last_reply_ts ${integer}`,
    `ALTER TABLE messages ADD COLUMN repliers ${text}`,
    `ALTER TABLE messages ADD COLUMN title ${text}`,
    // Also what counts as unread is read from the index alone.
    "DROP INDEX messages_by_seq",
    database === "SQLite"
      ? `CREATE INDEX messages_by_seq ON messages (room_id, seq, user_id, deleted_at, thread_only)`
      : `CREATE UNIQUE INDEX messages_by_seq ON messages (room_id, seq)
         INCLUDE (user_id, deleted_at, thread_only)`,
    `CREATE INDEX messages_in_thread ON messages (thread_id, seq, user_id, deleted_at)
      WHERE thread_id IS NOT NULL`,
    `CREATE INDEX messages_with_title ON messages (room_id, last_reply_seq)
      WHERE title IS NOT NULL`,

    // state: 0 has only read it, 1 follows, 2 has said that they do not. fresh: a follower for whom
    // a reply by somebody else, which stands, lies behind read_seq; kept by whoever changes any of
    // it, so that what is new is counted without looking at the replies.
    `CREATE TABLE thread_marks (
      root_id ${integer} NOT NULL REFERENCES messages (id),
      user_id ${integer} NOT NULL REFERENCES users (id),
      room_id ${integer} NOT NULL REFERENCES rooms (id),
      state ${integer} NOT NULL CHECK (state IN (0, 1, 2)),
      read_seq ${integer} NOT NULL CHECK (read_seq >= 0),
      fresh ${integer} NOT NULL DEFAULT 0 CHECK (fresh IN (0, 1) AND (fresh = 0 OR state = 1)),
      PRIMARY KEY (root_id, user_id)
    )`,
    "CREATE INDEX thread_marks_by_user ON thread_marks (user_id, room_id, root_id)",
    "CREATE INDEX thread_marks_fresh ON thread_marks (user_id, room_id, root_id) WHERE fresh = 1",
  ],
  async rewrite(db) {
    await findThreads(db);
    await countReplies(db);
    await followThreads(db);
  },
};

/** From each reply up to the root, in steps that double: a chain of 1,000 replies takes ten. */
async function findThreads(db: Driver): Promise<void> {
  await db.run("UPDATE messages SET thread_id = reply_to WHERE reply_to IS NOT NULL", []);
  const higher = `UPDATE messages SET thread_id = above.thread_id FROM messages AS above
    WHERE messages.thread_id IS NOT NULL AND above.id = messages.thread_id
      AND above.thread_id IS NOT NULL`;
  while (await db.run(higher, []) > 0);
}

async function countReplies(db: Driver): Promise<void> {
  await db.run(
    `UPDATE messages SET reply_count = found.replies, last_reply_seq = found.last_seq
     FROM (
       SELECT thread_id, count(*) AS replies, max(seq) AS last_seq FROM messages
       WHERE thread_id IS NOT NULL AND deleted_at IS NULL GROUP BY thread_id
     ) AS found
     WHERE messages.id = found.thread_id`,
    [],
  );
  await db.run(
    `UPDATE messages SET last_reply_ts = last.ts FROM messages AS last
     WHERE messages.reply_count > 0 AND last.room_id = messages.room_id
       AND last.seq = messages.last_reply_seq`,
    [],
  );
  await db.run(
    `UPDATE messages SET repliers = named.repliers FROM (
       SELECT thread_id, '[' || string_agg(CAST(user_id AS text), ',' ORDER BY last DESC) || ']'
         AS repliers
       FROM (
         SELECT thread_id, user_id, last,
           row_number() OVER (PARTITION BY thread_id ORDER BY last DESC) AS place
         FROM (
           SELECT thread_id, user_id, max(seq) AS last FROM messages
           WHERE thread_id IS NOT NULL AND deleted_at IS NULL GROUP BY thread_id, user_id
         ) AS each_of
       ) AS ranked WHERE place <= 5 GROUP BY thread_id
     ) AS named
     WHERE messages.id = named.thread_id`,
    [],
  );
}

/** Authors of roots, who replied, who was mentioned: as far as they are members. */
async function followThreads(db: Driver): Promise<void> {
  await db.run(
    `INSERT INTO thread_marks (root_id, user_id, room_id, state, read_seq, fresh)
     SELECT root.id, m.user_id, root.room_id, 1, root.last_reply_seq, 0
     FROM (
       SELECT id AS root_id, user_id FROM messages WHERE reply_count > 0
       UNION SELECT thread_id, user_id FROM messages
         WHERE thread_id IS NOT NULL AND deleted_at IS NULL
       UNION SELECT coalesce(x.thread_id, x.id), mention.user_id
         FROM mentions AS mention
         JOIN messages AS x ON x.room_id = mention.room_id AND x.seq = mention.seq
         WHERE x.thread_id IS NOT NULL OR x.reply_count > 0
     ) AS of_thread
     JOIN messages AS root ON root.id = of_thread.root_id AND root.reply_count > 0
     JOIN members AS m ON m.room_id = root.room_id AND m.user_id = of_thread.user_id`,
    [],
  );
}
