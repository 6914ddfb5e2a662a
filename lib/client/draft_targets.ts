/**
 * The messages that drafts reply to or edit, as they are now: somebody may delete or edit one while
 * the draft is being written, even while no tab was open. And those that messages on the screen
 * answer, where they are not loaded with them. It must not know what views do with this.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Message } from "../protocol/messages.ts";
import type { Api } from "./api.ts";
import { type Draft, type DraftKey, draftRoom, type DraftTarget } from "./draft.ts";
import { setIn } from "./state.ts";
import type { Page } from "./timeline.ts";
import { MESSAGES_ASKED } from "../protocol/limits.ts";
import type { FoundMessages } from "../protocol/lookup.ts";

/** More answered messages are not kept: the first that were asked for go, and are asked for again. */
const MOST_KEPT = 1_000;

export interface DraftTargetsOptions {
  drafts: ReadonlySignal<ReadonlyMap<DraftKey, Draft>>;
  api: Api;
  /** The room's loaded messages, if they are up to date. */
  loaded(room: number): readonly Message[];
}

export class DraftTargets {
  readonly #options: DraftTargetsOptions;
  readonly #targets = signal<ReadonlyMap<number, Message | null>>(new Map());
  /** Asked for by views, and not answered yet, or asked for in vain. */
  readonly #wanted = new Set<number>();
  readonly #asked = new Set<number>();
  #isDue = false;
  /** message id → the message as last received; null: it no longer exists. */
  readonly targets: ReadonlySignal<ReadonlyMap<number, Message | null>> = this.#targets;

  constructor(options: DraftTargetsOptions) {
    this.#options = options;
  }

  /** These messages have arrived, new or changed. */
  heard(messages: readonly Message[]): void {
    const drafts = this.#options.drafts.peek();
    if (drafts.size === 0 && this.#targets.peek().size === 0) return;
    const aims = new Map([...drafts.values()].flatMap(aimsOf).map((aim) => [aim.id, aim]));
    for (const message of messages) {
      const aim = aims.get(message.id);
      const known = this.#targets.peek().get(message.id);
      if (aim === undefined && !known) continue;
      if (aim !== undefined && !isSame(aim, message)) setIn(this.#targets, message.id, null);
      else if (message.rev > (known?.rev ?? 0)) setIn(this.#targets, message.id, message);
    }
  }

  /** Another history of the database: what was received is no longer valid. */
  forget(): void {
    this.#wanted.clear();
    this.#asked.clear();
    this.#targets.value = new Map();
  }

  /** A message on the screen answers this one, which is not loaded. */
  want(id: number): void {
    if (this.#targets.peek().has(id) || this.#wanted.has(id)) return;
    this.#wanted.add(id);
    // Those of one rendering in one request.
    if (!this.#isDue) queueMicrotask(() => void this.#find());
    this.#isDue = true;
  }

  /** Requests the targets of this room's drafts that are not loaded. Never rejects. */
  async check(room: number): Promise<void> {
    const { drafts, loaded } = this.#options;
    // What was asked for in vain, while there was no connection.
    if (this.#wanted.size > 0) void this.#find();
    const here = [...drafts.peek()].filter(([key]) => draftRoom(key) === room);
    if (here.length === 0) return;
    const messages = loaded(room);
    this.heard(messages);
    const missing = here.flatMap(([, draft]) => aimsOf(draft)).filter(({ id }) =>
      !messages.some((one) => one.id === id)
    );
    // Without an answer nothing is known, and nothing is shown.
    await Promise.all(missing.map((aim) => this.#ask(room, aim).catch(() => {})));
  }

  async #find(): Promise<void> {
    this.#isDue = false;
    const ids = [...this.#wanted].filter((id) => !this.#asked.has(id)).slice(0, MESSAGES_ASKED);
    if (ids.length === 0) return;
    for (const id of ids) this.#asked.add(id);
    try {
      const path = `/api/messages?ids=${ids.join(",")}`;
      const { messages } = await this.#options.api<FoundMessages>("GET", path);
      // Another history of the database has begun meanwhile.
      if (!ids.every((id) => this.#asked.has(id))) return;
      this.#keep(ids, messages);
      for (const id of ids) this.#wanted.delete(id);
    } catch {
      // The quote says no more than that there is one. The next connection asks again.
      return;
    } finally {
      for (const id of ids) this.#asked.delete(id);
    }
    return this.#find();
  }

  #keep(ids: readonly number[], messages: readonly Message[]): void {
    const kept = new Map([...this.#targets.peek()].slice(-MOST_KEPT));
    for (const id of ids) kept.set(id, null);
    for (const message of messages) kept.set(message.id, message);
    this.#targets.value = kept;
  }

  async #ask(room: number, { id, seq }: DraftTarget): Promise<void> {
    const path = `/api/rooms/${room}/messages?around=${seq}&limit=1`;
    const page = await this.#options.api<Page>("GET", path);
    const found = page.messages.find((message) => message.id === id);
    if (found === undefined) setIn(this.#targets, id, null);
    else this.heard([found]);
  }
}

/** After a restored backup, another message may have this id. */
function isSame({ clientId, userId }: DraftTarget, message: Message): boolean {
  return userId === message.userId && (clientId ?? message.clientId) === message.clientId;
}

function aimsOf({ replyTo, edit }: Draft): DraftTarget[] {
  return [replyTo, edit?.target ?? null].filter((target) => target !== null);
}
