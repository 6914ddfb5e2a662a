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

/**
 * A page after another, until the log that there was at the beginning is through. Each page asks
 * again who the actor is: whoever is no longer staff gets no more of it.
 */
export const exportAudit = defineCommand({
  schema: input.exportAudit,
  access: byAccount(mayAdminister),
  async run({ store, now }, actor, asked): Promise<AsyncIterable<input.AuditEntry[]>> {
    const { userId, address } = actor;
    const { format, ...filter } = asked;
    const { before } = await store.beginAuditExport({ userId, format, address, now: now() });
    return pages(
      (from) => store.listAudit({ userId, ...filter, before: from, limit: PORTION }),
      before,
    );
  },
});

/** Entries that are read at once. */
const PORTION = 500;

async function* pages(
  read: (before: number) => Promise<input.AuditPage>,
  start: number,
): AsyncGenerator<input.AuditEntry[]> {
  for (let before: number | null = start; before !== null;) {
    const page: input.AuditPage = await read(before);
    if (page.entries.length > 0) yield page.entries;
    before = page.next;
  }
}
