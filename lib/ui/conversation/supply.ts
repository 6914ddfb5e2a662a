/**
 * Keeps messages ahead of a reader who scrolls: of those that are loaded some stand in the page, and
 * more are put there, or asked for, when the reader nears an end of them.
 */
import { signal } from "@preact/signals";
import type { Timeline } from "../../client/model.ts";
import { indexFrom } from "../../protocol/unread.ts";
import type { View } from "../view.ts";
import { selectedIn } from "./measure.ts";
import {
  fittedWindow,
  holds,
  movedWindow,
  type Shown,
  shownOf,
  type Window,
  windowAround,
} from "./window.ts";

/** Pixels before an end of what stands in the page at which more is put there, or asked for. */
const AHEAD = 900;
/** Milliseconds before a failed page is asked for again. */
const PAUSE = 4000;

type Side = "before" | "after";

export class Supply {
  /** Raised where other messages shall stand in the page. */
  readonly turned = signal(0);
  readonly #view: () => View;
  /** Something may have changed by itself: the reader's place is to be looked at again. */
  readonly #again: () => void;
  #window: Window = { first: 0, last: null };
  /** At which end a page has been asked for. */
  #asked: Side | null = null;
  #pausedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(view: () => View, again: () => void) {
    this.#view = view;
    this.#again = again;
  }

  shown({ messages }: Timeline): Shown {
    return shownOf(messages, this.#window);
  }

  /**
   * Starts again around a message; null: at the end. With `keep`, only where too little is shown
   * around it: one would land at the end of that, and what is put there next comes out of sight.
   */
  turnTo({ messages }: Timeline, index: number | null, keep: boolean): void {
    if (keep && index !== null && holds(messages, this.#window, index)) return;
    this.#window = windowAround(messages, index);
  }

  /** To a message that is loaded and not in the page: by a step, where that is enough. */
  reach(timeline: Timeline, seq: number): void {
    const index = indexFrom(timeline.messages, seq);
    const { from, to } = this.shown(timeline);
    const side = index < from ? "before" : "after";
    const near = side === "before" ? index >= from - 2 : index <= to + 2;
    this.#window = near
      ? movedWindow(timeline.messages, this.#window, side, null)
      : windowAround(timeline.messages, index);
    this.turned.value++;
  }

  /**
   * After messages have come. Of a page that was asked for, some stand in the page at once: the
   * day's heading moves to it, and at the very edge nothing else could hold the place.
   */
  fit(timeline: Timeline, atEnd: boolean, hold: number | null, scroller: Element | null): void {
    const side = this.#asked;
    const { from, to } = this.shown(timeline);
    const came = side === "before" ? from > 0 : to < timeline.messages.length;
    if (side !== null && came) {
      this.#asked = null;
      this.#move(timeline, side, scroller);
    }
    this.#window = fittedWindow(timeline.messages, this.#window, atEnd, hold);
  }

  /** `above` and `below`: pixels from what is on the screen to the ends of what is in the page. */
  provide(timeline: Timeline, above: number, below: number, scroller: Element): void {
    const { from, to } = this.shown(timeline);
    const newer = to < timeline.messages.length;
    if (above < AHEAD && (from > 0 || timeline.hasBefore)) {
      this.#more(timeline, "before", from > 0, scroller);
    } else if (below < AHEAD && (newer || timeline.hasAfter)) {
      this.#more(timeline, "after", newer, scroller);
    }
  }

  /** Rows of what is loaded, once a frame; then a page from the server. */
  #more(timeline: Timeline, side: Side, loaded: boolean, scroller: Element): void {
    if (!loaded) return this.#load(timeline, side);
    if (this.#frame !== 0) return;
    this.#move(timeline, side, scroller);
    this.turned.value++;
    // What is needed still is put there in the next frame.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      setTimeout(this.#again);
    });
  }

  #load(timeline: Timeline, side: Side): void {
    if (timeline.loading !== "none" || performance.now() < this.#pausedUntil) return;
    this.#asked = side;
    const { loadBefore, loadAfter } = this.#view().actions;
    (side === "before" ? loadBefore : loadAfter)().catch(() => {
      this.#pausedUntil = performance.now() + PAUSE;
      clearTimeout(this.#timer);
      // Nothing else would trigger another request.
      this.#timer = setTimeout(this.#again, PAUSE + 50);
    });
  }

  /** Selected text does not leave the page. */
  #move({ messages }: Timeline, side: Side, scroller: Element | null): void {
    const selected = scroller && selectedIn(scroller);
    const keep = selected && shownOf(messages, selected);
    this.#window = movedWindow(messages, this.#window, side, keep);
  }

  stop(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }
}
