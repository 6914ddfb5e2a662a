/** What a watching connection says to the server. Only texts. */
import { ADVISORY_LOCKS } from "../../postgres/advisory_locks.ts";
import { POSTGRES_DIALECT } from "./driver.ts";

const CLOCK = POSTGRES_DIALECT.clock;

export const SNAPSHOT = `SELECT pg_current_snapshot()::text AS snapshot, ${CLOCK} AS at`;

/**
 * Ids are given out before transactions commit, so one may appear after a greater one was read:
 * going on from the greatest id would miss it. What the earlier snapshot could not see and this one
 * can is exactly what has been committed in between. The first condition finds it by an index.
 */
export const EVENTS_SINCE = `
  SELECT now.snapshot, now.at, e.id, e.body
  FROM (${SNAPSHOT}) AS now
  LEFT JOIN events AS e ON e.xid >= pg_snapshot_xmin($1::pg_snapshot)
    AND NOT pg_visible_in_snapshot(e.xid, $1::pg_snapshot)
  ORDER BY e.id LIMIT $2`;

export const SIZE = "SELECT pg_database_size(current_database()) AS size";

/** One node at a time: the others would only wait for its locks. */
export const TRIM = `
  WITH mine AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${ADVISORY_LOCKS.trim}) AS got)
  DELETE FROM events AS e USING mine WHERE mine.got AND e.at < ${CLOCK} - $1::bigint`;

/**
 * The list of rooms is the session's own and gone with it. Half of each page is left free, so
 * that a head that moves finds room for its new row beside the old one; nobody vacuums such a table.
 * The plan is fixed, because nobody analyzes it either.
 */
export const SWEEP_SETUP = [
  `CREATE TEMP TABLE IF NOT EXISTS watched (id bigint PRIMARY KEY, head bigint NOT NULL)
   WITH (fillfactor = 50)`,
  `CREATE OR REPLACE FUNCTION pg_temp.confab_sweep(anew_ boolean, gone_ bigint[], come_ bigint[],
     heads_ bigint[], OUT id bigint, OUT head bigint)
   RETURNS SETOF record LANGUAGE plpgsql
   SET enable_seqscan = on SET enable_hashjoin = off SET enable_mergejoin = off AS $$
   #variable_conflict use_column
   BEGIN
     IF anew_ THEN
       DELETE FROM watched;
     ELSIF cardinality(gone_) > 0 THEN
       DELETE FROM watched AS w WHERE w.id = ANY (gone_);
     END IF;
     IF cardinality(come_) > 0 THEN
       INSERT INTO watched AS w (id, head) SELECT c.id, c.head FROM unnest(come_, heads_) AS c (id, head)
       ON CONFLICT (id) DO UPDATE SET head = excluded.head;
     END IF;
     RETURN QUERY
       UPDATE watched AS w SET head = r.head FROM rooms AS r
       WHERE r.id = w.id AND r.head <> w.head
       RETURNING w.id, w.head;
   END $$`,
];

export const SWEEP =
  "SELECT id, head FROM pg_temp.confab_sweep($1::boolean, $2::bigint[], $3::bigint[], $4::bigint[])";
