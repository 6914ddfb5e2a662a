/**
 * Which files are being sent, and when one is tried again: some at once, the rest in their order, in
 * one tab each. It must not know drafts or messages.
 */
import { retryDelay } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import type { FileGround, SentFile } from "./file_ground.ts";
import { bytesToSend, formToSend, type UploadItem } from "./upload_item.ts";
import type { Items } from "./upload_items.ts";
import { Lost, Unreadable, uploadFaultOf } from "./upload_faults.ts";
import { type LineOptions, transfer, type UploadJob } from "./upload_line.ts";
import { newUploadRun, type UploadRun } from "./upload_run.ts";
import { Preparing } from "./upload_preparing.ts";
import type { Attachment } from "./uploads_model.ts";

/** Files that are sent at once. */
const AT_ONCE = 3;
/** Bytes that have arrived are shown at most this often (ms), and told to other tabs. */
const SHOWN_EVERY = 100;
/** Another tab has a file and does nothing about it for so long (ms). */
const PATIENCE = 20_000;
/** The tab in which a file was chosen has the browser keep it soon: how often to look again (ms). */
const KEPT_WITHIN = 500;

export interface RunsOptions {
  /** Whose files they are: one user of one server's database. */
  owner: string;
  environment: Environment;
  items: Items;
  line: LineOptions;
  ground: FileGround;
  /** Names the history of the database; null: there is no connection. */
  epoch(): string | null;
  /** Bytes that a file may have, if the server said so. */
  limit(): number | undefined;
  arrived(item: UploadItem): void;
  failed(item: UploadItem): void;
}

export class Runs {
  readonly #options: RunsOptions;
  readonly #runs = new Map<string, UploadRun>();
  readonly #preparing: Preparing;

  constructor(options: RunsOptions) {
    this.#options = options;
    this.#preparing = new Preparing(options.items, options.ground);
  }

