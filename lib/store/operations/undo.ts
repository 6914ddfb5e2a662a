/** Taking a deletion back, for a short time. */
import { ConfabError } from "../../errors.ts";
import { UNDO_FOR, UNDO_GRACE } from "../../protocol/limits.ts";
import { mayRestore } from "../../protocol/message_permissions.ts";
import type { Driver } from "../driver.ts";
import { bringBack, findDeleted } from "./parts/deleted.ts";
import { giveUp } from "./parts/files.ts";
import { findForChange, storeChange, unchanged } from "./parts/message_changes.ts";
import { type Input, NO_CHANGES, write } from "./operation.ts";
import { requireVerdict } from "./parts/standing.ts";

export const restoreMessage = write(async (db: Driver, input: Input<"restoreMessage">) => {
  const target = await findForChange(db, input.userId, input.message);
  const { message, standing } = target;
  const kept = await findDeleted(db, message.id);
  const byUser = kept?.deletedBy === input.userId;
  const inTime = kept !== null && input.now - kept.deletedAt <= UNDO_FOR + UNDO_GRACE;
  const verdict = mayRestore(standing, { ...target.facts, byUser, inTime });
  const sentence = byUser || kept === null
    ? "It is too late to take this back."
    : "Only who deleted a message can take that back.";
  requireVerdict(standing, verdict, sentence);
  if (message.deletedAt === null) return unchanged(message);
  if (kept === null) throw new ConfabError("forbidden", sentence);
  const { saved: _saved, versions: _versions, reached: _reached, removedLinks: _removed, ...said } =
    kept.content;
  const after = { ...message, deletedAt: null, ...said };
  const savers = await bringBack(db, after, kept.content);
  const { result, changes } = await storeChange(db, target, after);
  return { result, changes: [...changes, ...savers] };
});

export const purgeDeleted = write(async (db: Driver, { before }: Input<"purgeDeleted">) => {
  const over = await db.all<{ message_id: number }>(
    "SELECT message_id FROM deleted_messages WHERE deleted_at < ?",
    [before],
  );
  for (const { message_id: message } of over.toSorted((a, b) => a.message_id - b.message_id)) {
    await giveUp(db, "message_id = ?", message);
  }
  await db.run("DELETE FROM deleted_messages WHERE deleted_at < ?", [before]);
  return { result: undefined, changes: NO_CHANGES };
});
