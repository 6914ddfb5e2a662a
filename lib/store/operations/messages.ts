/** Messages: sending them, each once; editing and deleting. */
import { mayDelete, mayEdit } from "../../protocol/permissions.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Change } from "../changes.ts";
import type { Driver } from "../driver.ts";
import { changeMentions } from "./parts/mentions.ts";
import { keepDeleted } from "./parts/deleted.ts";
import {
  findForChange,
  noText,
  requireChange,
  storeChange,
  takeText,
  unchanged,
} from "./parts/message_changes.ts";
import { linksAfterEdit, planPreviews } from "./parts/links.ts";
import { type Input, write, writeInSeries } from "./operation.ts";
import { inSeries } from "./parts/sending.ts";
import { inBrief } from "./parts/sent.ts";
import { makeFollow, threadChange } from "./parts/thread_marks.ts";
import { requireVerdict } from "./parts/standing.ts";
import { addVersion } from "./parts/versions.ts";

export const sendMessage = writeInSeries(inSeries, inBrief);

export const editMessage = write(async (db: Driver, input: Input<"editMessage">) => {
  const target = await findForChange(db, input.userId, input.message);
  const { message, facts } = target;
  requireChange(target, mayEdit(target.standing, facts), "Only its author may edit a message.");
  if (input.text === "" && message.files.length === 0) throw noText();
  if (message.text === input.text) return unchanged(message);
  const { mentions: _before, mentionsAll: _group, ...rest } = message;
  const { named, lists } = await changeMentions(db, message, input.text, input.online);
  const links = await linksAfterEdit(db, message, input.text, input.now);
  const after = { ...rest, text: input.text, editedAt: input.now, links, ...lists };
  if (input.previews === true) await planPreviews(db, message, input.now);
  await addVersion(db, message, { text: message.text, at: message.editedAt ?? message.ts });
  const followed = await followMentioned(db, message, named);
  const { result, changes } = await storeChange(db, target, after);
  return { result, changes: [...changes, ...followed] };
});

/** Who is mentioned in a reply only now. */
async function followMentioned(
  db: Driver,
  { id, room, seq, userId, thread: root, mentions: before, replies }: Message,
  mentions: readonly number[],
): Promise<Change[]> {
  if (root === null && replies === null) return [];
  const added = mentions.filter((each) => !before.includes(each) && each !== userId);
  const thread = { root: root ?? id, room };
  const state = replies === null
    ? { readSeq: seq - 1, fresh: true }
    : { readSeq: replies.lastSeq, fresh: false };
  return threadChange(thread, await makeFollow(db, thread, added, state));
}

export const deleteMessage = write(async (db: Driver, input: Input<"deleteMessage">) => {
  const target = await findForChange(db, input.userId, input.message);
  const { message, facts } = target;
  const verdict = mayDelete(target.standing, facts);
  requireVerdict(target.standing, verdict, "You may not delete this message.");
  if (message.deletedAt !== null) return unchanged(message);
  await keepDeleted(db, message, input.userId, input.now);
  return await takeText(db, target, input.now);
});
