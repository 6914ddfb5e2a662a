/**
 * What has been read in the open room: a message counts as read once it was on the screen of a
 * window in front. The room has one mark, so it goes only as far as nothing unread is left before.
 */
import type { Landing, Timeline } from "../../client/model.ts";
import type { Membership } from "../../protocol/members.ts";
import type { Message } from "../../protocol/messages.ts";
import { firstUnread, indexFrom, reaches, readUpTo } from "../../protocol/unread.ts";
import type { View } from "../view.ts";
import { bottomOf, isLookedAt, messageAt, seqOf, topOf, wholeInSight } from "./measure.ts";

/** Where the first unread message is, seen from what is on the screen. */
export type Whereabouts = "none" | "here" | "above" | "below";

export class Reading {
  readonly #view: () => View;
  readonly #seen = new Set<number>();

  constructor(view: () => View) {
    this.#view = view;
  }

  first(timeline: Timeline): Message | undefined {
    return firstUnread(timeline, this.#membership()?.readSeq ?? 0, this.#me());
  }

  /** Which of the loaded messages the reader is to land at; null where it is none of them. */
  indexOf(timeline: Timeline, landing: Landing): number | null {
    const seq = "seq" in landing
      ? landing.seq
      : landing.kind === "unread"
      ? this.first(timeline)?.seq
      : undefined;
    return seq === undefined ? null : indexFrom(timeline.messages, seq);
  }

  /** Marks what is on the screen as seen, if the window is in front. */
  look(scroller: HTMLElement, timeline: Timeline): void {
    const membership = this.#membership();
    if (!membership || timeline.loading === "page" || !isLookedAt(scroller)) return;
    for (const element of wholeInSight(scroller)) {
      const seq = seqOf(element);
      if (seq > membership.readSeq) this.#seen.add(seq);
    }
    const mark = readUpTo(timeline, membership.readSeq, this.#me(), this.#seen);
    if (mark <= membership.readSeq) return;
    for (const seq of this.#seen) if (seq <= mark) this.#seen.delete(seq);
    this.#view().actions.markRead(mark);
  }

  /** `topSeq`: the first message in sight. */
  where(scroller: HTMLElement, timeline: Timeline, topSeq: number): Whereabouts {
    const membership = this.#membership();
    if (!membership || membership.unread === 0) return "none";
    const first = this.first(timeline);
    if (first === undefined) return reaches(timeline, membership.readSeq) ? "below" : "above";
    if (first.seq < topSeq) return "above";
    const item = messageAt(scroller, first.seq)?.closest("li");
    if (!item) return "below";
    // A reader who has seen the message right before it has got this far, even if it begins below
    // the edge.
    const reached = item.previousElementSibling;
    return (reached ? bottomOf(reached) : topOf(item)) > bottomOf(scroller) ? "below" : "here";
  }

  /**
   * The line stays put while somebody reads; a reader who returns finds it before the new messages.
   */
  lineBefore(timeline: Timeline, first: Message): void {
    const { state, actions } = this.#view();
    const line = state.dividerSeq.peek();
    if (line === null || firstUnread(timeline, line, this.#me()) !== first) actions.renewDivider();
  }

  #membership(): Membership | undefined {
    const { rooms, openRoom } = this.#view().state;
    return rooms.peek().get(openRoom.peek() ?? 0)?.membership;
  }

  #me(): number {
    return this.#view().state.me.peek().id;
  }
}
