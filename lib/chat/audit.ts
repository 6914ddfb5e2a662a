/** The audit log, as staff read it. It is written by the acts themselves, inside the store. */
import * as input from "../protocol/audit.ts";
import { LIMITS } from "../protocol/limits.ts";
import { mayAdminister } from "../protocol/permissions.ts";
import { byAccount, defineCommand } from "./command.ts";

export const listAudit = defineCommand({
  schema: input.listAudit,
  access: byAccount(mayAdminister),
  run: ({ store }, actor, asked): Promise<input.AuditPage> => {
    const { before = null, limit = LIMITS.pageDefault, ...filter } = asked;
    return store.listAudit({ userId: actor.userId, ...filter, before, limit });
  },
});
