/**
 * Keeps the reader's place in a conversation. The scroller is a reversed column: its zero is the
 * newest message and above is negative, so that it stays at the end by itself, in the server's
 * render too. Everywhere else the first message in sight is held where it was, whatever is added
 * or changed around it. At the end it follows what comes, but never past what nobody has seen.
 *
 * It also decides which of the loaded messages stand in the page, when to load more, and what has
 * been read: a message counts as read once it was on the screen of a window in front.
 */
import { batch, signal } from "@preact/signals";
import type { Landing, Timeline } from "../../client/model.ts";
import type { Message } from "../../protocol/objects.ts";
import { firstUnread, indexFrom, reaches, readUpTo } from "../../protocol/unread.ts";
import { attempt, type View } from "../view.ts";
import {
  bottomOf,
  firstInSight,
  isLookedAt,
  messageAt,
  selectedIn,
  seqOf,
  topOf,
  wholeInSight,
} from "./measure.ts";
import {
  fittedWindow,
  movedWindow,
  type Shown,
  shownOf,
  type Window,
  windowAround,
} from "./window.ts";

/** Pixels from the end within which the reader counts as being there. */
const NEAR = 40;
/** Further away than this, the way back is offered. */
const AWAY = 400;
/** Pixels before an end of what stands in the page at which more is put there, or asked for. */
const AHEAD = 900;
/** Milliseconds before a failed page is asked for again. */
const PAUSE = 4000;
/** Pixels above the "new messages" line: a little of what was read before is in sight. */
const ABOVE_LINE = 72;

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
  /** Where the first unread message is, seen from what is on the screen. */
  readonly unread = signal<"none" | "here" | "above" | "below">("none");
  /** There is a place to go back to. */
  readonly left = signal<Left | null>(null);
  /** Raised where other messages shall stand in the page. */
  readonly turned = signal(0);

  #scroller: HTMLDivElement | null = null;
  #timeline: Timeline | null = null;
  #window: Window = { first: 0, last: null };
  #landed: Landing | null = null;
  /**
   * The message held in sight, and where; null at the end, which holds itself. It is held by its
   * lower edge: its head goes where an older message by the same author is put above it.
   */
  #anchor: { element: Element; bottom: number } | null = null;
  /** When the anchor was set. */
  #scrollTop = 0;
  /** By how much the reader has scrolled since: the event that tells of it comes with a frame. */
  #scrolled = 0;
  /** The first message in sight, at the end too. */
  #sight: { seq: number; top: number } | null = null;
  /** What lies before it has been passed over by the reader: it holds nothing up. */
  #passed = 0;
  #seen = new Set<number>();
  /** The message to get the focus as soon as it stands in the page. */
  #wanted: number | null = null;
  #pausedUntil = 0;
  /** At which end a page has been asked for. */
  #asked: "before" | "after" | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(public view: View) {}

  // Before and after each render

  /** Which of the loaded messages to render. */
  shown(timeline: Timeline | null, landing: Landing): Shown {
    if (timeline === null) return { from: 0, to: 0 };
    const { messages } = timeline;
    this.#scrolled = (this.#scroller?.scrollTop ?? 0) - this.#scrollTop;
    if (landing !== this.#landed && timeline.loading !== "page") {
      this.#window = this.#windowFor(timeline, landing);
    }
    this.#takeIn(timeline);
    const first = this.#anchor === null ? this.#waiting(timeline) : undefined;
    const hold = first === undefined ? null : indexFrom(messages, first.seq);
    this.#window = fittedWindow(messages, this.#window, this.#anchor === null, hold);
    return shownOf(messages, this.#window);
  }

  /**
   * Of a page that was asked for, some stands in the page at once: the day's heading moves to it,
   * and at the very edge nothing else could hold the place.
   */
  #takeIn(timeline: Timeline): void {
    const side = this.#asked;
    const { from, to } = shownOf(timeline.messages, this.#window);
    const came = side === "before" ? from > 0 : to < timeline.messages.length;
    if (side === null || !came) return;
    this.#asked = null;
    this.#window = movedWindow(timeline.messages, this.#window, side, this.#kept(timeline));
  }

  #windowFor(timeline: Timeline, landing: Landing): Window {
    const { messages } = timeline;
    if (landing.kind === "return") return this.#window;
    const seq = landing.kind === "newest"
      ? undefined
      : landing.kind === "unread"
      ? this.#firstUnread(timeline)?.seq
      : landing.seq;
    const index = seq === undefined ? null : indexFrom(messages, seq);
    const { from, to } = shownOf(messages, this.#window);
    const inside = this.#landed !== null && index !== null && index > from && index < to;
    return inside ? this.#window : windowAround(messages, index);
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
    } else if (this.#anchor?.element.isConnected) {
      const moved = bottomOf(this.#anchor.element) + this.#scrolled - this.#anchor.bottom;
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    }
    const before = this.view.state.dividerSeq.peek();
    this.#holdUnread(scroller, timeline);
    // With its line what is new stands elsewhere: nobody has seen it where it is now.
    if (this.view.state.dividerSeq.peek() === before) this.remember();
    this.#focusWanted();
  }

  /** The window's size changed, or what is in it: what is held stays. */
  resized(): void {
    const timeline = this.#timeline;
    if (this.#scroller && timeline && this.#landed) {
      this.#scrolled = 0;
      this.settle(this.#scroller, timeline, this.#landed);
    }
  }

  #land(scroller: HTMLDivElement, landing: Landing): void {
    this.#anchor = null;
    switch (landing.kind) {
      case "newest":
        scroller.scrollTop = 0;
        this.#passed = this.#timeline?.messages.at(-1)?.seq ?? 0;
        break;
      case "unread": {
        const line = scroller.querySelector(".new-line");
        if (line) align(scroller, line, Math.min(ABOVE_LINE, scroller.clientHeight / 4));
        break;
      }
      case "message":
        this.#landOn(scroller, landing.seq);
        break;
      case "place": {
        const element = messageAt(scroller, landing.seq);
        if (element) align(scroller, element, landing.top);
        break;
      }
      case "return":
        this.#return();
    }
  }

  /** The message itself, or the next one where it is not there. */
  #landOn(scroller: HTMLDivElement, seq: number): void {
    const { messages } = this.#timeline!;
    const near = messages[Math.min(indexFrom(messages, seq), messages.length - 1)];
    const element = near && messageAt(scroller, near.seq);
    if (!element) return;
    const room = Math.max(0, scroller.clientHeight - element.offsetHeight) / 2;
    align(scroller, element, room);
    if (near.seq !== seq) return;
    // The fading mark begins anew each time.
    element.classList.remove("marked");
    void element.offsetWidth;
    element.classList.add("marked");
    if (scroller.contains(document.activeElement)) this.#wanted = seq;
  }

  /** At the end, what came is followed only until what nobody has seen yet reaches the upper edge. */
  #holdUnread(scroller: HTMLDivElement, timeline: Timeline): void {
    if (this.#anchor !== null) return;
    const first = this.#waiting(timeline);
    if (first === undefined) return;
    const element = messageAt(scroller, first.seq)?.closest("li");
    if (!element) return;
    const hidden = topOf(scroller) - topOf(element);
    if (!isLookedAt(scroller) || hidden > 0) this.#lineBefore(timeline, first);
    if (hidden <= 0) return;
    align(scroller, element, Math.min(ABOVE_LINE, scroller.clientHeight / 4));
    this.#anchorFirst(scroller);
  }

  /** The line stays where it is while somebody reads; who comes back finds it before what is new. */
  #lineBefore(timeline: Timeline, first: Message): void {
    const { dividerSeq, me } = this.view.state;
    const line = dividerSeq.peek();
    if (line !== null && firstUnread(timeline, line, me.peek().id) === first) return;
    this.view.actions.renewDivider();
  }

  /** The first unread message that the reader has not passed over. */
  #waiting(timeline: Timeline): Message | undefined {
    const first = this.#landed === null ? undefined : this.#firstUnread(timeline);
    return first !== undefined && first.seq > this.#passed ? first : undefined;
  }

  // While one scrolls

  scrolled(): void {
    this.remember();
    if (this.#anchor !== null || this.#scroller === null || !isLookedAt(this.#scroller)) return;
    // Whoever goes to the end has passed over what they did not look at.
    this.#passed = this.#timeline?.messages.at(-1)?.seq ?? 0;
  }

  remember(): void {
    const scroller = this.#scroller;
    const timeline = this.#timeline;
    if (!scroller || !timeline || this.#landed === null) return;
    const { from, to } = shownOf(timeline.messages, this.#window);
    const older = from > 0;
    const newer = to < timeline.messages.length;
    const below = -scroller.scrollTop;
    const above = scroller.scrollHeight - scroller.clientHeight - below;
    const ended = !timeline.hasAfter && !newer;
    if (below <= NEAR && ended) this.#anchor = null;
    else this.#anchorFirst(scroller);
    this.#lookAround(scroller, timeline);
    batch(() => {
      this.away.value = below > AWAY || !ended;
      this.unread.value = this.#whereUnread(timeline);
    });
    if (above < AHEAD && (older || timeline.hasBefore)) this.#more("before", older);
    else if (below < AHEAD && !ended) this.#more("after", newer);
  }

  #anchorFirst(scroller: HTMLDivElement): void {
    const element = firstInSight(scroller);
    this.#anchor = element ? { element, bottom: bottomOf(element) } : null;
    this.#scrollTop = scroller.scrollTop;
  }

  /** Once a frame: rows first of what is loaded, then from the server. */
  #more(side: "before" | "after", loaded: boolean): void {
    const timeline = this.#timeline!;
    if (loaded) {
      if (this.#frame !== 0) return;
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
      });
      this.#window = movedWindow(timeline.messages, this.#window, side, this.#kept(timeline));
      this.turned.value++;
      // What is needed still is put there in the next frame.
      requestAnimationFrame(() => setTimeout(() => this.remember()));
      return;
    }
    if (timeline.loading !== "none" || performance.now() < this.#pausedUntil) return;
    this.#asked = side;
    const { loadBefore, loadAfter } = this.view.actions;
    (side === "before" ? loadBefore : loadAfter)().catch(() => {
      this.#pausedUntil = performance.now() + PAUSE;
      clearTimeout(this.#timer);
      // Nothing else need happen that would ask again.
      this.#timer = setTimeout(() => this.remember(), PAUSE + 50);
    });
  }

  /** What must not leave the page: selected text. */
  #kept({ messages }: Timeline): Shown | null {
    const selected = this.#scroller && selectedIn(this.#scroller);
    return selected && shownOf(messages, selected);
  }

  // What has been read

  /** What is on the screen now has been seen. */
  look(): void {
    if (this.#scroller && this.#timeline) this.#lookAround(this.#scroller, this.#timeline);
  }

  #lookAround(scroller: HTMLDivElement, timeline: Timeline): void {
    const first = firstInSight(scroller);
    if (first) this.#sight = { seq: seqOf(first), top: topOf(first) - topOf(scroller) };
    const membership = this.#membership();
    if (!membership || timeline.loading === "page" || !isLookedAt(scroller)) return;
    for (const element of wholeInSight(scroller)) {
      const seq = seqOf(element);
      if (seq > membership.readSeq) this.#seen.add(seq);
    }
    const mark = readUpTo(timeline, membership.readSeq, this.#me(), this.#seen);
    if (mark <= membership.readSeq) return;
    for (const seq of this.#seen) if (seq <= mark) this.#seen.delete(seq);
    this.view.actions.markRead(mark);
  }

  #whereUnread(timeline: Timeline): "none" | "here" | "above" | "below" {
    if (this.#membership()?.unread === 0 || !this.#sight) return "none";
    const first = this.#firstUnread(timeline);
    if (first === undefined) return this.#reachesMark(timeline) ? "below" : "above";
    if (first.seq < this.#sight.seq) return "above";
    const element = this.#scroller && messageAt(this.#scroller, first.seq);
    const edge = this.#scroller ? bottomOf(this.#scroller) : 0;
    return !element || topOf(element) >= edge ? "below" : "here";
  }

  #membership() {
    const { rooms, openRoom } = this.view.state;
    return rooms.peek().get(openRoom.peek() ?? 0)?.membership;
  }

  #me(): number {
    return this.view.state.me.peek().id;
  }

  #reachesMark(timeline: Timeline): boolean {
    return reaches(timeline, this.#membership()?.readSeq ?? 0);
  }

  #firstUnread(timeline: Timeline): Message | undefined {
    return firstUnread(timeline, this.#membership()?.readSeq ?? 0, this.#me());
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

  back(): void {
    const left = this.left.peek();
    if (left === null) return;
    this.left.value = null;
    this.#wanted = left.focused;
    void attempt(this.view, () => this.view.actions.showPlace(left.seq, left.top));
  }

  /** The first place that is left is the one to come back to, however far one strays from it. */
  #leave(): void {
    if (this.left.peek() !== null || this.#sight === null) return;
    const focused = document.activeElement?.closest<HTMLElement>("[data-seq]");
    this.left.value = { ...this.#sight, focused: focused ? seqOf(focused) : null };
  }

  #return(): void {
    if (this.left.peek() !== null) this.back();
    else if (this.#timeline?.hasAfter) this.toNewest();
  }

  /** Gives the focus to a loaded message, which need not stand in the page yet. */
  focus(seq: number): void {
    const timeline = this.#timeline;
    if (timeline === null) return;
    this.#wanted = seq;
    if (this.#focusWanted()) return;
    const index = indexFrom(timeline.messages, seq);
    const { from } = shownOf(timeline.messages, this.#window);
    const near = index < from ? index >= from - 2 : index <= from + 2 + this.#count();
    this.#window = near
      ? movedWindow(timeline.messages, this.#window, index < from ? "before" : "after", null)
      : windowAround(timeline.messages, index);
    this.turned.value++;
  }

  #count(): number {
    const { from, to } = shownOf(this.#timeline!.messages, this.#window);
    return to - from;
  }

  #focusWanted(): boolean {
    const element = this.#wanted !== null && this.#scroller &&
      messageAt(this.#scroller, this.#wanted);
    if (!element) return false;
    this.#wanted = null;
    element.focus({ preventScroll: true });
    const { top, bottom } = this.#scroller!.getBoundingClientRect();
    if (topOf(element) < top) align(this.#scroller!, element, NEAR);
    else if (bottomOf(element) > bottom) {
      align(this.#scroller!, element, Math.max(0, bottom - top - element.offsetHeight - NEAR));
    }
    return true;
  }

  stop(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }
}

/** Scrolls so that the element stands so many pixels below the upper edge, where that can be. */
function align(scroller: HTMLElement, element: Element, top: number): void {
  scroller.scrollTop += topOf(element) - topOf(scroller) - top;
}

function afterPaint(task: () => void): void {
  requestAnimationFrame(() => setTimeout(task));
}
