/**
 * With the focus on a message, the arrows go from one to the next, the page keys by a screenful,
 * Home and End to the first and last loaded. Elements inside a message keep their keys.
 */
import type { Timeline } from "../../client/model.ts";
import { indexFrom } from "../../protocol/unread.ts";
import { seqOf, wholeInSight } from "./measure.ts";

export function messageForKey(event: KeyboardEvent, timeline: Timeline): number | null {
  const from = event.target as HTMLElement;
  if (from.dataset.seq === undefined || event.altKey || event.ctrlKey || event.metaKey) return null;
  const { messages } = timeline;
  const index = indexFrom(messages, seqOf(from));
  const screenful = () => Math.max(1, wholeInSight(event.currentTarget as Element).length - 1);
  const to = targetIndex(event.key, index, messages.length - 1, screenful);
  return to === null ? null : messages[Math.max(0, Math.min(to, messages.length - 1))]!.seq;
}

function targetIndex(
  key: string,
  index: number,
  last: number,
  screenful: () => number,
): number | null {
  switch (key) {
    case "ArrowUp":
      return index - 1;
    case "ArrowDown":
      return index + 1;
    case "PageUp":
      return index - screenful();
    case "PageDown":
      return index + screenful();
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
