/**
 * Deals with files on their way: joins what goes with drafts, what goes with messages, and what sends
 * it; and what was heard of voice messages meanwhile. It must not know how bytes are kept or sent.
 */
import { effect, untracked } from "@preact/signals";
import { HeardLater } from "./heard_later.ts";
import { DraftUploads } from "./draft_uploads.ts";
import { UploadAlts } from "./upload_alts.ts";
import type { FileGround, KeptUpload } from "./file_ground.ts";
import { SentUploads } from "./sent_uploads.ts";
import type { UploadItem } from "./upload_item.ts";
import { Items } from "./upload_items.ts";
import {
  type DeskGround,
  type DeskParts,
  type DeskSignals,
  forgetUpload,
  idsOf,
} from "./upload_parts.ts";
import { errorCodeOf } from "./upload_faults.ts";
import { Runs } from "./upload_runs.ts";
import type { Attachment } from "./uploads_model.ts";

/** Files of drafts that were chosen longer ago (ms) are dropped, as drafts are. */
const EXPIRES_AFTER = 90 * 86_400_000;
/** What went with a message that is nowhere in the outbox is dropped after this long (ms). */
const UNCLAIMED_AFTER = 30 * 86_400_000;
/** By then it is known what is in the outbox (ms). */
const EXPIRES_FROM = 60_000;

export class UploadDesk {
  readonly drafts: DraftUploads;
  readonly messages: SentUploads;
  readonly #parts: DeskParts;
  readonly #alts: UploadAlts;
  readonly #heardLater: HeardLater;
  #stops: (() => void)[] = [];

  constructor(ground: DeskGround, { epoch, attachments, sending }: DeskSignals, outer: FileGround) {
    const { bootstrap: { me, sessionId, instance }, environment, api, outbox, state } = ground;
    const whose = { "x-confab-session": String(sessionId), "x-confab-instance": instance };
    const items = new Items({
      userId: me.id,
      instance,
      environment,
      storage: outer.storage,
      attachments,
      sending,
      withheld: () => ground.telling.withheld("files"),
      loaded: () => this.#loaded(),
      heard: (local, change) => this.#heard(local, change),
    });
    const runs = new Runs({
      owner: `${instance}-${me.id}`,
      environment,
      items,
      line: { api, clock: environment, ground: outer, whose },
      ground: outer,
      epoch: () => epoch.peek(),
      limit: () => state.limits.peek().fileSize,
      arrived: (item) => this.#arrived(item),
      failed: ({ kept: { message, error } }) =>
        message !== null && outbox.fail(message, errorCodeOf(error!.code)),
    });
    this.#parts = { ...ground, epoch, attachments, sending, items, runs };
    this.#alts = new UploadAlts(this.#parts);
    this.#heardLater = new HeardLater(this.#parts);
    this.drafts = new DraftUploads(this.#parts, this.#alts);
    const loading = Promise.withResolvers<void>();
    this.messages = new SentUploads(this.#parts, loading.promise);
    void this.#load().then(loading.resolve);
  }

  /** The ids of a message's files; null: not all of them are there as they should be. */
  idsOf(attachments: readonly Attachment[]): number[] | null {
    const sent = this.#parts.sending.peek();
    return idsOf(attachments.map(({ local }) => sent.get(local)));
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#parts.runs.stop();
    this.#parts.items.stop();
  }

  async #load(): Promise<void> {
    const { outbox, environment, epoch, items, runs } = this.#parts;
    this.#stops = [
      effect(() => this.messages.claim(outbox.entries.value)),
      effect(() => {
        const now = epoch.value;
        untracked(() => now === null ? runs.offline() : this.#online(now));
      }),
    ];
    const timer = environment.setTimeout(() => this.#expire(), EXPIRES_FROM);
    this.#stops.push(() => environment.clearTimeout(timer));
    await items.load();
  }

  #loaded(): void {
    const { outbox, epoch, items, runs } = this.#parts;
    this.messages.claim(outbox.entries.peek());
    for (const { kept } of items.all()) if (isUnderWay(kept)) runs.want(kept.local);
    const now = epoch.peek();
    if (now !== null) this.#online(now);
  }

  #online(epoch: string): void {
    const { outbox, items, runs } = this.#parts;
    for (const { kept, isOver } of items.all()) {
      // A file of another history of the database is not there, or is somebody else's.
      if (isOver || kept.upload === null) continue;
      if (kept.epoch === epoch) {
        void this.#alts.tell(kept.local);
        continue;
      }
      const afresh = { upload: null, file: null };
      items.change(kept.local, afresh, kept.error ? {} : { state: "waiting", sent: 0 });
      if (kept.error === null) runs.want(kept.local);
    }
    runs.online();
    outbox.pump();
    void this.#heardLater.tellAll();
  }

  #arrived({ kept }: UploadItem): void {
    if (kept.alt !== kept.file?.alt) void this.#alts.tell(kept.local);
    else this.#parts.outbox.pump();
  }

  #heard(local: string, change: Partial<KeptUpload> | null): void {
    const { items, runs, outbox } = this.#parts;
    if (change === null) return runs.drop(local);
    if (change.file) {
      runs.drop(local);
      return outbox.pump();
    }
    if (change.error) return runs.drop(local);
    // Something else is to be sent.
    if (change.original !== undefined) runs.drop(local);
    const kept = items.get(local)?.kept;
    if (kept && isUnderWay(kept)) runs.want(local);
  }

  #expire(): void {
    const { environment, outbox, items } = this.#parts;
    const entries = new Set(outbox.entries.peek().map(({ clientId }) => clientId));
    for (const { kept: { local, message, at } } of items.all()) {
      const age = environment.now() - at;
      const isUnclaimed = message !== null && !entries.has(message);
      if (age > (isUnclaimed ? UNCLAIMED_AFTER : EXPIRES_AFTER)) forgetUpload(this.#parts, local);
    }
  }
}

function isUnderWay({ file, error }: KeptUpload): boolean {
  return file === null && error === null;
}
