/** The schemas of addresses and of links to a new password. */
import * as z from "zod";
import type { MyEmail } from "../../../protocol/emails.ts";
import type { ResetLink } from "../../../protocol/recovery.ts";
import { of, time } from "./base.ts";

export const myEmail = of<MyEmail>()(z.object({
  address: z.string().nullable().meta({ description: "Confirmed; `null`: there is none." }),
  pending: z.string().nullable().meta({ description: "To be confirmed by a letter's link." }),
  sendsMail: z.boolean().meta({ description: "Whether this server sends mail at all." }),
}));

export const resetLink = of<ResetLink>()(z.object({
  url: z.string(),
  expiresAt: time,
}));
