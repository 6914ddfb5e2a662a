/**
 * What is to happen at a time to come: the queue. What a job does is its feature's own operation,
 * which takes the job out in the transaction that does it, so that it happens once, whatever breaks
 * and however many nodes there are.
 */
import type { Timestamp } from "../../protocol/time.ts";

export type JobKind =
  /** Sends a scheduled message. */
  | "scheduled"
  /** Reminds somebody of a message. */
  | "reminder"
  /** Looks at what a message links to. */
  | "preview";

export interface Job {
  id: number;
  kind: JobKind;
  /** The id of what it is about, in its feature's table. */
  subject: number;
  /** Whose it is. */
  userId: number;
  /** Jobs of one lane happen in the order of their times. */
  lane: string;
  dueAt: Timestamp;
  /** How often it was begun before. */
  tries: number;
}

/** Who is to have the next jobs done, where that is not the order of their times. */
export interface JobTurns {
  /** Whose were taken before, the last one last. */
  served: readonly number[];
  /** Of whom as many are under way as may be: fifteen people at most. */
  full: readonly number[];
}

export interface Jobs {
  /**
   * Takes jobs whose time has come, in the order of their times. Until its feature takes it out,
   * each comes again after longer and longer pauses; of several nodes one gets it. None is taken
   * before an earlier one of its lane that is under way or waits for its next try. Other kinds than
   * those that the caller knows stay where they are.
   *
   * With `turns`, of each person the first one alone: of whom none was taken before, then of who has
   * waited longest for a turn.
   */
  takeJobs(
    input: { kinds: readonly JobKind[]; now: Timestamp; limit: number; turns?: JobTurns },
  ): Promise<Job[]>;
  /** It is not tried again, and what it is about stays as it is. */
  giveUpJob(input: { id: number }): Promise<void>;
  /** How the queue of jobs of these kinds stands. */
  jobQueue(input: { kinds: readonly JobKind[]; now: Timestamp }): Promise<JobQueue>;
}

export interface JobQueue {
  /** When the next job is to be begun; null: none waits. */
  next: Timestamp | null;
  /** Jobs whose time has come, counted up to a thousand, and since when the first of them waits. */
  due: number;
  since: Timestamp | null;
}
