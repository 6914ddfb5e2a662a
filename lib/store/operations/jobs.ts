/** The queue of what is to happen later. */
import type { Job, JobKind, JobQueue, JobTurns } from "../contract/jobs.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { filled, LIST } from "./parts/lists.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** After how long a job is begun again: by the number of tries. The last holds for all more. */
const PAUSES = [10 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE];
/** Jobs that are due are counted up to here. */
const MOST_COUNTED = 1_000;

interface JobRow {
  id: number;
  kind: JobKind;
  subject: number;
  lane: string;
  user_id: number;
  due_at: number;
  tries: number;
}

/** Jobs among which people's turns are found: whoever stands behind so many waits until they are fewer. */
const MOST_SEEN = 1_000;

/**
 * Read in the order of an index, so that the first portion of many costs the same. Of a lane, all
 * that stand behind one which waits for its next try are left.
 */
const READY = `
  SELECT j.id, j.kind, j.subject, j.lane, j.user_id, j.due_at, j.tries FROM jobs AS j
  WHERE j.due_at <= ? AND j.try_at <= ? AND j.kind IN (${LIST}) AND j.user_id NOT IN (${LIST})
    AND NOT EXISTS (
      SELECT 1 FROM jobs AS earlier
      WHERE earlier.lane = j.lane AND earlier.try_at > ? AND earlier.due_at <= j.due_at
        AND (earlier.due_at < j.due_at OR earlier.id < j.id)
    )
  ORDER BY j.due_at, j.id LIMIT ?`;
const NOBODY = 0;

export const takeJobs = write(async (db: Driver, input: Input<"takeJobs">) => {
  const { kinds, now, turns } = input;
  const full = filled([NOBODY, ...turns?.full ?? []]);
  const limit = turns === undefined ? input.limit : MOST_SEEN;
  const found = await db.all<JobRow>(READY, [now, now, ...filled(kinds), ...full, now, limit]);
  const ready = turns === undefined ? found : inTurn(found, turns).slice(0, input.limit);
  const taken: Job[] = [];
  const lost = new Set<string>();
  for (const row of ready) {
    if (lost.has(row.lane)) continue;
    // Asked again in the row itself: another node may have taken it, and what stands behind it in
    // its lane waits for that node.
    const changed = await db.run(
      "UPDATE jobs SET try_at = ?, tries = tries + 1 WHERE id = ? AND try_at <= ?",
      [now + PAUSES[Math.min(row.tries, PAUSES.length - 1)]!, row.id, now],
    );
    if (changed === 1) taken.push(toJob(row));
    else lost.add(row.lane);
  }
  return { result: taken, changes: NO_CHANGES };
});

/** The first of each person, of whose turn was longest ago first. */
function inTurn(found: readonly JobRow[], { served }: JobTurns): JobRow[] {
  const firsts = Map.groupBy(found, ({ user_id: userId }) => userId).values().map(([first]) =>
    first!
  );
  const turns = new Map(served.map((userId, at) => [userId, at + 1]));
  const turn = ({ user_id: userId }: JobRow) => turns.get(userId) ?? 0;
  return [...firsts].sort((a, b) => turn(a) - turn(b));
}

function toJob({ user_id: userId, due_at: dueAt, ...row }: JobRow): Job {
  return { ...row, userId, dueAt };
}

export const giveUpJob = write(async (db: Driver, { id }: Input<"giveUpJob">) => {
  await db.run("DELETE FROM jobs WHERE id = ?", [id]);
  return { result: undefined, changes: NO_CHANGES };
});

export const jobQueue = read(async (db: Driver, input: Input<"jobQueue">): Promise<JobQueue> => {
  const { now } = input;
  const kinds = filled(input.kinds);
  const row = await db.get<{ next: number | null; due: number; since: number | null }>(
    `SELECT (SELECT min(try_at) FROM jobs WHERE try_at > ? AND kind IN (${LIST})) AS next,
       count(*) AS due, min(found.due_at) AS since
     FROM (
       SELECT due_at FROM jobs WHERE due_at <= ? AND kind IN (${LIST}) ORDER BY due_at LIMIT ${MOST_COUNTED}
     ) AS found`,
    [now, ...kinds, now, ...kinds],
  );
  return { next: row?.next ?? null, due: Number(row?.due ?? 0), since: row?.since ?? null };
});
