/**
 * The messages that drafts reply to or edit, as they are now: somebody may delete or edit one while
 * the draft is being written, even while no tab was open. It must not know what views do with this.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Message } from "../protocol/messages.ts";
import type { Api } from "./api.ts";
import { type Draft, type DraftKey, draftRoom, type DraftTarget } from "./draft.ts";
import { setIn } from "./state.ts";
import type { Page } from "./timeline.ts";

export interface DraftTargetsOptions {
  drafts: ReadonlySignal<ReadonlyMap<DraftKey, Draft>>;
  api: Api;
  /** The room's loaded messages, if they are up to date. */
  loaded(room: number): readonly Message[];
}

export class DraftTargets {
  readonly #options: DraftTargetsOptions;
  readonly #targets = signal<ReadonlyMap<number, Message | null>>(new Map());
  /** message id → the message as last received; null: it no longer exists. */
  readonly targets: ReadonlySignal<ReadonlyMap<number, Message | null>> = this.#targets;

  constructor(options: DraftTargetsOptions) {
    this.#options = options;
  }

  /** These messages have arrived, new or changed. */
  heard(messages: readonly Message[]): void {
    const drafts = this.#options.drafts.peek();
    if (drafts.size === 0) return;
    const aims = new Map([...drafts.values()].flatMap(aimsOf).map((aim) => [aim.id, aim]));
    for (const message of messages) {
      const aim = aims.get(message.id);
      if (aim === undefined) continue;
      const known = this.#targets.peek().get(message.id);
      if (!isSame(aim, message)) setIn(this.#targets, message.id, null);
      else if (message.rev > (known?.rev ?? 0)) setIn(this.#targets, message.id, message);
    }
  }

  /** Another history of the database: what was received is no longer valid. */
  forget(): void {
    this.#targets.value = new Map();
  }

  /** Requests the targets of this room's drafts that are not loaded. Never rejects. */
  async check(room: number): Promise<void> {
    const { drafts, loaded } = this.#options;
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
