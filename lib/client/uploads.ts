/**
 * Files on their way, as the rest of the engine sees them. What deals with them (`upload_desk.ts`)
 * is loaded with the first: the first view does without. It must not know how they are sent.
 */
import { effect, type Signal, signal } from "@preact/signals";
import type { DraftKey } from "./draft.ts";
import type { DraftUploads } from "./draft_uploads.ts";
import { unreachable } from "./request_error.ts";
import { deleteIn } from "./state.ts";
import type { SentUploads } from "./sent_uploads.ts";
import type { UploadDesk } from "./upload_desk.ts";
import type { DeskOptions } from "./upload_parts.ts";
import type { Attachment, UploadsActions } from "./uploads_model.ts";

export type UploadsOptions = Omit<DeskOptions, "attachments" | "sending" | "epoch">;

export class Uploads {
  /** What goes with each draft. */
  readonly attachments: Signal<ReadonlyMap<DraftKey, readonly Attachment[]>> = signal(new Map());
  /** Those of messages that were sent before their files had arrived. */
  readonly sending: Signal<ReadonlyMap<string, Attachment>> = signal(new Map());
  /** Names the history of the database; null: there is no connection. */
  readonly epoch: Signal<string | null> = signal(null);
  /** Files of messages; null: there has been none yet. */
  here: SentUploads | null = null;
  #options: UploadsOptions | null = null;
  #desk: Promise<UploadDesk> | null = null;
  #stops: (() => void)[] = [];

  /** Looks whether earlier tabs left files, or others have some. */
  start(options: UploadsOptions): void {
    this.#options = options;
    const { environment: { shelf }, userId, outbox } = options;
    const marker = `confab.files.${userId}.`;
    const look = (isThere: unknown) => void (isThere && this.desk().catch(() => {}));
    this.#stops = [
      shelf.onChange((key) => look(key === marker)),
      effect(() => look(outbox.entries.value.some(({ attachments }) => attachments))),
    ];
    try {
      look(shelf.all(marker)[0]);
    } catch {
      // Then nothing was kept.
    }
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** Rejects with `RequestError` without its script. */
  desk(): Promise<UploadDesk> {
    return this.#desk ??= this.#open().catch(() => {
      this.#desk = null;
      throw unreachable();
    });
  }

  async #open(): Promise<UploadDesk> {
    const options = this.#options!;
    const files = options.environment.files!();
    const [{ UploadDesk }, ground] = await Promise.all([import("./upload_desk.ts"), files]);
    const desk = new UploadDesk({ ...options, ...this }, ground);
    this.here = desk.messages;
    this.#stops.push(() => desk.stop());
    return desk;
  }

  /** The ids that a message names; null: not all of its files are there as they should be. */
  readonly idsOf = (attachments: readonly Attachment[]): number[] | null => {
    const ids = attachments.flatMap(({ local }) => {
      const { file, alt } = this.sending.peek().get(local) ?? {};
      return file && file.alt === alt ? file.id : [];
    });
    return ids.length < attachments.length ? null : ids;
  };

  /** The draft's files, which are a message's from now on. Null: one of them has failed. */
  take(key: DraftKey): { attachments: readonly Attachment[] } | undefined | null {
    const attachments = this.attachments.peek().get(key);
    if (!attachments) return;
    if (attachments.some(({ error }) => error)) return null;
    deleteIn(this.attachments, key);
    return { attachments };
  }
}

export function createUploadActions(uploads: Uploads): UploadsActions {
  const drafts = async () => (await uploads.desk()).drafts;
  const soon = (act: (files: DraftUploads) => void) => void drafts().then(act, () => {});
  return {
    attach: async (...args) => (await drafts()).attach(...args),
    detach: (...args) => soon((files) => files.detach(...args)),
    moveAttachment: (...args) => soon((files) => files.move(...args)),
    describeAttachment: (_, ...args) => soon((files) => files.describe(...args)),
    sendOriginal: (_, ...args) => soon((files) => files.sendOriginal(...args)),
    retryUpload: (local) => soon((files) => files.retry(local)),
    previewOf: async (local) => await (await drafts()).previewOf(local),
    filesReady: async (target) => await (await drafts()).filesReady(target),
    attachmentsSent: (target) => soon((files) => files.sent(target)),
  };
}
