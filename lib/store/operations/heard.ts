/** Which voice messages were heard. It is no change of the message, and raises no room's head. */
import { mayHear } from "../../protocol/file_permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, writeIndependently } from "./operation.ts";
import { allInList, LIST } from "./parts/lists.ts";
import { findForChange, requireChange } from "./parts/message_changes.ts";
import { requireActive } from "./parts/users.ts";

export const hearMessage = writeIndependently(async (db: Driver, input: Input<"hearMessage">) => {
  const { userId, message: id } = input;
  const target = await findForChange(db, userId, id);
  const { message, standing, facts } = target;
  requireChange(target, mayHear(standing, facts), "You may not hear this message.");
  const isVoice = message.files.some(({ voice }) => voice !== undefined);
  if (facts.isAuthor || !isVoice) return { result: undefined, changes: NO_CHANGES };
  const added = await db.run(
    "INSERT INTO heard (user_id, message_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
    [userId, id],
  );
  if (added === 0) return { result: undefined, changes: NO_CHANGES };
  const told = standing.kind === "direct" ? [userId, message.userId] : [userId];
  const changes = told.map((each) => ({ type: "heard" as const, userId: each, message: id }));
  return { result: undefined, changes };
});

const BY_ONESELF = `SELECT h.message_id AS id FROM heard AS h
  WHERE h.user_id = ? AND h.message_id IN (${LIST})`;
const OF_ONES_OWN = `SELECT DISTINCT x.id FROM messages AS x
  JOIN rooms AS r ON r.id = x.room_id AND r.kind = 'direct'
  JOIN heard AS h ON h.message_id = x.id
  WHERE x.user_id = ? AND x.id IN (${LIST})`;

export const listHeard = read(async (db: Driver, { userId, messages }: Input<"listHeard">) => {
  await requireActive(db, userId);
  const rows = [
    ...await allInList<{ id: number }>(db, BY_ONESELF, [userId], messages),
    ...await allInList<{ id: number }>(db, OF_ONES_OWN, [userId], messages),
  ];
  return [...new Set(rows.map(({ id }) => id))];
});