  /** Sends it as soon as it is this tab's turn. @param steal from the tab that has it, if one has */
  want(local: string, steal = false): void {
    const known = this.#runs.get(local);
    if (known !== undefined && (known.holds || !steal)) return this.#next();
    this.#options.environment.clearTimeout(known?.timer);
    known?.release();
    const run = newUploadRun();
    this.#runs.set(local, run);
    const { environment, owner } = this.#options;
    const mine = () => this.#runs.get(local) === run;
    const held = () => void (mine() && this.#held(local, run));
    const lost = () => {
      if (!mine()) return;
      // Refused by the browser: each tab for itself. Or another tab took it: it is sent there.
      if (!run.holds) return void this.#held(local, run);
      this.drop(local);
      this.want(local);
    };
    if (environment.lock === undefined) return held();
    run.release = environment.lock(`confab-file-${owner}-${local}`, steal, held, lost);
    if (!steal) this.#worry(local, run);
  }

  /** A tab that has it may have been put to sleep: where somebody looks on, it is taken from it. */
  #worry(local: string, run: UploadRun): void {
    const { environment, items, epoch } = this.#options;
    const before = items.get(local)?.live;
    run.timer = environment.setTimeout(() => {
      if (this.#runs.get(local) !== run || run.holds) return;
      const isStuck = items.get(local)?.live === before && environment.isVisible();
      if (isStuck && epoch() !== null) this.want(local, true);
      else this.#worry(local, run);
    }, PATIENCE);
  }

  /** Ends what is under way, and gives it up. */
  drop(local: string): void {
    const run = this.#runs.get(local);
    if (run === undefined) return;
    this.#runs.delete(local);
    this.#options.environment.clearTimeout(run.timer);
    run.abort?.abort();
    run.release();
    this.#next();
  }

  /** A connection has begun: nothing waits for its next try any more. */
  online(): void {
    for (const run of this.#runs.values()) {
      if (!run.holds) continue;
      this.#options.environment.clearTimeout(run.timer);
      Object.assign(run, { timer: null, attempt: 0 });
    }
    this.#next();
  }

  /** What is under way would only wait for its end. */
  offline(): void {
    for (const run of this.#runs.values()) run.abort?.abort();
  }

  stop(): void {
    for (const local of [...this.#runs.keys()]) this.drop(local);
  }

  async #held(local: string, run: UploadRun): Promise<void> {
    const { items } = this.#options;
    run.holds = true;
    this.#options.environment.clearTimeout(run.timer);
    run.timer = null;
    // Another tab that had it may have come further than this one has heard.
    if (items.get(local)?.bytes.chosen === undefined) await items.refresh(local);
    if (this.#runs.get(local) !== run) return;
    const item = items.get(local);
    if (item === undefined || item.isOver || item.kept.file || item.kept.error) {
      return this.drop(local);
    }
    if (!item.kept.isPrepared) {
      const isHere = await this.#preparing.prepare(local);
      if (this.#runs.get(local) !== run) return;
      if (!isHere) return this.#miss(local, run, item);
    }
    const most = this.#options.limit();
    const now = items.get(local);
    if (now?.kept.isPrepared && most !== undefined && bytesToSend(now.kept) > most) {
      return this.#fail(local, { code: "too_large", message: "", limit: most });
    }
    this.#next();
  }

  /** Its bytes may be in the tab alone in which it was just chosen: that one goes first. */
  #miss(local: string, run: UploadRun, { kept }: UploadItem): void {
    const { environment } = this.#options;
    if (environment.now() - kept.at > PATIENCE) {
      return this.#fail(local, { code: "lost", message: "" });
    }
    run.release();
    Object.assign(run, { release: () => {}, holds: false });
    run.timer = environment.setTimeout(() => {
      this.#runs.delete(local);
      this.want(local);
    }, KEPT_WITHIN);
  }

  #next(): void {
    const { items, epoch } = this.#options;
    if (epoch() === null) return;
    const isUnderWay = ({ abort }: UploadRun) => abort !== null;
    for (const { kept: { local, isPrepared } } of items.all()) {
      if ([...this.#runs.values()].filter(isUnderWay).length >= AT_ONCE) return;
      const run = this.#runs.get(local);
      const isFree = run !== undefined && run.holds && !isUnderWay(run) && run.timer === null;
      if (isPrepared && isFree) void this.#start(local, run);
    }
  }

  async #start(local: string, run: UploadRun): Promise<void> {
    const abort = new AbortController();
    run.abort = abort;
    try {
      const file = await this.#send(local, run, abort.signal);
      if (!abort.signal.aborted) this.#done(local, file);
    } catch (error) {
      if (this.#runs.get(local) === run) this.#broke(local, run, error, abort.signal.aborted);
    } finally {
      run.abort = null;
      this.#next();
    }
  }

  async #send(local: string, run: UploadRun, signal: AbortSignal): Promise<SentFile> {
    const { items, line } = this.#options;
    const form = formToSend(items.get(local)!.kept);
    const bytes = await items.bytes(local, form);
    if (bytes === null) throw new Lost();
    try {
      return await transfer(line, this.#job(local, run, bytes, signal));
    } catch (error) {
      // It was moved or changed on the device. This browser may have a copy.
      const copy = error instanceof Unreadable ? await items.copy(local, form) : null;
      if (copy === null || signal.aborted) throw error;
      return await transfer(line, this.#job(local, run, copy, signal));
    }
  }

  #job(local: string, run: UploadRun, bytes: Blob, signal: AbortSignal): UploadJob {
    const { items, epoch, environment } = this.#options;
    const { kept, shown: { name, type } } = items.get(local)!;
    const began = epoch();
    let shownAt = -Infinity;
    return {
      bytes,
      name,
      type,
      alt: kept.alt,
      voice: kept.voice,
      // Of another history of the database, the number is another's.
      upload: kept.epoch === began ? kept.upload : null,
      begun: (upload) => items.change(local, { upload, epoch: began }),
      progress: (sent) => {
        if (signal.aborted) return;
        if (sent > items.get(local)!.live.sent) run.attempt = 0;
        const now = environment.ticks();
        if (now - shownAt < SHOWN_EVERY && sent > 0) return;
        shownAt = now;
        items.show(local, { state: "uploading", sent });
      },
      signal,
    };
  }

  #done(local: string, file: SentFile): void {
    const { items } = this.#options;
    const item = items.get(local);
    if (item === undefined) return;
    items.change(local, { file, error: null }, { state: "ready", sent: item.shown.size });
    this.drop(local);
    this.#options.arrived(items.get(local)!);
  }

  #broke(local: string, run: UploadRun, error: unknown, isOver: boolean): void {
    const { items, environment } = this.#options;
    const fault = isOver ? null : uploadFaultOf(error);
    if (fault !== null) return this.#fail(local, fault);
    items.show(local, { state: "waiting" });
    if (isOver) return;
    const delay = retryDelay(error, run.attempt++, environment.random());
    run.timer = environment.setTimeout(() => {
      run.timer = null;
      this.#next();
    }, delay);
  }

  #fail(local: string, error: NonNullable<Attachment["error"]>): void {
    const { items } = this.#options;
    items.change(local, { error, isPrepared: true }, { state: "failed" });
    this.drop(local);
    const item = items.get(local);
    if (item !== undefined) this.#options.failed(item);
  }
}
