/**
 * The files of messages that were sent before they had arrived, or planned: whose they are, and what
 * becomes of them when the message is there, taken back or dropped. It must not know how they are sent.
 */
import type { DraftKey } from "./draft.ts";
import type { SentFile } from "./file_ground.ts";
import type { Entry } from "./outbox_entries.ts";
import { uploadOf } from "./upload_item.ts";
import { type DeskParts, forsake, sendAnew, tryAgain } from "./upload_parts.ts";

/** The server refuses a message for its files so often, then it stays refused. */
const MOST_RENEWALS = 2;

export class SentUploads {
  readonly #parts: DeskParts;
  /** What earlier tabs left is known. */
  readonly #loaded: Promise<void>;
  /** clientId → how often its files were looked for again. */
  readonly #renewals = new Map<string, number>();

  constructor(parts: DeskParts, loaded: Promise<void>) {
    this.#parts = parts;
    this.#loaded = loaded;
  }

  /** The server does not know all files of this message: those that are gone are sent again. */
  renew(clientId: string): void {
    const times = (this.#renewals.get(clientId) ?? 0) + 1;
    this.#renewals.set(clientId, times);
    if (times > MOST_RENEWALS) return this.#parts.outbox.fail(clientId, "invalid");
    for (const { kept } of this.#parts.items.ofMessage(clientId)) sendAnew(this.#parts, kept.local);
  }

  /** It is to be sent again. */
  async again(clientId: string): Promise<void> {
    await this.#loaded;
    this.#renewals.delete(clientId);
    for (const { kept } of this.#parts.items.ofMessage(clientId)) tryAgain(this.#parts, kept.local);
  }

  /** The reader does not want it any more. */
  async discarded(clientId: string): Promise<void> {
    await this.#loaded;
    for (const { kept } of this.#parts.items.ofMessage(clientId)) forsake(this.#parts, kept.local);
  }

  /** Its files go back to the draft, before those that are there. */
  async takeBack(clientId: string, target: DraftKey): Promise<void> {
    await this.#loaded;
    const back = this.#parts.items.ofMessage(clientId);
    const first = this.#parts.items.of(target)[0]?.kept.order ?? this.#parts.environment.now();
    for (const [at, { kept: { local } }] of back.entries()) {
      this.#parts.items.change(local, { message: null, target, order: first - back.length + at });
    }
  }

  /**
   * Those of a planned message, which the server has and nothing holds any more, go to a draft, before
   * those that are there.
   */
  async takeUp(target: DraftKey, files: readonly SentFile[], epoch: string): Promise<void> {
    await this.#loaded;
    const { bootstrap: { me }, environment, items, state } = this.#parts;
    const now = environment.now();
    const first = items.of(target)[0]?.kept.order ?? now;
    for (const [at, file] of files.entries()) {
      const local = environment.newClientId();
      const place = { userId: me.id, local, target, order: first - files.length + at, at: now };
      items.add({ ...uploadOf(file), ...place, epoch });
    }
    for (const { kept } of items.of(target).slice(state.limits.peek().filesPerMessage)) {
      this.#parts.runs.drop(kept.local);
      items.change(kept.local, { error: { code: "too_many", message: "" } }, { state: "failed" });
    }
  }

  /** The server has the message. */
  ended(clientId: string): void {
    for (const { kept } of this.#parts.items.ofMessage(clientId)) {
      this.#parts.items.finish(kept.local);
    }
  }

  /** What is in the outbox has left its draft; what is no longer there, the screen. */
  claim(entries: readonly Entry[]): void {
    const shown = new Set(entries.map(({ clientId }) => clientId));
    for (const { clientId, attachments = [], ackedRev } of entries) {
      for (const { local } of attachments) this.#claimed(local, clientId);
      if (ackedRev !== null) this.ended(clientId);
    }
    this.#parts.items.leave((clientId) => shown.has(clientId));
  }

  #claimed(local: string, clientId: string): void {
    const item = this.#parts.items.get(local);
    if (item !== undefined && item.kept.message !== clientId) {
      this.#parts.items.change(local, { message: clientId });
    }
  }
}
