/**
 * The files that will go with a draft: which, in which order, in which form. It must not know how
 * they are kept or sent.
 */
import { effect } from "@preact/signals";
import type { DraftKey } from "./draft.ts";
import type { UploadAlts } from "./upload_alts.ts";
import type { Entry } from "./outbox_entries.ts";
import { RequestError } from "./request_error.ts";
import { errorCodeOf } from "./upload_faults.ts";
import { deleteIn } from "./state.ts";
import {
  type DeskParts,
  forgetUpload,
  forsake,
  idsOf,
  sendAnew,
  takeUploadBack,
  tryAgain,
} from "./upload_parts.ts";
import { NEW_UPLOAD } from "./upload_item.ts";
import type { AttachOptions, UploadsActions } from "./uploads_model.ts";

/** What each action does, at once or after a while. */
type Actions = {
  [Name in keyof UploadsActions]: (
    ...given: Parameters<UploadsActions[Name]>
  ) => Awaited<ReturnType<UploadsActions[Name]>> | ReturnType<UploadsActions[Name]>;
};

export class DraftUploads implements Actions {
  readonly #parts: DeskParts;
  readonly #alts: UploadAlts;

  constructor(parts: DeskParts, alts: UploadAlts) {
    this.#parts = parts;
    this.#alts = alts;
  }

  /** With what is needed when a message does not go. */
  async loadUploads(): Promise<void> {
    await import("./taking_back.ts");
  }

  attach(
    target: DraftKey,
    files: readonly globalThis.File[],
    { original = false, voice }: AttachOptions = {},
  ): void {
    const { bootstrap, environment, state } = this.#parts;
    const before = this.#parts.items.of(target);
    const most = state.limits.peek().filesPerMessage;
    let order = Math.max(environment.now(), 1 + (before.at(-1)?.kept.order ?? 0));
    for (const [at, { name, type, size }] of files.entries()) {
      const isTooMany = before.length + at >= most;
      const local = environment.newClientId();
      this.#parts.items.add({
        ...NEW_UPLOAD,
        userId: bootstrap.me.id,
        local,
        target,
        order: order++,
        name,
        type,
        chosen: size,
        original,
        voice: voice ?? null,
        error: isTooMany ? { code: "too_many", message: "" } : null,
        at: environment.now(),
      }, { chosen: files[at]! });
      if (!isTooMany) this.#parts.runs.want(local);
    }
  }

  detach(target: DraftKey, local: string): void {
    forsake(this.#parts, local);
    const { filesPerMessage } = this.#parts.state.limits.peek();
    for (const { kept } of this.#parts.items.of(target).slice(0, filesPerMessage)) {
      if (kept.error?.code === "too_many") this.retryUpload(kept.local);
    }
  }

  moveAttachment(target: DraftKey, local: string, to: number): void {
    const all = this.#parts.items.of(target);
    const moved = all.find(({ kept }) => kept.local === local);
    if (moved === undefined) return;
    const others = all.filter((item) => item !== moved);
    const places = all.map(({ kept }) => kept.order);
    const now = [...others.slice(0, to), moved, ...others.slice(to)];
    for (const [at, { kept }] of now.entries()) {
      if (kept.order !== places[at]) this.#parts.items.change(kept.local, { order: places[at]! });
    }
  }

  describeAttachment(_target: DraftKey, local: string, alt: string): void {
    this.#parts.items.change(local, { alt });
    void this.#alts.tell(local);
  }

  sendOriginal(_target: DraftKey, local: string, original: boolean): void {
    const item = this.#parts.items.get(local);
    if (item === undefined || item.kept.original === original) return;
    takeUploadBack(this.#parts, item);
    this.#parts.runs.drop(local);
    const afresh = { upload: null, file: null, error: null };
    this.#parts.items.change(local, { original, ...afresh }, { state: "waiting", sent: 0 });
    this.#parts.runs.want(local);
  }

  retryUpload(local: string): void {
    tryAgain(this.#parts, local);
  }

  /** The draft's files, which are a message's from now on. Null: one of them has failed. */
  take(target: DraftKey): Pick<Entry, "attachments"> | undefined | null {
    const { attachments: drafts } = this.#parts;
    const attachments = drafts.peek().get(target);
    if (!attachments) return;
    if (attachments.some(({ error }) => error)) return null;
    deleteIn(drafts, target);
    return { attachments };
  }

  async previewOf(local: string): Promise<Blob | null> {
    return await this.#parts.items.bytes(local, "made") ??
      await this.#parts.items.bytes(local, "chosen");
  }

  filesReady(target: DraftKey, anew = false): Promise<number[]> {
    const { attachments, items } = this.#parts;
    if (anew) { for (const { kept } of items.of(target)) sendAnew(this.#parts, kept.local); }
    return new Promise((resolve, reject) => {
      const stop = effect(() => {
        const all = attachments.value.get(target) ?? [];
        const failed = all.find(({ error }) => error !== null)?.error;
        const ids = idsOf(all);
        if (!failed && ids === null) return;
        queueMicrotask(() => stop());
        if (failed) reject(new RequestError(errorCodeOf(failed.code), failed.message));
        else resolve(ids!);
      });
    });
  }

  attachmentsSent(target: DraftKey): void {
    for (const { kept } of this.#parts.items.of(target)) forgetUpload(this.#parts, kept.local);
  }
}
