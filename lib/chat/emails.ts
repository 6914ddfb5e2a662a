/** One's own e-mail address. Proving it by its link is in `lib/auth/`: whoever has that is believed. */
import { ConfabError } from "../errors.ts";
import * as input from "../protocol/emails.ts";
import { readEmailAddress } from "../protocol/email_address.ts";
import { mayAct } from "../protocol/permissions.ts";
import { byAccount, defineCommand } from "./command.ts";

export const getEmail = defineCommand({
  schema: input.getEmail,
  access: byAccount(mayAct),
  run: async ({ store, mail }, actor): Promise<input.MyEmail> => ({
    ...await store.emailOf({ userId: actor.userId }),
    sendsMail: mail !== null,
  }),
});

/** The address counts once the link that is sent there was used. */
export const setEmail = defineCommand({
  schema: input.setEmail,
  access: byAccount(mayAct),
  metered: true,
  confirmed: true,
  run: async (
    { store, mail, mailRate, now },
    { userId, language },
    change,
  ): Promise<input.MyEmail> => {
    if (mail === null) throw new ConfabError("forbidden", "This server sends no mail.");
    const { address, key } = readEmailAddress(change.address)!; // the schema has read it
    const retryAfter = mailRate.spend(userId);
    if (retryAfter > 0) {
      throw new ConfabError("rate_limited", "Too many letters were sent for you.", { retryAfter });
    }
    const email = await store.setEmail({ userId, address, key, language, now: now() });
    mail.wake();
    return { ...email, sendsMail: true };
  },
});

export const removeEmail = defineCommand({
  schema: input.removeEmail,
  access: byAccount(mayAct),
  metered: true,
  confirmed: true,
  run: async ({ store, mail, now }, { userId, address }): Promise<void> => {
    await store.removeEmail({ userId, now: now(), from: address });
    mail?.wake();
  },
});
