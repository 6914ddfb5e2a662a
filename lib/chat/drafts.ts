/** What somebody has written and not sent, on all of their devices. */
import * as input from "../protocol/drafts.ts";
import { mayAct, mayRead } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const setDraft = defineCommand({
  schema: input.setDraft,
  access: inTransaction(mayRead),
  metered: true,
  run: (
    { store, now },
    { userId },
    { room, text, thread = null, replyTo = null },
  ): Promise<void> => store.setDraft({ userId, room, thread, text, replyTo, now: now() }),
});

/** What is there also where one cannot read the room any more. */
export const dropDraft = defineCommand({
  schema: input.dropDraft,
  access: inTransaction(mayRead),
  metered: true,
  run: ({ store }, { userId }, { room, thread = null }): Promise<void> =>
    store.dropDraft({ userId, room, thread }),
});

export const listDrafts = defineCommand({
  schema: input.listDrafts,
  access: byAccount(mayAct),
  run: ({ store }, { userId }): Promise<input.KeptDraft[]> => store.listDrafts({ userId }),
});
