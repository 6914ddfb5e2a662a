/**
 * What the send function does where some of the messages that it has stored are replies: their roots
 * count them, who wrote or was mentioned follows, and something is new to whoever follows. The same
 * as `replying.ts` and `thread_marks.ts` do for one after the other, here for all at once: their
 * roots are written once, and each person's mark as the last of the replies leaves it.
 */
import { NAMED_REPLIERS } from "../operations/parts/replying.ts";
import { MESSAGE_COLUMNS } from "../operations/parts/rows.ts";
import { DECLINED, FOLLOWS, READS } from "../operations/parts/thread_marks.ts";

/** The replies that were stored. No list has the name of a column of `messages`: that would win. */
const NEW = `unnest(roots_, rooms_, users_, places_, times_)
    AS n (root, room, author, seq, time)`;

/** As they were before, with all that a message tells. */
const ROOTS = `
    SELECT json_agg(r)::text INTO roots FROM (
      SELECT ${MESSAGE_COLUMNS} FROM messages AS x JOIN users AS author ON author.id = x.user_id
      WHERE x.id = ANY (roots_)
    ) AS r;`;

/** To be run before the roots are changed: whether this is the first reply is asked. */
const STATES = `
    WITH fresh_replies AS MATERIALIZED (
      SELECT n.root, n.room, n.author, n.seq, n.mentioned
      FROM unnest(roots_, rooms_, users_, places_, mentions)
        AS n (root, room, author, seq, mentioned)
      WHERE n.root IS NOT NULL
    ), authors AS MATERIALIZED (
      SELECT r.root, r.room, r.author, max(r.seq) AS seq FROM fresh_replies AS r
      GROUP BY r.root, r.room, r.author
    ), roots AS MATERIALIZED (
      SELECT x.id, x.room_id, x.user_id, x.reply_count, x.mentions, x.mentions_all,
        coalesce(x.last_reply_seq, x.seq) AS before
      FROM messages AS x WHERE x.id = ANY (roots_)
    ), wrote AS (
      INSERT INTO thread_marks AS t (root_id, user_id, room_id, state, read_seq, fresh)
      SELECT a.root, a.author, a.room, ${FOLLOWS}, a.seq, CASE WHEN EXISTS (
          SELECT 1 FROM authors AS o WHERE o.root = a.root AND o.author <> a.author AND o.seq > a.seq
        ) THEN 1 ELSE 0 END
      FROM authors AS a
      ON CONFLICT (root_id, user_id) DO UPDATE
        SET state = ${FOLLOWS}, read_seq = excluded.read_seq, fresh = excluded.fresh
        WHERE t.state <> ${DECLINED} AND (t.state = ${READS} OR t.fresh = 1 OR excluded.fresh = 1)
      RETURNING t.root_id, t.user_id, t.read_seq, t.fresh
    ), called AS (
      SELECT x.id AS root, x.user_id AS person FROM roots AS x WHERE x.reply_count = 0
      UNION SELECT x.id, ids.id::bigint
        FROM roots AS x, json_array_elements_text(x.mentions::json) AS ids (id)
        WHERE x.reply_count = 0 AND x.mentions_all IS NULL
      UNION SELECT r.root, ids.id::bigint
        FROM fresh_replies AS r, json_array_elements_text(r.mentioned::json) AS ids (id)
        WHERE r.mentioned IS NOT NULL
    ), follow AS (
      INSERT INTO thread_marks AS t (root_id, user_id, room_id, state, read_seq, fresh)
      SELECT c.root, m.user_id, m.room_id, ${FOLLOWS}, x.before, 1
      FROM called AS c JOIN roots AS x ON x.id = c.root
      JOIN members AS m ON m.room_id = x.room_id AND m.user_id = c.person
      WHERE NOT EXISTS (SELECT 1 FROM authors AS a WHERE a.root = c.root AND a.author = c.person)
      ON CONFLICT (root_id, user_id) DO UPDATE SET state = ${FOLLOWS}, fresh = 1
        WHERE t.state = ${READS}
      RETURNING t.root_id, t.user_id, t.read_seq, t.fresh
    ), heard AS (
      UPDATE thread_marks AS t SET fresh = 1
      FROM roots AS x
      WHERE t.root_id = x.id AND t.state = ${FOLLOWS} AND t.fresh = 0
        AND NOT EXISTS (SELECT 1 FROM authors AS a WHERE a.root = x.id AND a.author = t.user_id)
        AND EXISTS (
          SELECT 1 FROM members AS m WHERE m.room_id = x.room_id AND m.user_id = t.user_id
        )
      RETURNING t.root_id, t.user_id, t.read_seq, t.fresh
    )
    SELECT json_agg(json_build_array(s.root_id, s.user_id, s.read_seq, s.fresh))::text INTO states
    FROM (
      SELECT * FROM wrote UNION ALL SELECT * FROM follow UNION ALL SELECT * FROM heard
    ) AS s;`;

/** Who replied last comes first: what is new before what was there, the latest of it first. */
const COUNT = `
    UPDATE messages AS x
    SET rev = last.seq + 1, reply_count = x.reply_count + last.replies, last_reply_seq = last.seq,
      last_reply_ts = last.time, repliers = (
        SELECT '[' || string_agg(each.id::text, ',' ORDER BY each.place) || ']' FROM (
          SELECT named.id, min(named.place) AS place FROM (
            SELECT n.author AS id, -n.seq AS place FROM ${NEW} WHERE n.root = x.id
            UNION ALL
            SELECT old.id::bigint, old.place
            FROM json_array_elements_text(coalesce(x.repliers, '[]')::json)
              WITH ORDINALITY AS old (id, place)
          ) AS named GROUP BY named.id ORDER BY 2 LIMIT ${NAMED_REPLIERS}
        ) AS each
      )
    FROM (
      SELECT n.root, max(n.seq) AS seq, count(*) AS replies,
        (array_agg(n.time ORDER BY n.seq DESC))[1] AS time
      FROM ${NEW} WHERE n.root IS NOT NULL GROUP BY n.root
    ) AS last
    WHERE x.id = last.root;`;

export const REPLIES = `
  IF num_nonnulls(VARIADIC roots_) > 0 THEN
    threads := array_to_string(roots_, ',', '0');${ROOTS}${STATES}${COUNT}
  END IF;`;
