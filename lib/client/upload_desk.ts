/**
 * Deals with files on their way: which there are, in which order, what becomes of them. It must not
 * know how bytes are kept or sent.
 */
import type { Signal } from "@preact/signals";
import type { DraftKey } from "./draft.ts";
import type { Environment } from "./environment.ts";
import { deleteIn, setIn } from "./state.ts";
import type { Attachment, AttachOptions } from "./uploads_model.ts";

export interface DeskOptions {
  userId: number;
  environment: Environment;
  attachments: Signal<ReadonlyMap<DraftKey, readonly Attachment[]>>;
  /** By `local`. */
  sending: Signal<ReadonlyMap<string, Attachment>>;
}

export class UploadDesk {
  readonly #options: DeskOptions;
  readonly #bytes = new Map<string, Blob>();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  attach(
    target: DraftKey,
    files: readonly globalThis.File[],
    { original = false, voice }: AttachOptions = {},
  ): void {
    const added = files.map((file): Attachment => {
      const local = this.#options.environment.newClientId();
      this.#bytes.set(local, file);
      const { name, type, size } = file;
      return {
        local,
        name,
        type,
        size,
        chosen: size,
        smaller: null,
        original,
        state: "waiting",
        sent: 0,
        file: null,
        alt: "",
        error: null,
        voice: voice ?? null,
        width: null,
        height: null,
      };
    });
    this.#set(target, [...this.#of(target), ...added]);
  }

  detach(target: DraftKey, local: string): void {
    this.#bytes.delete(local);
    this.#set(target, this.#of(target).filter((one) => one.local !== local));
  }

  move(target: DraftKey, local: string, to: number): void {
    const all = this.#of(target);
    const moved = all.filter((one) => one.local === local);
    const others = all.filter((one) => one.local !== local);
    this.#set(target, [...others.slice(0, to), ...moved, ...others.slice(to)]);
  }

  describe(target: DraftKey, local: string, alt: string): void {
    this.#change(target, local, { alt });
  }

  sendOriginal(target: DraftKey, local: string, original: boolean): void {
    this.#change(target, local, { original });
  }

  retry(_local: string): void {}

  previewOf(local: string): Blob | null {
    return this.#bytes.get(local) ?? null;
  }

  filesReady(target: DraftKey): number[] {
    return this.#of(target).flatMap(({ file }) => file?.id ?? []);
  }

  sent(target: DraftKey): void {
    this.#set(target, []);
  }

  #of(target: DraftKey): readonly Attachment[] {
    return this.#options.attachments.peek().get(target) ?? [];
  }

  #change(target: DraftKey, local: string, change: Partial<Attachment>): void {
    this.#set(
      target,
      this.#of(target).map((one) => one.local === local ? { ...one, ...change } : one),
    );
  }

  #set(target: DraftKey, attachments: readonly Attachment[]): void {
    const { attachments: all } = this.#options;
    if (attachments.length === 0) deleteIn(all, target);
    else setIn(all, target, attachments);
  }
}
