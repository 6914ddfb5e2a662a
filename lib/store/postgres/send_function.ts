/**
 * The function in the database by which a run of messages is stored: one call, one transaction, so
 * that the locks of the rooms are held while it is executed and synced, and never while a node
 * waits for an answer or stands still. It asks no rule: it stores what a node has decided, where
 * the sender still stands as the node believes, and says so where not.
 *
 * A version is never changed once it was released: nodes of two versions use one database while
 * they are replaced. Whoever changes the body raises `VERSION`, and removes in the next release but
 * one what nobody calls any more (`OLDEST`).
 */
import type { Driver } from "../driver.ts";
import { IS_GROUP } from "../operations/parts/standing.ts";
import { REPLIES } from "./send_replies.ts";

const VERSION = 3;
/**
 * Versions before it are dropped: no node that this one runs beside calls them. The first counted no
 * replies, the second does not tell what a root links to.
 */
const OLDEST = 2;

const name = (version: number) => `confab_send_${version}`;

export const SEND_FUNCTION = name(VERSION);

/** What became of a message. */
export const VERDICT = {
  stored: 0,
  /** The sender stands otherwise than was believed. */
  changed: 1,
  /** The sender has stored a message with this clientId before. */
  known: 2,
  /** The message that it answers is not in this room. */
  noTarget: 3,
  /** The room is not in all its members' lists, and has to come back to them first. */
  hidden: 4,
  /** Others have locked the room, and the caller did not want to wait. */
  busy: 5,
} as const;

/**
 * All that a rule may ask about the sender (`Standing`), and the name under which they write, as
 * one text: `users AS u`, `rooms AS r`, `members AS m`.
 */
export const SEEN = `u.role || ' ' || u.disabled || ' ' || r.kind || ' ' || r.archived || ' ' ||
  CASE WHEN r.kind <> 'direct' THEN '-' WHEN ${IS_GROUP} THEN 'group' ELSE 'pair' END || ' ' ||
  coalesce(m.role, '-') || ' ' || u.username`;

/**
 * Parameters, each with an element for a message: room, user, clientId, text, time, the answered
 * message or NULL, whether it is for the thread alone, what was seen of the sender. Then, for each key by which a text may mention
 * somebody: the message's number, the mention's number in it, the key; of a mention's keys the
 * first that belongs to a member counts. Last: whether to pass over rooms that others have locked.
 */
const PARAMETERS = `rooms_ bigint[], users_ bigint[], clients_ text[], texts_ text[],
  times_ bigint[], replies_ bigint[], only_ smallint[], seen_ text[],
  named_ int[], names_ int[], keys_ text[], hurried_ boolean`;

const TYPES = PARAMETERS.replaceAll(/\w+_ /g, "");

/**
 * Lists with an element for each message, in their order: its verdict, the id under which it is
 * stored, now or before, and where it was stored now its place and the room's `access`. Then NULL,
 * or for each message NULL or the ids of the mentioned as JSON. Where there were replies, also
 * the root of each, these roots as they were before, and whose state of a thread has changed
 * (`send_replies.ts`).
 */
const ANSWER = "OUT verdicts text, OUT ids text, OUT seqs text, OUT accesses text, " +
  "OUT mentions text[], OUT threads text, OUT roots text, OUT states text";

/**
 * The table's rows are found by their indexes, whatever the planner thinks of a table that nobody
 * has analyzed yet: a plan made on the first day would read it all on the second.
 */
const PLANNING = `SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off`;

/**
 * Locks are taken in a statement of its own: only the next one sees what was committed while this
 * one waited. Rooms in the order of their ids, so that two nodes never wait for each other.
 */
const LOCK = `
  IF hurried_ THEN
    free_ := ARRAY(SELECT r.id FROM rooms AS r WHERE r.id = ANY (rooms_)
      ORDER BY r.id FOR NO KEY UPDATE SKIP LOCKED);
  ELSE
    PERFORM r.id FROM rooms AS r WHERE r.id = ANY (rooms_) ORDER BY r.id FOR NO KEY UPDATE;
  END IF;`;

/** Members join, leave and are added under the room's lock, so these are mentioned at the commit. */
const MENTIONS = `
  IF cardinality(keys_) > 0 THEN
    mentions := array_fill(NULL::text, ARRAY[cardinality(rooms_)]);
    FOR found_ IN
      SELECT once.message, '[' || string_agg(once.id::text, ',' ORDER BY once.place) || ']' AS ids
      FROM (
        SELECT first.message, first.id, min(first.place) AS place
        FROM (
          SELECT DISTINCT ON (k.message, k.place) k.message, k.place, u.id
          FROM unnest(named_, names_, keys_) WITH ORDINALITY AS k (message, place, key, rank)
          JOIN users AS u ON u.username_key = k.key
          JOIN members AS m ON m.room_id = rooms_[k.message] AND m.user_id = u.id
          ORDER BY k.message, k.place, k.rank
        ) AS first
        GROUP BY first.message, first.id
      ) AS once
      GROUP BY once.message
    LOOP
      mentions[found_.message] := found_.ids;
    END LOOP;
  END IF;`;

/**
 * What is answered is found by its id alone: asked for its room as well, a planner that knows
 * nothing of the table yet reads the whole room for each message.
 */
