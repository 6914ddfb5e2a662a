/**
 * The same drafts on all of one's devices. What is written here goes to the server after a short
 * while, and at once when it is sent or the page is hidden; what comes from there is taken over
 * unless something else was written here meanwhile. It must not know where drafts are kept here.
 */
import type { ReadyEvent } from "../protocol/events.ts";
import { KEPT_DRAFTS } from "../protocol/limits.ts";
import type { KeptDraft } from "../protocol/drafts.ts";
import { isLonger } from "../protocol/text.ts";
import type { Api } from "./api.ts";
import { type DraftKey, draftKey, draftRoom, draftThread } from "./draft.ts";
import type { Drafts } from "./drafts.ts";
import type { Environment } from "./environment.ts";
import { RequestError } from "./request_error.ts";
import { type Said, same, SyncedDrafts } from "./synced_drafts.ts";

/** What is being written goes to the server this often (ms). */
const PUSH_EVERY = 1_500;
/** What the server did not take for the moment is tried again after this long (ms). */
const TRY_AGAIN = 15_000;
/** What came while somebody wrote here is looked at this often (ms), until they pause. */
const LOOK_AGAIN = 5_000;

/** Trying again changes nothing. */
const FINAL: ReadonlySet<string> = new Set(["forbidden", "not_found", "invalid", "too_large"]);

export interface DraftSyncOptions {
  userId: number;
  environment: Environment;
  api: Api;
  drafts: Drafts;
}

export class DraftSync {
  readonly #options: DraftSyncOptions;
  readonly #synced: SyncedDrafts;
  /** What is on its way to the server. */
  readonly #pushed = new Map<DraftKey, Said | null>();
  /** Something else came from the server meanwhile. */
  readonly #missed = new Set<DraftKey>();
  /** What the server does not take: it stays here, and is not tried again on this connection. */
  readonly #refused = new Map<DraftKey, Said | null>();
  /** Somebody wrote here when something else came: neither is sent nor taken before they pause. */
  readonly #undecided = new Set<DraftKey>();
  #online = false;
  #timer: unknown = null;
  #lookTimer: unknown = null;

  constructor(options: DraftSyncOptions) {
    this.#options = options;
    this.#synced = new SyncedDrafts(options.environment.shelf, options.userId);
  }

  /** A connection has begun. Never rejects. */
  async ready({ epoch, drafts }: Pick<ReadyEvent, "epoch" | "drafts">): Promise<void> {
    this.#online = true;
    this.#refused.clear();
    this.#synced.begin(epoch);
    // A server of the version before says nothing of drafts.
    if (drafts || this.#synced.keys().length > 0) await this.#load();
    else this.#reconcile([]);
  }

  offline(): void {
    this.#online = false;
    this.#rest();
  }

  /** Something was written here. */
  changed(key: DraftKey): void {
    // What was sent is gone everywhere at once.
    if (this.#local(key) === null) this.#push(key);
    else this.#soon();
  }

  /** Sends what is left. */
  flush(): void {
    this.#rest();
    for (const key of this.#keys()) this.#push(key);
  }

  /** The server's draft: of another device, or what was sent from here. */
  heard(theirs: KeptDraft): void {
    const key = draftKey(theirs.room, theirs.thread);
    const said = saidBy(theirs);
    const pushed = this.#pushed.get(key);
    if (pushed === undefined) this.#take(key, said, theirs);
    else if (!same(pushed, said)) this.#missed.add(key);
  }

  #take(key: DraftKey, said: Said | null, theirs: KeptDraft | null): void {
    const { drafts } = this.#options;
    const ours = this.#local(key);
    const before = this.#synced.of(key);
    const isNew = !same(said, before) && !same(said, ours);
    const isHeld = said !== null && ours?.text.includes(said.text) === true;
    // Nobody is interrupted; and what they send or clear meanwhile is not what came.
    if (isNew && said !== null && !isHeld && drafts.isWritten(key)) return this.#wait(key);
    this.#undecided.delete(key);
    this.#synced.set(key, said);
    if (same(ours, said)) return;
    if (!isNew) return this.#soon();
    if (same(ours, before)) return drafts.take(key, theirs);
    // Changed at both ends: nothing that was written is lost.
    if (said === null || theirs === null || isHeld) return this.#soon();
    if (ours === null || said.text.includes(ours.text)) return drafts.take(key, theirs);
    const [first, last] = drafts.changedAt(key) > theirs.at
      ? [said.text, ours.text]
      : [ours.text, said.text];
    drafts.take(key, { ...theirs, text: `${first}\n\n${last}` });
    this.#soon();
  }

  #wait(key: DraftKey): void {
    this.#undecided.add(key);
    this.#lookTimer ??= this.#options.environment.setTimeout(() => {
      this.#lookTimer = null;
      if (this.#online) void this.#load();
    }, LOOK_AGAIN);
  }

