/** What features need from the queue of jobs: to put one in, move it, take it out. */
import type { JobKind } from "../../contract/jobs.ts";
import type { Driver } from "../../driver.ts";

export interface PlannedJob {
  kind: JobKind;
  /** The id of what it is about: it has one job at most. */
  subject: number;
  lane: string;
  /** Whose it is: gone when they are erased. */
  userId: number;
  /** Milliseconds since the epoch. */
  dueAt: number;
}

/** Puts a job in, in place of the one that its subject had. */
export async function planJob(db: Driver, job: PlannedJob): Promise<void> {
  await dropJob(db, job.kind, job.subject);
  await db.insert(
    `INSERT INTO jobs (kind, subject, lane, user_id, due_at, try_at, tries)
     VALUES (?, ?, ?, ?, ?, ?, 0)`,
    [job.kind, job.subject, job.lane, job.userId, job.dueAt, job.dueAt],
  );
}

/** It was done, or is not to be done any more. */
export async function dropJob(db: Driver, kind: JobKind, subject: number): Promise<void> {
  await db.run("DELETE FROM jobs WHERE kind = ? AND subject = ?", [kind, subject]);
}
