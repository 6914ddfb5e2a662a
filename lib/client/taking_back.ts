/**
 * A message that was not sent becomes the draft again, with its files, before what stands there. It
 * is fetched with what deals with files, or when it is asked for: the first view does without.
 */
import { type DraftKey, draftKey, type DraftTarget, draftTarget, EMPTY_DRAFT } from "./draft.ts";
import type { Drafts } from "./drafts.ts";
import type { Outbox } from "./outbox.ts";
import type { Entry } from "./outbox_entries.ts";
import type { EngineState } from "./state.ts";

/** What of the engine is needed. */
interface Parts {
  state: EngineState;
  outbox: Outbox;
  drafts: Drafts;
  uploads: { desk(): Promise<{ messages: Taking }> };
}

interface Taking {
  takeBack(clientId: string, target: DraftKey): Promise<void>;
}

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
  const { text, replyTo } = drafts.drafts.peek().get(home) ?? EMPTY_DRAFT;
  drafts.change(home, {
    text: text.trim() === "" ? unsent.text : `${unsent.text}\n\n${text}`,
    replyTo: replyTo ?? targetOf(state, unsent),
  });
  // Stored there before it is dropped here.
  drafts.flush();
  outbox.discard(clientId);
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
