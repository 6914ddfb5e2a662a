/**
 * A high-water mark next to the database: how far this server has written it. It reveals a restored
 * backup, which then gets a new epoch, so that clients do not mix two histories. It knows files and
 * the table `meta`, nothing about messages.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";

/** The mark is one line of this many bytes, overwritten in place. */
const LINE_BYTES = 160;
/**
 * How far apart the mark's own time and its file's may be (ms): the system's file clock is only
 * accurate to a hundredth of a second. A script that stops, restores and starts takes as little as
 * a quarter of a second.
 */
const SAME_TIME = 100;
/** The runtime reports the time of a file's last change in whole seconds. */
const WHOLE_SECOND = 1000;
/** A busy machine may delay a write between the two times: it is repeated up to this often. */
const WRITES = 3;

/** Where the database stood when it was last written here. */
export interface HighWaterMark {
  epoch: string;
  /** Commits in this history so far. */
  commits: number;
}

const fileOf = (database: string) => `${database}.mark`;

/** `null` if there is no mark, or if somebody else put it there. */
export function readHighWaterMark(database: string): HighWaterMark | null {
  try {
    const file = fileOf(database);
    const { epoch, commits, at } = JSON.parse(Deno.readTextFileSync(file));
    const isOwn = typeof epoch === "string" && Number.isSafeInteger(commits) &&
      isWrittenAt(at, Deno.statSync(file));
    return isOwn ? { epoch, commits } : null;
  } catch {
    return null; // none yet, or cut short by a power failure: a new epoch costs clients one fetch
  }
}

/**
 * A copy's file times differ from the time in the mark: when it was written or, if the tool kept
 * that, created or last changed (no tool can set this one). Systems leave out the times they do not
 * know.
 */
function isWrittenAt(at: number, { mtime, birthtime, ctime }: Deno.FileInfo): boolean {
  const later = (time: Date | null) => time === null ? 0 : time.getTime() - at;
  return Math.abs(later(mtime)) <= SAME_TIME && later(birthtime) <= SAME_TIME &&
    later(ctime) <= SAME_TIME && later(ctime) >= -SAME_TIME - WHOLE_SECOND;
}

/** Whether a database that is at `now` is the one that left this mark, or continues it. */
export function isContinued(mark: HighWaterMark | null, now: HighWaterMark): boolean {
  // Beyond the mark: the server was killed between a commit and its mark.
  return mark !== null && mark.epoch === now.epoch && mark.commits <= now.commits;
}

const COUNT = "SELECT value FROM meta WHERE key = 'commits'";
const RAISE = `INSERT INTO meta (key, value) VALUES ('commits', ?)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

/** Counts the commits of the one connection that writes. */
export class HighWater {
  readonly #file: Deno.FsFile;
  readonly #raise: Pick<StatementSync, "run">;
  #epoch: string;
  #commits: number;

  constructor(db: DatabaseSync, database: string, epoch: string) {
    this.#commits = Number(db.prepare(COUNT).get()?.value ?? 0);
    this.#raise = db.prepare(RAISE);
    this.#epoch = epoch;
    this.#file = Deno.openSync(fileOf(database), { create: true, write: true, mode: 0o600 });
  }

  get mark(): HighWaterMark {
    return { epoch: this.#epoch, commits: this.#commits };
  }

  /** Called before the commit that renames the history. */
  rename(epoch: string): void {
    this.#epoch = epoch;
  }

  /** Called within the transaction, if it has written something. */
  committing(): void {
    this.#raise.run(String(this.#commits + 1));
  }

  /**
   * Called after the commit, before anybody is answered. Not synced: surviving a crash of the
   * program is enough, and after a power failure the mark only falls behind.
   */
  committed(): void {
    this.#commits += 1;
    try {
      let slow = true;
      for (let write = 0; slow && write < WRITES; write++) {
        const at = Date.now();
        this.#write(at);
        slow = Date.now() - at > SAME_TIME / 2;
      }
    } catch {
      // The disk is full: the mark stays behind, which never makes a good database look replaced.
    }
  }

  #write(at: number): void {
    const line = JSON.stringify({ ...this.mark, at }).padEnd(LINE_BYTES - 1) + "\n";
    this.#file.seekSync(0, Deno.SeekMode.Start);
    this.#file.writeSync(new TextEncoder().encode(line));
  }

  close(): void {
    this.#file.close();
  }
}
