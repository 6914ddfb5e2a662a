/**
 * How far the others of a direct room have seen it: asked for when a view wants to know, and kept up
 * by events from then on. Of the last room that was asked for alone.
 */
import type { Signal } from "@preact/signals";
import type { SeenEvent } from "../protocol/events.ts";
import type { Seen } from "../protocol/seen.ts";
import type { Api } from "./api.ts";
import type { PeopleActions, SeenMarks } from "./people_model.ts";

export type SeenState = Signal<SeenMarks | null>;

export function applySeen(seen: SeenState, { room, userId, seq, at }: SeenEvent): void {
  const known = seen.peek();
  if (known?.room !== room) return;
  seen.value = { room, marks: furthest(known.marks, [{ userId, seq, at }]) };
}

export function createSeen(seen: SeenState, api: Api): Pick<PeopleActions, "loadSeen"> {
  return {
    async loadSeen(room) {
      if (seen.peek()?.room !== room) seen.value = { room, marks: [] };
      const answer = await api<{ seen: Seen[] }>("GET", `/api/rooms/${room}/seen`);
      const known = seen.peek();
      // An event may have overtaken the answer.
      if (known?.room === room) seen.value = { room, marks: furthest(answer.seen, known.marks) };
    },
  };
}

/** Each person's further mark. */
function furthest(marks: readonly Seen[], news: readonly Seen[]): Seen[] {
  const byUser = new Map(marks.map((mark) => [mark.userId, mark]));
  for (const mark of news) {
    if (mark.seq > (byUser.get(mark.userId)?.seq ?? -1)) byUser.set(mark.userId, mark);
  }
  return [...byUser.values()];
}
