/**
 * Keeps the reader's place in a conversation. The scroller is a reversed column: its zero is the
 * newest message and above is negative, so that it stays at the end by itself, in the server's
 * render too. Everywhere else the first message in sight is held where it was, whatever is added
 * or changed around it. At the end it follows what comes, but never past what nobody has seen.
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

/** Pixels from the end within which the reader counts as being there. */
const NEAR = 40;
/** Further away than this, the way back is offered. */
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
  /** There is a place to go back to. */
  readonly left = signal<Left | null>(null);
  readonly #reading: Reading;
  readonly #supply: Supply;

  #scroller: HTMLDivElement | null = null;
  #timeline: Timeline | null = null;
  #landed: Landing | null = null;
  readonly #anchor = new Anchor();
  /** The first message in sight, at the end too. */
  #sight: { seq: number; top: number } | null = null;
  /** What lies before it has been passed over by the reader: it holds nothing up. */
  #passed = 0;
  /** Whether a message had the focus before the render: it may not stand in the page after it. */
  #hadFocus = false;
  /** The message to get the focus as soon as it stands in the page. */
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
      // It stands at its end by itself: nothing is measured before the browser has laid it out.
      if (first && landing.kind === "newest") return void afterPaint(() => this.remember());
      this.#land(scroller, landing);
    } else this.#anchor.keep(scroller);
    const before = this.view.state.dividerSeq.peek();
    this.#holdUnread(scroller, timeline);
    // With its line what is new stands elsewhere: nobody has seen it where it is now.
    if (this.view.state.dividerSeq.peek() === before) this.remember();
    this.#focusWanted();
  }

  /** The window's size changed, or what is in it: what is held stays. */
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
        return align(scroller, messageAt(scroller, landing.seq), landing.top);
      case "return":
        return this.#return();
    }
  }

  /** The message itself, or the next one where it is not there. */
  #landOn(scroller: HTMLDivElement, seq: number): void {
    const { messages } = this.#timeline!;
    const near = messages[Math.min(indexFrom(messages, seq), messages.length - 1)];
    const element = near && messageAt(scroller, near.seq);
    if (!element) return;
    alignMiddle(scroller, element);
    if (near.seq !== seq) return;
    markAnew(element);
    if (this.#hadFocus) this.#wanted = seq;
  }

  /** At the end, what came is followed only until what nobody has seen yet reaches the upper edge. */
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

  /** The first unread message that the reader has not passed over. */
  #waiting(timeline: Timeline): Message | undefined {
    const first = this.#landed === null ? undefined : this.#reading.first(timeline);
    return first !== undefined && first.seq > this.#passed ? first : undefined;
  }

  #passAll(): void {
    this.#passed = this.#timeline?.messages.at(-1)?.seq ?? 0;
  }

  // While one scrolls

  scrolled(): void {
    this.remember();
    // Whoever goes to the end has passed over what they did not look at.
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
    if (below <= NEAR && ended) this.#anchor.release();
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

  toNewest(): void {
    this.left.value = null;
    void attempt(this.view, () => this.view.actions.jumpToNewest());
  }

  /** On to what is unread, where it is out of sight; else to the end. */
  onward(): void {
    if (this.unread.peek() !== "below") return this.toNewest();
    void attempt(this.view, () => this.view.actions.showUnread());
  }

  /** The first place that is left is the one to come back to, however far one strays from it. */
  #leave(): void {
    if (this.left.peek() !== null || this.#sight === null) return;
    const focused = document.activeElement?.closest<HTMLElement>("[data-seq]");
    this.left.value = { ...this.#sight, focused: focused ? seqOf(focused) : null };
  }

  #return(): void {
    const left = this.left.peek();
    if (left === null) {
      if (this.#timeline?.hasAfter) this.toNewest();
      return;
    }
    this.left.value = null;
    this.#wanted = left.focused;
    void attempt(this.view, () => this.view.actions.showPlace(left.seq, left.top));
  }

  /** Gives the focus to a loaded message, which need not stand in the page yet. */
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
    // A page that fails later has it look again: at nothing, and not in the room that is open then.
    this.#scroller = null;
  }
}
