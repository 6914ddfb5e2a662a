/**
 * A high-water mark beside the database: how far this server has written it. A backup that was put
 * back is told by it, and gets a new epoch, so that clients do not mix two histories. It knows
 * files and the table `meta`, nothing of messages.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";

/** The mark is one line of this many bytes, written over itself. */
const LINE_BYTES = 160;
/**
 * How far the mark's own time and its file's may be apart (ms): the system's clock for files is
 * coarse, by a hundredth of a second. A script that stops, restores and starts is done within a
 * quarter of a second.
 */
const SAME_TIME = 100;
/** The runtime tells the time of a file's last change in whole seconds. */
const WHOLE_SECOND = 1000;
/** A machine that is busy may hold up a write between both times: it is done again so often. */
const WRITES = 3;

/** Where the database stood when it was last written here. */
export interface Mark {
  epoch: string;
  /** Commits in all of this history. */
  commits: number;
}

const fileOf = (database: string) => `${database}.mark`;

/** `null` where there is no mark, or one that was put there by somebody else. */
export function readMark(database: string): Mark | null {
  try {
    const file = fileOf(database);
    const { epoch, commits, at } = JSON.parse(Deno.readTextFileSync(file));
    const isOwn = typeof epoch === "string" && Number.isSafeInteger(commits) &&
      isWrittenAt(at, Deno.statSync(file));
    return isOwn ? { epoch, commits } : null;
  } catch {
    return null; // none yet, or cut short with the power: a new epoch costs clients one fetch
  }
}

/**
 * A copy has another time than it says: of its writing, or, where the tool kept that, of its making,
 * or of its last change, which no tool can set. Systems leave out the times that they do not know.
 */
function isWrittenAt(at: number, { mtime, birthtime, ctime }: Deno.FileInfo): boolean {
  const later = (time: Date | null) => time === null ? 0 : time.getTime() - at;
  return Math.abs(later(mtime)) <= SAME_TIME && later(birthtime) <= SAME_TIME &&
    later(ctime) <= SAME_TIME && later(ctime) >= -SAME_TIME - WHOLE_SECOND;
}

/** Whether a database that stands at `now` is the one that left this mark, or what came of it. */
export function isContinued(mark: Mark | null, now: Mark): boolean {
  // Further than the mark: the server was killed between a commit and its mark.
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

  get mark(): Mark {
    return { epoch: this.#epoch, commits: this.#commits };
  }

  /** Before the commit that gives the history another name. */
  rename(epoch: string): void {
    this.#epoch = epoch;
  }

  /** Within the transaction, where it has written something. */
  committing(): void {
    this.#raise.run(String(this.#commits + 1));
  }

  /**
   * After the commit, before anybody is answered. Not synced: what survives a crash of the program
   * is enough, and with the power the mark only falls behind.
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
      // A full disk: the mark stays behind, which never makes a good database look replaced.
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
