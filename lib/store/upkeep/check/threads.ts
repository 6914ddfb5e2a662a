/** Threads: where replies stand, what roots say of them, and what is new to whom. */
import { type Check, rowCheck } from "./rows.ts";

const places = rowCheck<{ id: number; root: number }>(
  "messages.thread_id(root)",
  `SELECT x.id, coalesce(o.thread_id, o.id) AS root
   FROM messages AS x JOIN messages AS o ON o.id = x.reply_to
     AND o.room_id = x.room_id
   WHERE x.thread_id IS NULL OR x.thread_id <> coalesce(o.thread_id, o.id) ORDER BY x.id`,
  (row) => `Message ${row.id} answers in the thread of message ${row.root}, and is not in it.`,
);

const strays = rowCheck<{ id: number }>(
  "messages.thread_id(reply)",
  `SELECT id FROM messages
   WHERE reply_to IS NULL AND (thread_id IS NOT NULL OR thread_only = 1) ORDER BY id`,
  (row) => `Message ${row.id} is in a thread, and answers nothing.`,
);

const counts = rowCheck<{ id: number; reply_count: number; replies: number }>(
  "reply_count",
  `SELECT x.id, x.reply_count, coalesce(found.replies, 0) AS replies
   FROM messages AS x LEFT JOIN (
     SELECT thread_id, count(*) AS replies, max(seq) AS last FROM messages
     WHERE thread_id IS NOT NULL AND deleted_at IS NULL GROUP BY thread_id
   ) AS found ON found.thread_id = x.id
   WHERE x.reply_count <> coalesce(found.replies, 0)
     OR (found.last IS NOT NULL AND x.last_reply_seq <> found.last)
   ORDER BY x.id`,
  (row) =>
    row.reply_count === row.replies
      ? `Message ${row.id} names another last reply than it has.`
      : `Message ${row.id} counts ${row.reply_count} replies, and has ${row.replies}.`,
);

const news = rowCheck<{ root_id: number; user_id: number; fresh: number }>(
  "thread_marks.fresh",
  `SELECT t.root_id, t.user_id, t.fresh FROM thread_marks AS t
   JOIN members AS m ON m.room_id = t.room_id AND m.user_id = t.user_id
   WHERE t.state = 1 AND t.fresh <> CASE WHEN EXISTS (
     SELECT 1 FROM messages AS x WHERE x.thread_id = t.root_id AND x.seq > t.read_seq
       AND x.user_id <> t.user_id AND x.deleted_at IS NULL
   ) THEN 1 ELSE 0 END
   ORDER BY t.root_id, t.user_id`,
  ({ root_id, user_id, fresh }) =>
    fresh === 1
      ? `To user ${user_id} thread ${root_id} is marked as new, and is not.`
      : `To user ${user_id} something in thread ${root_id} is new, and is not marked.`,
);

export const threadChecks: readonly Check[] = [places, strays, counts, news];
