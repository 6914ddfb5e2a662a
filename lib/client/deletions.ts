/**
 * Which messages were deleted while the page was open, also where no conversation has them loaded: a
 * file that stands open, a room's list of files. It must not know who shows them.
 */
import type { Signal } from "@preact/signals";
import type { Message } from "../protocol/messages.ts";

/** Of the last so many: what is older has been taken off the screen. */
const MOST = 1_000;

/** These messages have arrived, new or changed. */
export function learnDeleted(
  deleted: Signal<ReadonlySet<number>>,
  messages: readonly Pick<Message, "id" | "deletedAt">[],
): void {
  const known = deleted.peek();
  // Who takes a deletion back has the message there again.
  const news = messages.filter(({ id, deletedAt }) => known.has(id) === (deletedAt === null));
  if (news.length === 0) return;
  const next = new Set(known);
  for (const { id, deletedAt } of news) {
    if (deletedAt === null) next.delete(id);
    else next.add(id);
  }
  deleted.value = new Set([...next].slice(-MOST));
}
