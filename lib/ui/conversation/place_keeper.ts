/**
 * Keeps the reader's place in a conversation. The scroller is a reversed column: zero is the newest
 * message and positions above it are negative. So the browser keeps it at the end by itself, even
 * in the server's render. Everywhere else we hold the first visible message in place, whatever is
 * added or changed around it. At the end, the view follows new messages, but never scrolls past one
 * that nobody has seen.
 */
import { batch, signal } from "@preact/signals";
import type { Landing, Timeline } from "../../client/model.ts";
import type { Message } from "../../protocol/messages.ts";
import { indexFrom } from "../../protocol/unread.ts";
import { attempt, type View } from "../view.ts";
import { Anchor } from "./anchor.ts";
import { firstInSight, isLookedAt, messageAt, seqOf, topOf } from "./measure.ts";
import { afterPaint, align, alignLine, alignMiddle, focusInSight, markAnew } from "./placing.ts";
import { Reading, type Whereabouts } from "./reading.ts";
import { Supply } from "./supply.ts";
import type { Shown } from "./window.ts";

/** Within this many pixels of the end, the reader counts as being at the end. */
const NEAR = 40;
/** Beyond this many pixels from the end, a button leads back to it. */
const AWAY = 400;

/** Where the reader was before a jump. */
interface Left {
  seq: number;
  top: number;
  /** The message that had the focus. */
  focused: number | null;
}

export class PlaceKeeper {
  /** Whether the newest message is far below, or not loaded. */
  readonly away = signal(false);
  readonly unread = signal<Whereabouts>("none");
  /** The place that the reader can go back to, if any. */
  readonly left = signal<Left | null>(null);
  readonly #reading: Reading;
  readonly #supply: Supply;

  #scroller: HTMLDivElement | null = null;
  #timeline: Timeline | null = null;
  #landed: Landing | null = null;
  readonly #anchor = new Anchor();
  /** The first visible message, also while the reader is at the end. */
  #sight: { seq: number; top: number } | null = null;
  /** The reader has scrolled or was led past all up to this `seq`: it no longer holds the view back. */
  #passed = 0;
  /** Whether a message had the focus before the render, which may remove it from the page. */
  #hadFocus = false;
  /** The message to focus as soon as it is in the page. */
  #wanted: number | null = null;

  constructor(public view: View) {
    this.#reading = new Reading(() => this.view);
    this.#supply = new Supply(() => this.view, () => this.remember());
  }

  get turned() {
    return this.#supply.turned;
  }

  // Before and after each render

  /** Which of the loaded messages to render. */
  shown(timeline: Timeline | null, landing: Landing): Shown {
    if (timeline === null) return { from: 0, to: 0 };
    this.#anchor.notice(this.#scroller);
    this.#hadFocus = this.#scroller?.contains(document.activeElement) ?? false;
    if (landing !== this.#landed && landing.kind !== "return" && timeline.loading !== "page") {
      const index = this.#reading.indexOf(timeline, landing);
      this.#supply.turnTo(timeline, index, this.#landed !== null);
    }
    const first = this.#anchor.isFree ? this.#waiting(timeline) : undefined;
    const hold = first === undefined ? null : indexFrom(timeline.messages, first.seq);
    this.#supply.fit(timeline, this.#anchor.isFree, hold, this.#scroller);
    return this.#supply.shown(timeline);
  }

  /** After each render, before it is painted. */
  settle(scroller: HTMLDivElement, timeline: Timeline | null, landing: Landing): void {
    this.#scroller = scroller;
    this.#timeline = timeline;
    if (timeline === null || timeline.loading === "page") return;
    if (landing !== this.#landed) {
      const first = this.#landed === null;
      if (!first && landing.kind === "message") this.#leave();
      this.#landed = landing;
      // The browser keeps it at the end. We measure nothing before the first layout.
      if (first && landing.kind === "newest") return void afterPaint(() => this.remember());
      this.#land(scroller, landing);
    } else this.#anchor.keep(scroller);
    const before = this.view.state.dividerSeq.peek();
    this.#holdUnread(scroller, timeline);
    // The "new messages" line moves what is new: nobody has seen it in its new position yet.
    if (this.view.state.dividerSeq.peek() === before) this.remember();
    this.#focusWanted();
  }

