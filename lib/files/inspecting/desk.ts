/**
 * Has a Worker inspect files, one after another: decoding pictures takes long and much memory, and
 * the bytes are strangers'. The Worker begins with the first file, ends when there was none for a
 * while, and is ended and replaced where a file keeps it too long. It knows no format.
 */
import { ConfabError } from "../../errors.ts";
import type { EventLoop } from "../../event_loop.ts";
import type { ClaimedFile, Inspected, Inspector, ShrinkWish, ShrunkPicture } from "../inspect.ts";
import type { InspectorJob, InspectorReply } from "./messages.ts";

export interface InspectorDeskOptions {
  createWorker(): Worker;
  loop: Pick<EventLoop, "every">;
  log(message: string, detail: string): void;
}

/** How long one file may take (ms). A decoder stops by itself sooner, see `rendering.ts`. */
const TIME_LIMIT = 30_000;
/** After so long without work the Worker ends (ms): its heap is some 20 MB. */
const IDLE = 60_000;
/** How many may wait: with 12 megapixels each they take half a minute. */
const WAITING_MOST = 200;
/** Bytes of those that wait in memory, and are not on the disk: a few of the largest pictures. */
const HELD_MOST = 48 * 1024 * 1024;

/** Of these, so many may be one person's, and so many bytes once one of theirs waits. */
const WAITING_A_PERSON = 50;
const HELD_A_PERSON = HELD_MOST / 4;
/** Who nobody's pictures are: those of links. */
const NOBODY = 0;

interface Waiting {
  job: InspectorJob;
  owner: number;
  resolve(reply: InspectorReply): void;
  reject(error: unknown): void;
}

export class InspectorDesk implements Inspector {
  readonly #options: InspectorDeskOptions;
  readonly #waiting: Waiting[] = [];
  /** Who had their turn among those that wait, the last one last. */
  readonly #served = new Set<number>();
  #worker: Worker | null = null;
  #running: Waiting | null = null;
  /** Ends the timer that runs: of the file that is looked at, or of the pause. */
  #stopTimer = () => {};
  #toldWithout = false;
  #closed = false;

  constructor(options: InspectorDeskOptions) {
    this.#options = options;
  }

  async inspect(path: string, said: ClaimedFile, owner = NOBODY): Promise<Inspected> {
    const reply = await this.#ask({ kind: "inspect", path, said }, owner);
    if (reply.kind === "inspected") return reply.inspected;
    if (reply.kind === "failed") throw failure(reply.detail);
    const { size } = await Deno.stat(path);
    return { ...UNKNOWN, size };
  }

  async shrink(
    source: Uint8Array | string,
    wish: ShrinkWish,
    owner = NOBODY,
  ): Promise<ShrunkPicture> {
    const reply = await this.#ask({ kind: "shrink", source, wish }, owner);
    if (reply.kind === "shrunk") return reply.picture;
    if (reply.kind === "refused") throw new ConfabError("invalid", reply.sentence);
    throw failure(reply.kind === "failed" ? reply.detail : `shrink was answered: ${reply.kind}`);
  }

  close(): void {
    this.#closed = true;
    this.#endWorker();
    const left = [...this.#running === null ? [] : [this.#running], ...this.#waiting.splice(0)];
    this.#running = null;
    for (const { reject } of left) reject(busy("This server is stopping."));
  }

  #ask(job: InspectorJob, owner: number): Promise<InspectorReply> {
    if (this.#closed) return Promise.reject(busy("This server is stopping."));
    const own = this.#waiting.filter((each) => each.owner === owner);
    const isFull = this.#waiting.length >= WAITING_MOST ||
      own.length >= WAITING_A_PERSON && owner !== NOBODY;
    const isHeld = heldBytes(this.#waiting, job) > HELD_MOST && this.#running !== null ||
      own.length > 0 && heldBytes(own, job) > HELD_A_PERSON && owner !== NOBODY;
    if (isFull || isHeld) {
      return Promise.reject(busy("Too many files wait for being looked at: try again soon."));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, owner, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#running !== null) return;
    const next = this.#takeNext();
    if (next === undefined) return this.#within(IDLE, () => this.#endWorker());
    this.#running = next;
    this.#within(TIME_LIMIT, () => {
      this.#die("A file took too long to look at.", describe(next.job));
    });
    try {
      (this.#worker ??= this.#startWorker()).postMessage(next.job);
    } catch (error) {
      this.#die("Files cannot be looked at.", String(error));
    }
  }

  /** Of who has waited longest for a turn: a hundred slow files are not before somebody's only one. */
  #takeNext(): Waiting | undefined {
    const owners = new Set(this.#waiting.map(({ owner }) => owner));
    for (const owner of this.#served) if (!owners.has(owner)) this.#served.delete(owner);
    const [last] = this.#served;
    const isNew = this.#waiting.findIndex(({ owner }) => !this.#served.has(owner));
    const index = isNew >= 0 ? isNew : this.#waiting.findIndex(({ owner }) => owner === last);
    const [next] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (next === undefined) return undefined;
    this.#served.delete(next.owner);
    this.#served.add(next.owner);
    return next;
  }

  /** Instead of the timer before. */
  #within(ms: number, task: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#options.loop.every(ms, task);
  }

  #startWorker(): Worker {
    const worker = this.#options.createWorker();
    worker.onmessage = ({ data }: MessageEvent<InspectorReply>) => this.#receive(data);
    worker.onmessageerror = () => this.#die("What a file is could not be read.", "");
    worker.onerror = (event) => {
      // Without this the error would end the whole process.
      event.preventDefault();
      this.#die("The Worker that looks at files stopped.", event.message);
    };
    return worker;
  }

  #receive(reply: InspectorReply): void {
    if (reply.kind === "ready") return this.#tellWithout(reply.without);
    this.#finish(reply);
  }

  /** Once for each start of the program. */
  #tellWithout(without: string | null): void {
    if (without === null || this.#toldWithout) return;
    this.#toldWithout = true;
    this.#options.log(
      "Pictures cannot be made smaller here, so there are no thumbnails: sharp cannot be loaded.",
      without,
    );
  }

  /** The file that it was about is what nobody can tell; the next one gets a new Worker. */
  #die(message: string, detail: string): void {
    this.#endWorker();
    this.#options.log(message, detail);
    this.#finish({ kind: "refused", sentence: "This file cannot be read as a picture." });
  }

  #finish(reply: InspectorReply): void {
    const done = this.#running;
    this.#running = null;
    done?.resolve(reply);
    this.#next();
  }

  #endWorker(): void {
    this.#stopTimer();
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    worker.onmessage = worker.onmessageerror = null;
    worker.terminate();
  }
}

const UNKNOWN: Omit<Inspected, "size"> = {
  type: "application/octet-stream",
  width: null,
  height: null,
  duration: null,
  blur: null,
  thumbnail: null,
};

/** Of those that wait in memory, and of one more. */
function heldBytes(waiting: readonly Waiting[], more: InspectorJob): number {
  return [...waiting.map(({ job }) => job), more].reduce((sum, job) => {
    return job.kind === "shrink" && typeof job.source !== "string" ? sum + job.source.length : sum;
  }, 0);
}

function busy(sentence: string): ConfabError {
  return new ConfabError("unavailable", sentence, { retryAfter: 5_000, busy: true });
}

function failure(detail: string): Error {
  return new Error(`A file could not be looked at: ${detail}`);
}

function describe(job: InspectorJob): string {
  const source = job.kind === "inspect" ? job.path : job.source;
  return typeof source === "string" ? source : `${source.length} bytes`;
}
