/**
 * The files that will go with a draft: which, in which order, in which form. It must not know how
 * they are kept or sent.
 */
import { effect } from "@preact/signals";
import type { DraftKey } from "./draft.ts";
import type { UploadAlts } from "./upload_alts.ts";
import { RequestError } from "./request_error.ts";
import { type DeskParts, forgetUpload, forsake, takeUploadBack, tryAgain } from "./upload_parts.ts";
import type { Attachment, AttachOptions, UploadFault } from "./uploads_model.ts";

export class DraftUploads {
  readonly #parts: DeskParts;
  readonly #alts: UploadAlts;

  constructor(parts: DeskParts, alts: UploadAlts) {
    this.#parts = parts;
    this.#alts = alts;
  }

  attach(
    target: DraftKey,
    files: readonly globalThis.File[],
    { original = false, voice }: AttachOptions = {},
  ): void {
    const { userId, environment, limits } = this.#parts;
    const before = this.#parts.items.of(target);
    const most = limits.peek().filesPerMessage;
    let order = Math.max(environment.now(), 1 + (before.at(-1)?.kept.order ?? 0));
    for (const [at, { name, type, size }] of files.entries()) {
      const isTooMany = before.length + at >= most;
      const local = environment.newClientId();
      this.#parts.items.add({
        ...NEW,
        userId,
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
      }, files[at]!);
      if (!isTooMany) this.#parts.runs.want(local);
    }
  }

  detach(target: DraftKey, local: string): void {
    forsake(this.#parts, local);
    const { filesPerMessage } = this.#parts.limits.peek();
    for (const { kept } of this.#parts.items.of(target).slice(0, filesPerMessage)) {
      if (kept.error?.code === "too_many") this.retry(kept.local);
    }
  }

  move(target: DraftKey, local: string, to: number): void {
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

  describe(local: string, alt: string): void {
    this.#parts.items.change(local, { alt });
    void this.#alts.tell(local);
  }

  sendOriginal(local: string, original: boolean): void {
    const item = this.#parts.items.get(local);
    if (item === undefined || item.kept.original === original) return;
    takeUploadBack(this.#parts, item);
    this.#parts.runs.drop(local);
    const afresh = { upload: null, file: null, error: null };
    this.#parts.items.change(local, { original, ...afresh }, { state: "waiting", sent: 0 });
    this.#parts.runs.want(local);
  }

  retry(local: string): void {
    tryAgain(this.#parts, local);
  }

  async previewOf(local: string): Promise<Blob | null> {
    return await this.#parts.items.bytes(local, "made") ??
      await this.#parts.items.bytes(local, "chosen");
  }

  filesReady(target: DraftKey): Promise<number[]> {
    const { attachments } = this.#parts;
    return new Promise((resolve, reject) => {
      const stop = effect(() => {
        const all = attachments.value.get(target) ?? [];
        const failed = all.find(({ error }) => error !== null)?.error;
        const ids = idsOf(all);
        if (!failed && ids.length < all.length) return;
        queueMicrotask(() => stop());
        if (failed) reject(new RequestError(codeOf(failed.code), failed.message));
        else resolve(ids);
      });
    });
  }

  sent(target: DraftKey): void {
    for (const { kept } of this.#parts.items.of(target)) forgetUpload(this.#parts, kept.local);
  }
}

/** A file of which nothing is known but what the browser said. */
const NEW = {
  message: null,
  made: null,
  isPrepared: false,
  width: null,
  height: null,
  alt: "",
  upload: null,
  epoch: null,
  file: null,
} as const;

/** Of those that are there as they should be, with what is said of them. */
function idsOf(attachments: readonly Attachment[]): number[] {
  return attachments.flatMap(({ file, alt }) => file !== null && file.alt === alt ? [file.id] : []);
}

function codeOf(fault: UploadFault) {
  return fault === "lost" || fault === "unreadable" || fault === "too_many" ? "invalid" : fault;
}
