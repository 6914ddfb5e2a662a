/**
 * What the composer does with its text: keeps it as the draft of a room or a thread, sends it, saves an edit,
 * cancels. It must not know what the composer looks like.
 */
import { signal } from "@preact/signals";
import { type Draft, type DraftKey, draftKey } from "../../client/draft.ts";
import type { PendingMessage } from "../../client/conversation_model.ts";
import type { Attachment } from "../../client/uploads_model.ts";
import type { Message } from "../../protocol/messages.ts";
import { mayEdit } from "../../protocol/permissions.ts";
import { cleanText, textFault } from "../../protocol/text.ts";
import { messageFacts, standing } from "../rights.ts";
import { failureCode } from "../../client/request_error.ts";
import { draftOf, type Fault, type View } from "../view.ts";
import { shownText, startEdit, troubleOf } from "./composing.ts";

/** A thread whose messages are shown beside what is written in it. */
export interface OpenThread {
  /** Of its first message. */
  id: number;
  /** Ascending. */
  messages: readonly Message[];
  /** What was written there and is not sent yet. */
  pending: readonly PendingMessage[];
  /** What is written is for the thread alone. */
  only?: boolean;
}

const NONE: readonly Attachment[] = [];

export class Writing {
  /** Why an edit could not be saved. */
  readonly error = signal<Fault | null>(null);
  readonly #saving = signal(false);

  /** Whose draft it is. */
  readonly home: DraftKey;

  constructor(
    public view: View,
    readonly room: number,
    /** Null: it is written in the room itself. */
    public thread: OpenThread | null = null,
  ) {
    this.home = draftKey(room, thread?.id);
  }

  // Inside a component each of these subscribes it.

  get draft(): Draft {
    return draftOf(this.view, this.home);
  }

  get text(): string {
    return shownText(this.draft);
  }

  /** It answers or changes a message. */
  get isAimed(): boolean {
    return this.draft.edit !== null || this.draft.replyTo !== null;
  }

  /** As it would be sent. */
  get sent(): string {
    return cleanText(this.text).trim();
  }

  /** Files that will go along. */
  get attachments(): readonly Attachment[] {
    return this.view.state.attachments.value.get(this.home) ?? NONE;
  }

  get isReady(): boolean {
    const { edit } = this.draft;
    if (this.#saving.value) return false;
    // An edit changes the text alone: the message keeps its own files.
    const files = edit === null ? this.attachments : NONE;
    if (files.some(({ state }) => state === "failed")) return false;
    if (this.sent !== "") return textFault(this.sent) === null;
    return files.length > 0 || edit !== null && this.#hasFiles(edit.target.id);
  }

  #hasFiles(id: number): boolean {
    const { draftTargets, timeline } = this.view.state;
    const known = draftTargets.value.get(id);
    const shown = this.thread?.messages ?? timeline.value?.messages ?? [];
    const message = known === undefined ? shown.find((one) => one.id === id) : known;
    return message?.files[0] !== undefined;
  }

  /** Files can be added to it. */
  get mayAttach(): boolean {
    return this.draft.edit === null && this.view.state.limits.value.fileSize > 0;
  }

  /** There is something that waits to be sent. */
  get isBegun(): boolean {
    return this.text.trim() !== "" || this.attachments.length > 0;
  }

  /** The message being edited is gone by now: its text can be sent as a new one. */
  get isEditLost(): boolean {
    return this.draft.edit !== null && troubleOf(this.view, this.draft)?.kind === "deleted";
  }

  write(value: string): void {
    const { edit } = this.draft;
    this.error.value = null;
    if (edit) return this.#change({ edit: { ...edit, text: value } });
    this.#change({ text: value });
    if (value.trim() !== "") this.view.actions.typing(this.room);
  }

  async submit(): Promise<void> {
    const { edit } = this.draft;
    if (!this.isReady) return;
    if (this.isEditLost) return this.sendAsNew();
    await this.#askFirst(edit?.target.text ?? "", () => edit ? this.#save(edit) : this.#sendNew());
  }

