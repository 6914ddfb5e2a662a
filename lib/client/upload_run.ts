/** One file's turn in one tab: whether it has it, and what is under way. It must not know the file. */

export interface UploadRun {
  /** Gives the lock back, or withdraws the request for it. */
  release(): void;
  /** This tab sends it. */
  holds: boolean;
  /** Ends what is under way. */
  abort: AbortController | null;
  attempt: number;
  timer: unknown;
}

export function newUploadRun(): UploadRun {
  return { release: () => {}, holds: false, abort: null, attempt: 0, timer: null };
}