const STORE = `
  WITH judged AS MATERIALIZED (
    SELECT s.*, r.head, r.access, known.id AS known_id,
      CASE WHEN target.room_id = s.room THEN coalesce(target.thread_id, target.id) END AS root, CASE
        WHEN free_ IS NOT NULL AND NOT s.room = ANY (free_) THEN ${VERDICT.busy}
        WHEN s.seen IS DISTINCT FROM (${SEEN}) THEN ${VERDICT.changed}
        WHEN known.id IS NOT NULL THEN ${VERDICT.known}
        WHEN s.reply IS NOT NULL AND target.room_id IS DISTINCT FROM s.room
          THEN ${VERDICT.noTarget}
        WHEN EXISTS (
          SELECT 1 FROM members AS h WHERE h.room_id = s.room AND h.hidden > 0
        ) THEN ${VERDICT.hidden}
        ELSE ${VERDICT.stored}
      END AS verdict
    FROM unnest(rooms_, users_, clients_, texts_, times_, replies_, only_, seen_, mentions)
      WITH ORDINALITY AS s (room, author, client, words, time, reply, alone, seen, mentioned, place)
    LEFT JOIN users AS u ON u.id = s.author
    LEFT JOIN rooms AS r ON r.id = s.room
    LEFT JOIN members AS m ON m.room_id = s.room AND m.user_id = s.author
    LEFT JOIN messages AS known ON known.client_id = s.client AND known.user_id = s.author
    LEFT JOIN messages AS target ON target.id = s.reply
  ), placed AS MATERIALIZED (
    SELECT j.*,
      CASE WHEN j.verdict = 0 THEN nextval('messages_id_seq') ELSE j.known_id END AS id,
      CASE WHEN j.verdict = 0 THEN j.head - num_nonnulls(j.root) + sum(1 + num_nonnulls(j.root))
        FILTER (WHERE j.verdict = 0) OVER (PARTITION BY j.room ORDER BY j.place) END AS seq
    FROM judged AS j
  ), stored AS (
    INSERT INTO messages (id, room_id, seq, rev, user_id, client_id, text, ts, reply_to, thread_id,
      thread_only, reactions, mentions, files)
    SELECT p.id, p.room, p.seq, p.seq, p.author, p.client, p.words, p.time, p.reply, p.root,
      p.alone, '{}', coalesce(p.mentioned, '[]'), '[]'
    FROM placed AS p WHERE p.verdict = 0
  ), raised AS (
    UPDATE rooms AS r SET head = last.seq
    FROM (
      SELECT p.room, max(p.seq + num_nonnulls(p.root)) AS seq FROM placed AS p
      WHERE p.verdict = 0 GROUP BY p.room
    ) AS last
    WHERE r.id = last.room
  ), told AS (
    INSERT INTO mentions (user_id, room_id, seq)
    SELECT ids.id::bigint, p.room, p.seq
    FROM placed AS p, json_array_elements_text(p.mentioned::json) AS ids (id)
    WHERE p.verdict = 0 AND p.mentioned IS NOT NULL AND p.alone = 0 AND ids.id::bigint <> p.author
  )
  SELECT array_to_string(array_agg(p.verdict ORDER BY p.place), ','),
    array_to_string(array_agg(coalesce(p.id, 0) ORDER BY p.place), ','),
    array_agg(p.seq ORDER BY p.place),
    array_to_string(array_agg(coalesce(p.access, 0) ORDER BY p.place), ','),
    array_agg(CASE WHEN p.verdict = 0 THEN p.root END ORDER BY p.place)
  INTO verdicts, ids, places_, accesses, roots_ FROM placed AS p;
  seqs := array_to_string(places_, ',', '0');`;

/**
 * As \`moveReadMarkBy\`, for all authors. A mark that the same person moves elsewhere just now is
 * left to them: it is no reason to wait, nor worth a deadlock.
 */
const MARKS = `
  UPDATE members AS m SET read_seq = behind.seq
  FROM (
    SELECT b.room_id, b.user_id, last.seq
    FROM (
      SELECT s.room, s.author, max(s.seq) AS seq
      FROM unnest(rooms_, users_, places_) AS s (room, author, seq)
      WHERE s.seq IS NOT NULL GROUP BY s.room, s.author
    ) AS last
    JOIN members AS b ON b.room_id = last.room AND b.user_id = last.author
    WHERE b.read_seq < last.seq AND NOT EXISTS (
      SELECT 1 FROM messages AS unread
      WHERE unread.room_id = b.room_id AND unread.seq > b.read_seq AND unread.seq < last.seq
        AND unread.user_id <> b.user_id AND unread.deleted_at IS NULL
        AND unread.thread_only = 0
    )
    FOR NO KEY UPDATE OF b SKIP LOCKED
  ) AS behind
  WHERE m.room_id = behind.room_id AND m.user_id = behind.user_id;`;

export const DEFINITION = `CREATE FUNCTION ${SEND_FUNCTION}(${PARAMETERS}, ${ANSWER})
LANGUAGE plpgsql ${PLANNING} AS $$
#variable_conflict use_column
DECLARE
  free_ bigint[];
  places_ bigint[];
  roots_ bigint[];
  found_ record;
BEGIN${LOCK}${MENTIONS}${STORE}${REPLIES}${MARKS}
END $$`;

/**
 * Makes the function where it is missing, and drops those that have become too old. To be called
 * under the migrations' lock: two nodes that start at once would make it both.
 */
export async function ensureSendFunction(db: Driver): Promise<void> {
  for (let version = 1; version < OLDEST; version++) {
    await db.run(`DROP FUNCTION IF EXISTS ${name(version)}`, []);
  }
  const row = await db.get<{ missing: number }>(
    `SELECT to_regprocedure('${SEND_FUNCTION}(${TYPES})') IS NULL AS missing`,
    [],
  );
  if (row?.missing) await db.run(DEFINITION, []);
}