  async #load(): Promise<void> {
    try {
      const { drafts } = await this.#options.api<{ drafts: KeptDraft[] }>("GET", "/api/drafts");
      if (this.#online) this.#reconcile(drafts);
    } catch {
      // The next connection asks again; what is written here goes on.
      this.#soon();
      for (const key of this.#undecided) this.#wait(key);
    }
  }

  #reconcile(drafts: readonly KeptDraft[]): void {
    const there = new Set(drafts.map(({ room, thread }) => draftKey(room, thread)));
    for (const draft of drafts) this.heard(draft);
    // Sent on another device, while this one was away.
    for (const key of this.#synced.keys()) {
      if (!there.has(key) && !this.#pushed.has(key)) this.#take(key, null, null);
    }
    this.#soon();
  }

  #keys(): DraftKey[] {
    return [...new Set([...this.#options.drafts.drafts.peek().keys(), ...this.#synced.keys()])];
  }

  /** As the server would keep it; null: nothing. */
  #local(key: DraftKey): Said | null {
    const draft = this.#options.drafts.drafts.peek().get(key);
    if (draft === undefined || draft.text.trim() === "") return null;
    return { text: draft.text, replyTo: draft.replyTo?.id ?? null };
  }

  #soon(after = PUSH_EVERY): void {
    if (!this.#online || !this.#keys().some((key) => this.#isAhead(key))) return;
    this.#timer ??= this.#options.environment.setTimeout(() => this.flush(), after);
  }

  #isAhead(key: DraftKey): boolean {
    if (this.#undecided.has(key)) return false;
    const ours = this.#local(key);
    if (same(ours, this.#synced.of(key)) || isLonger(ours?.text ?? "", KEPT_DRAFTS.text)) {
      return false;
    }
    return !this.#refused.has(key) || !same(ours, this.#refused.get(key)!);
  }

  #push(key: DraftKey): void {
    if (!this.#online || this.#pushed.has(key) || !this.#isAhead(key)) return;
    const said = this.#local(key);
    this.#pushed.set(key, said);
    this.#send(key, said).then(
      () => this.#answered(key, () => this.#synced.set(key, said)),
      (error: unknown) => {
        const isRefused = isFinal(error);
        const after = isRefused ? PUSH_EVERY : TRY_AGAIN;
        this.#answered(key, () => isRefused && this.#refused.set(key, said), after);
      },
    );
  }

  #answered(key: DraftKey, note: () => unknown, after = PUSH_EVERY): void {
    this.#pushed.delete(key);
    note();
    if (this.#missed.delete(key)) void this.#load();
    else if (this.#local(key) === null) this.#push(key);
    else this.#soon(after);
  }

  #send(key: DraftKey, said: Said | null): Promise<void> {
    const { api } = this.#options;
    const path = `/api/rooms/${draftRoom(key)}/draft`;
    const thread = draftThread(key);
    if (said !== null) return api("PUT", path, { ...said, thread });
    return api("DELETE", thread === null ? path : `${path}?thread=${thread}`);
  }

  #rest(): void {
    const { environment } = this.#options;
    environment.clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#online) return;
    environment.clearTimeout(this.#lookTimer);
    this.#lookTimer = null;
  }
}

function saidBy({ text, replyTo }: KeptDraft): Said | null {
  return text === "" ? null : { text, replyTo };
}

function isFinal(error: unknown): boolean {
  return error instanceof RequestError && FINAL.has(error.code);
}
