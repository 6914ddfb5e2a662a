/**
 * A message that was not sent, or is planned, becomes the draft again, with its files, before what
 * stands there. It is fetched with what deals with files, or when it is asked for: the first view does
 * without.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Message } from "../protocol/messages.ts";
import type { FoundMessages } from "../protocol/lookup.ts";
import type { Scheduled } from "../protocol/scheduled.ts";
import type { Api } from "./api.ts";
import { type DraftKey, draftKey, type DraftTarget, draftTarget, EMPTY_DRAFT } from "./draft.ts";
import type { Drafts } from "./drafts.ts";
import type { Outbox } from "./outbox.ts";
import type { Entry } from "./outbox_entries.ts";
import { RequestError, unreachable } from "./request_error.ts";
import type { SentUploads } from "./sent_uploads.ts";
import type { EngineState } from "./state.ts";

/** What of the engine is needed. */
interface Parts {
  state: EngineState;
  outbox: Outbox;
  drafts: Drafts;
  uploads: { desk(): Promise<{ messages: Taking }> };
}

type Taking = Pick<SentUploads, "takeBack" | "takeUp">;

export async function takeBack(
  { state, outbox, drafts, uploads }: Parts,
  clientId: string,
): Promise<void> {
  const find = () => outbox.entries.peek().find((entry) => entry.clientId === clientId);
  const unsent = find();
  if (unsent === undefined || hasLeft(unsent, outbox)) return;
  const home = draftKey(unsent.room, unsent.thread);
  if (unsent.attachments) await (await uploads.desk()).messages.takeBack(clientId, home);
  // Somebody pressed twice.
  if (find() === undefined) return;
  // Stored there before it is dropped here.
  putBefore(drafts, home, unsent.text, targetOf(state, unsent));
  outbox.discard(clientId);
}

export interface PlannedParts extends Pick<Parts, "drafts"> {
  api: Api;
  /** `epoch` names the history of the database; null: there is no connection. */
  uploads: Parts["uploads"] & { epoch: ReadonlySignal<string | null> };
}

/**
 * The same for one that is planned. Answers where it stands then. Rejects with `RequestError`, and
 * changes nothing: `not_found` where it was sent meanwhile, or the thread that it is for alone is gone.
 */
export async function takePlannedBack(
  { api, drafts, uploads }: PlannedParts,
  { id, room, text, replyTo, threadOnly, files }: Scheduled,
): Promise<DraftKey> {
  const answered = replyTo === null ? null : await find(api, replyTo);
  if (threadOnly && answered === null) throw new RequestError("not_found", "The thread is gone.");
  const root = answered && threadOnly ? answered.thread ?? answered.id : null;
  const home = draftKey(room, root);
  const desk = files.length > 0 ? await uploads.desk() : null;
  const epoch = uploads.epoch.peek();
  // Of which history of the database its files are must be known.
  if (epoch === null) throw unreachable();
  await api("DELETE", `/api/scheduled/${id}?files=keep`);
  const isRoot = answered === null || answered.id === root;
  putBefore(drafts, home, text, isRoot ? null : draftTarget(answered));
  await desk?.messages.takeUp(home, files, epoch);
  return home;
}

/** Null: it is no longer there, or not for this reader. */
async function find(api: Api, id: number): Promise<Message | null> {
  const { messages } = await api<FoundMessages>("GET", `/api/messages?ids=${id}`);
  return messages.find((message) => message.id === id && message.deletedAt === null) ?? null;
}

/** Before what stands there, which keeps what it answers. */
function putBefore(drafts: Drafts, home: DraftKey, back: string, target: DraftTarget | null): void {
  const { text, replyTo } = drafts.drafts.peek().get(home) ?? EMPTY_DRAFT;
  const both = [back, text].filter((each) => each.trim() !== "").join("\n\n");
  drafts.change(home, { text: both, replyTo: replyTo ?? target });
  drafts.flush();
}

/** The server may have it: somebody has pressed when it had just gone. What has files says so itself. */
function hasLeft({ state, clientId, attachments }: Entry, outbox: Outbox): boolean {
  return state === "pending" && attachments === undefined && !outbox.isFresh(clientId);
}

/** The message that the user's own message replies to, if it is loaded. */
function targetOf(state: EngineState, { room, replyTo, thread }: Entry): DraftTarget | null {
  // What was written in a thread answers its first message anyway.
  if (replyTo === thread) return null;
  const messages = state.histories.peek().get(room)?.timeline.messages ?? [];
  const found = messages.find(({ id }) => id === replyTo);
  return found === undefined ? null : draftTarget(found);
}
