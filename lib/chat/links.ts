/** Previews of links: their pictures, and taking them away. */
import type { Message } from "../protocol/messages.ts";
import { mayRemoveLink } from "../protocol/message_permissions.ts";
import * as input from "../protocol/links.ts";
import { mayAct } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const previewPicture = defineCommand({
  schema: input.previewPicture,
  access: byAccount(mayAct),
  run: ({ store }, { userId }, { key }): Promise<{ blob: string; type: string } | null> =>
    store.previewPicture({ userId, key }),
});

export const removeLink = defineCommand({
  schema: input.removeLink,
  access: inTransaction(mayRemoveLink),
  metered: true,
  run: ({ store, now }, { userId }, { message, url }): Promise<Message> =>
    store.removeLink({ userId, message, url, now: now() }),
});