  #sendNew(): void {
    // The outbox has it: from here on it would be sent a second time.
    if (this.#send(this.draft.replyTo?.id)) this.#change({ text: "", replyTo: null });
  }

  sendAsNew(): void {
    if (!this.isReady) return;
    void this.#askFirst("", () => {
      if (this.#send(undefined, true)) this.#change({ edit: null });
    });
  }

  /** Asks when. */
  sendLater(): void {
    const { view, room, home, thread } = this;
    const about = { room, home, thread: thread?.id ?? null, only: thread?.only ?? false };
    void this.#askFirst("", () => {
      view.dialog.value = { kind: "schedule", ...about };
    });
  }

  /** Nobody mentions a crowd by mistake. @param before what it says until now, if it is an edit */
  async #askFirst(before: string, run: () => Promise<void> | void): Promise<void> {
    const { view, room, sent: text } = this;
    if (!mayMentionMany(text)) return await run();
    view.dialog.value = { kind: "reach", room, text, before, run };
  }

  /** Ends the reply or the edit; false where there is none. */
  cancel(): boolean {
    const { edit, replyTo } = this.draft;
    if (edit === null && replyTo === null) return false;
    this.#change(edit ? { edit: null } : { replyTo: null });
    return true;
  }

  /**
   * Starts editing the reader's last message unless something else was begun; returns whether it
   * did.
   */
  editLast(): boolean {
    const { edit, replyTo } = this.draft;
    if (this.isBegun || this.text !== "" || edit !== null || replyTo !== null) return false;
    const { view, room, thread } = this;
    // The last one is on its way: a key pressed this soon must not change the one before it.
    const pending = thread?.pending ?? view.state.pending.peek();
    if (pending.some(({ state }) => state === "pending")) return false;
    const shown = thread?.messages ?? view.state.timeline.peek()?.messages ?? [];
    const last = lastOwn(view, room, shown);
    if (last) startEdit(view, last, this.home);
    return last !== undefined;
  }

  /** What is written in a thread answers its first message, if no other. */
  #send(replyTo: number | null = this.thread?.id ?? null, alone?: true): boolean {
    return this.view.actions.send(this.sent, replyTo, this.room, alone);
  }

  /** The edit ends when it is saved, whatever room is open by then. */
  async #save({ target }: NonNullable<Draft["edit"]>): Promise<void> {
    const text = this.sent;
    this.#saving.value = true;
    try {
      if (text !== target.text) await this.view.actions.edit(target.id, text);
      this.error.value = null;
      this.#endEdit(target, text);
    } catch (error) {
      this.error.value = { code: failureCode(error) };
    } finally {
      this.#saving.value = false;
    }
  }

  #endEdit(target: NonNullable<Draft["edit"]>["target"], saved: string): void {
    const now = this.view.state.drafts.peek().get(this.home)?.edit;
    if (now?.target.id !== target.id) return;
    const isSaved = cleanText(now.text).trim() === saved;
    // Text typed while the edit was being saved is a new change.
    const edit = isSaved ? null : { target: { ...target, text: saved }, text: now.text };
    this.#change({ edit });
  }

  #change(change: Partial<Draft>): void {
    this.view.actions.changeDraft(this.home, change);
  }
}

/** Whether to look closer, with what the first view does without. */
function mayMentionMany(text: string): boolean {
  return /@.*(?:here|room)/is.test(text.normalize("NFKC"));
}

function lastOwn(
  { state }: View,
  id: number,
  shown: readonly Message[],
): Message | undefined {
  const me = state.me.peek();
  const room = state.rooms.peek().get(id);
  if (!room) return undefined;
  const facts = standing(me, room);
  return shown.findLast((message) => mayEdit(facts, messageFacts(message, me)) === "allowed");
}
