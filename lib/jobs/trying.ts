/** One try of one job: what it did is counted, why it failed is logged. It takes none by itself. */
import type { JobCounts } from "../metrics/counts.ts";
import type { Logger } from "../program/log.ts";
import type { Job, JobKind } from "../store/contract/jobs.ts";

/** A job that fails so often, and not because the database is away, never succeeds. */
const MOST_TRIES = 10;

/** What a kind of job does. */
export interface JobWork {
  /** Takes the job out of the queue with what it does. Throws if it is to be tried again. */
  run(job: Job): Promise<void>;
  /** It has failed too often, for a reason that nobody has foreseen: takes it out. */
  giveUp(job: Job): Promise<void>;
}

export interface TryOptions {
  /** The kinds of jobs that are done: no others. */
  works: Readonly<Partial<Record<JobKind, JobWork>>>;
  /** Whether trying again may help, however often it failed. */
  isPassing(error: unknown): boolean;
  log: Pick<Logger, "error">;
  counts: Pick<JobCounts, "done" | "failed">;
}

/** Whether it is done with. Never rejects. */
export async function tryJob(job: Job, options: TryOptions): Promise<boolean> {
  const { works, isPassing, log, counts } = options;
  const { kind, id, tries } = job;
  try {
    await works[kind]!.run(job); // of a kind that was asked for
    counts.done.add(kind);
    return true;
  } catch (error) {
    counts.failed.add(kind);
    if (isPassing(error)) return false;
    log.error("a job failed", { kind, id, tries: tries + 1, error });
    return tries + 1 >= MOST_TRIES && await giveUp(job, options);
  }
}

async function giveUp(job: Job, { works, log }: TryOptions): Promise<boolean> {
  try {
    await works[job.kind]!.giveUp(job);
    return true;
  } catch (error) {
    log.error("a job that fails again and again could not be given up", { error });
    return false;
  }
}