  /** The window or its content changed size: keep the reader's place. */
  resized(): void {
    const timeline = this.#timeline;
    if (!this.#scroller || !timeline || !this.#landed) return;
    this.#anchor.noticeNothing();
    this.settle(this.#scroller, timeline, this.#landed);
  }

  #land(scroller: HTMLDivElement, landing: Landing): void {
    this.#anchor.release();
    switch (landing.kind) {
      case "newest":
        scroller.scrollTop = 0;
        return this.#passAll();
      case "unread":
        return alignLine(scroller, scroller.querySelector(".new-line"));
      case "message":
        return this.#landOn(scroller, landing.seq);
      case "place":
        this.#passed = Math.max(this.#passed, landing.seq);
        return align(scroller, messageAt(scroller, landing.seq), landing.top);
      case "return":
        return this.#return();
    }
  }

  /** Lands on the message, or on the next one if it is gone. */
  #landOn(scroller: HTMLDivElement, seq: number): void {
    const { messages } = this.#timeline!;
    const near = messages[Math.min(indexFrom(messages, seq), messages.length - 1)];
    const element = near && messageAt(scroller, near.seq);
    if (!element) return;
    // Unread messages above it hold nobody back who was led here.
    this.#passed = Math.max(this.#passed, near.seq);
    alignMiddle(scroller, element);
    if (near.seq !== seq) return;
    markAnew(element);
    if (this.#hadFocus) this.#wanted = seq;
  }

  /** At the end, follows new messages only until the first unseen one reaches the upper edge. */
  #holdUnread(scroller: HTMLDivElement, timeline: Timeline): void {
    const first = this.#anchor.isFree ? this.#waiting(timeline) : undefined;
    const element = first && messageAt(scroller, first.seq)?.closest("li");
    if (!first || !element) return;
    const hidden = topOf(scroller) - topOf(element);
    if (!isLookedAt(scroller) || hidden > 0) this.#reading.lineBefore(timeline, first);
    if (hidden <= 0) return;
    alignLine(scroller, element);
    this.#anchor.holdFirst(scroller);
  }

  /** The first unread message that the reader has not scrolled past. */
  #waiting(timeline: Timeline): Message | undefined {
    const first = this.#landed === null ? undefined : this.#reading.first(timeline);
    return first !== undefined && first.seq > this.#passed ? first : undefined;
  }

  #passAll(): void {
    this.#passed = this.#timeline?.messages.at(-1)?.seq ?? 0;
  }

  // While scrolling

  scrolled(): void {
    this.remember();
    // A reader who goes to the end has skipped what they did not look at.
    if (this.#anchor.isFree && this.#scroller && isLookedAt(this.#scroller)) this.#passAll();
  }

  remember(): void {
    const scroller = this.#scroller;
    const timeline = this.#timeline;
    if (!scroller || !timeline || this.#landed === null) return;
    const below = -scroller.scrollTop;
    const above = scroller.scrollHeight - scroller.clientHeight - below;
    const ended = !timeline.hasAfter &&
      this.#supply.shown(timeline).to === timeline.messages.length;
    // One's own on their way stand below what is loaded.
    const isEnd = ended || this.view.state.pending.peek()[0];
    if (below <= NEAR && isEnd) this.#anchor.release();
    else this.#anchor.holdFirst(scroller);
    const first = firstInSight(scroller);
    if (first) this.#sight = { seq: seqOf(first), top: topOf(first) - topOf(scroller) };
    this.look();
    batch(() => {
      const unread = this.#reading.where(scroller, timeline, this.#sight?.seq ?? 0);
      const hidden = below > NEAR && (unread === "here" || unread === "below");
      this.unread.value = unread;
      this.away.value = below > AWAY || !ended || hidden;
    });
    this.#supply.provide(timeline, above, below, scroller);
  }

  look(): void {
    if (this.#scroller && this.#timeline && this.#landed) {
      this.#reading.look(this.#scroller, this.#timeline);
    }
  }

  // Jumps

  /** Rejects without a connection, where the end is not loaded. */
  toNewest(): Promise<void> {
    this.left.value = null;
    return this.view.actions.jumpToNewest();
  }

  /** Remembers only the first place left: the one to return to, however far the reader goes. */
  #leave(): void {
    if (this.left.peek() !== null || this.#sight === null) return;
    const focused = document.activeElement?.closest<HTMLElement>("[data-seq]");
    this.left.value = { ...this.#sight, focused: focused ? seqOf(focused) : null };
  }

  #return(): void {
    const left = this.left.peek();
    if (left === null) {
      if (this.#timeline?.hasAfter) void attempt(this.view, () => this.toNewest());
      return;
    }
    this.left.value = null;
    this.#wanted = left.focused;
    void attempt(this.view, () => this.view.actions.showPlace(left.seq, left.top));
  }

  /** Focuses a loaded message, even if it is not in the page yet. */
  focus(seq: number): void {
    this.#wanted = seq;
    if (!this.#focusWanted() && this.#timeline) this.#supply.reach(this.#timeline, seq);
  }

  #focusWanted(): boolean {
    const scroller = this.#scroller;
    const element = this.#wanted !== null && scroller && messageAt(scroller, this.#wanted);
    if (!element) return false;
    this.#wanted = null;
    focusInSight(scroller, element);
    return true;
  }

  stop(): void {
    this.#supply.stop();
    // A page that fails later calls us again: it must find nothing, not the room open by then.
    this.#scroller = null;
  }
}
