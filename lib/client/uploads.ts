/**
 * Files on their way, as the rest of the engine sees them. What deals with them (`upload_desk.ts`)
 * is loaded with the first: the first view does without. It must not know how they are sent.
 */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { DraftKey } from "./draft.ts";
import type { Entry } from "./outbox_entries.ts";
import { unreachable } from "./request_error.ts";
import { deleteIn } from "./state.ts";
import type { DeskOptions, UploadDesk } from "./upload_desk.ts";
import type { Attachment, UploadsActions } from "./uploads_model.ts";

export class Uploads {
  readonly #options: Omit<DeskOptions, "attachments" | "sending">;
  /** What goes with each draft. */
  readonly attachments: Signal<ReadonlyMap<DraftKey, readonly Attachment[]>> = signal(new Map());
  /** Those of messages that were sent before their files had arrived. */
  readonly sending: Signal<ReadonlyMap<string, Attachment>> = signal(new Map());
  #desk: Promise<UploadDesk> | null = null;
  #stop: () => void = () => {};

  constructor(options: Omit<DeskOptions, "attachments" | "sending">) {
    this.#options = options;
  }

  start(entries: ReadonlySignal<readonly Entry[]>): void {
    this.#stop = effect(() => {
      if (entries.value.some(({ attachments }) => attachments)) void this.desk().catch(() => {});
    });
  }

  stop(): void {
    this.#stop();
  }

  /** Rejects with `RequestError` without its script. */
  desk(): Promise<UploadDesk> {
    return this.#desk ??= import("./upload_desk.ts").then(
      ({ UploadDesk }) => {
        const { attachments, sending } = this;
        return new UploadDesk({ ...this.#options, attachments, sending });
      },
      () => {
        this.#desk = null;
        throw unreachable();
      },
    );
  }

  /** The ids that a message names; null: not all of its files have arrived. */
  readonly idsOf = (attachments: readonly Attachment[]): number[] | null => {
    const ids = attachments.flatMap(({ local }) => this.sending.peek().get(local)?.file?.id ?? []);
    return ids.length < attachments.length ? null : ids;
  };

  /** The draft's files, which are a message's from now on. Null: one of them has failed. */
  take(key: DraftKey): { attachments: readonly Attachment[] } | undefined | null {
    const attachments = this.attachments.peek().get(key);
    if (!attachments) return;
    if (attachments.some(({ state }) => state === "failed")) return null;
    this.sending.value = new Map([
      ...this.sending.peek(),
      ...attachments.map((one) => [one.local, one] as const),
    ]);
    deleteIn(this.attachments, key);
    return { attachments };
  }
}

export function createUploadActions(uploads: Uploads): UploadsActions {
  const soon = (act: (desk: UploadDesk) => void) => void uploads.desk().then(act, () => {});
  return {
    attach: async (...args) => (await uploads.desk()).attach(...args),
    detach: (...args) => soon((desk) => desk.detach(...args)),
    moveAttachment: (...args) => soon((desk) => desk.move(...args)),
    describeAttachment: (...args) => soon((desk) => desk.describe(...args)),
    sendOriginal: (...args) => soon((desk) => desk.sendOriginal(...args)),
    retryUpload: (local) => soon((desk) => desk.retry(local)),
    previewOf: async (local) => await (await uploads.desk()).previewOf(local),
    filesReady: async (target) => await (await uploads.desk()).filesReady(target),
    attachmentsSent: (target) => soon((desk) => desk.sent(target)),
  };
}
