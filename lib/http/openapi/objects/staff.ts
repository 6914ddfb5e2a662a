/** The schemas of accounts as staff see them: see `objects.ts`. */
import * as z from "zod";
import type { CommandResult as Result } from "../../../chat/chat.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { StaffAccount } from "../../../protocol/staff.ts";
import { of, time } from "./base.ts";
import { user } from "./people.ts";

export const staffAccount = of<StaffAccount>()(user.extend({
  createdAt: time,
  lastSeen: time.nullable().meta({ description: "Of the sessions that have not ended." }),
  sessions: z.int().nonnegative().meta({ description: "How many have not ended." }),
  secondFactor: z.boolean().meta({ description: "Signing in needs more than the password." }),
  erasedAt: time.nullable(),
  erasing: z.boolean().meta({
    description: "What an erased person left in rooms is still being taken away.",
  }),
}));

export const accountsPage = of<Result<"listAccounts">>()(z.object({
  accounts: z.array(staffAccount).max(LIMITS.pageMax).meta({ description: "By username." }),
  next: z.string().nullable().meta({
    description: "The next page's `after`; `null` after the last.",
  }),
}));

export const STAFF_NAMED = { StaffAccount: staffAccount, AccountsPage: accountsPage };
