/**
 * The messages that drafts reply to or edit, as they are now: somebody may delete or edit one while
 * the draft is being written, even while no tab was open. It must not know what views do with this.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Message } from "../protocol/messages.ts";
import type { Api } from "./api.ts";
import type { Draft, DraftTarget } from "./draft.ts";
import { setIn } from "./state.ts";
import type { Page } from "./timeline.ts";

export interface DraftTargets {
  /** message id → the message as last received; null: it no longer exists. */
  targets: ReadonlySignal<ReadonlyMap<number, Message | null>>;
  /** These messages have arrived, new or changed. */
  heard(messages: readonly Message[]): void;
  /** Another history of the database: what was received is no longer valid. */
  forget(): void;
  /** Requests the target of this room's draft if it is not loaded. Never rejects. */
  check(room: number): Promise<void>;
}

export function createDraftTargets(
  { drafts, api, loaded }: {
    drafts: ReadonlySignal<ReadonlyMap<number, Draft>>;
    api: Api;
    /** The room's loaded messages, if they are up to date. */
    loaded(room: number): readonly Message[];
  },
): DraftTargets {
  const targets = signal<ReadonlyMap<number, Message | null>>(new Map());

  function heard(messages: readonly Message[]): void {
    if (drafts.peek().size === 0) return;
    const aims = new Map([...drafts.peek().values()].flatMap(aimsOf).map((aim) => [aim.id, aim]));
    for (const message of messages) {
      const aim = aims.get(message.id);
      if (aim === undefined) continue;
      const known = targets.peek().get(message.id);
      if (!isSame(aim, message)) setIn(targets, message.id, null);
      else if (message.rev > (known?.rev ?? 0)) setIn(targets, message.id, message);
    }
  }

  async function ask(room: number, { id, seq }: DraftTarget): Promise<void> {
    const page = await api<Page>("GET", `/api/rooms/${room}/messages?around=${seq}&limit=1`);
    const found = page.messages.find((message) => message.id === id);
    if (found === undefined) setIn(targets, id, null);
    else heard([found]);
  }

  return {
    targets,
    heard,
    forget() {
      targets.value = new Map();
    },
    async check(room) {
      const draft = drafts.peek().get(room);
      if (draft === undefined) return;
      const messages = loaded(room);
      heard(messages);
      const missing = aimsOf(draft).filter(({ id }) => !messages.some((one) => one.id === id));
      // Without an answer nothing is known, and nothing is shown.
      await Promise.all(missing.map((aim) => ask(room, aim).catch(() => {})));
    },
  };
}

/** After a restored backup, another message may have this id. */
function isSame({ clientId, userId }: DraftTarget, message: Message): boolean {
  return userId === message.userId && (clientId ?? message.clientId) === message.clientId;
}

function aimsOf({ replyTo, edit }: Draft): DraftTarget[] {
  return [replyTo, edit?.target ?? null].filter((target) => target !== null);
}
