/**
 * Keeps messages ready ahead of a reader who scrolls. Only some of the loaded messages are in the
 * page. When the reader comes near either end of those, more are added, or requested from the
 * server.
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

/** Within this many pixels of either end of the page's messages, more are added or requested. */
const AHEAD = 900;
/** Milliseconds before a failed page is requested again. */
const PAUSE = 4000;

type Side = "before" | "after";

export class Supply {
  /** Raised when the page should show other messages. */
  readonly turned = signal(0);
  readonly #view: () => View;
  /** Called when something may have changed by itself, to check the reader's place again. */
  readonly #again: () => void;
  #window: Window = { first: 0, last: null };
  /** The end for which a page has been requested. */
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
   * Starts again around a message, or at the end if `index` is null. With `keep`, only if too
   * little is shown around the message: the reader would land at the edge, and whatever is added
   * next would be out of sight.
   */
  turnTo({ messages }: Timeline, index: number | null, keep: boolean): void {
    if (keep && index !== null && holds(messages, this.#window, index)) return;
    this.#window = windowAround(messages, index);
  }

  /** Brings in a message that is loaded but not in the page: by one step if that is enough. */
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
   * Called after messages have arrived. If we requested a page, some of it goes into the page at
   * once: the day's heading moves to it, and at the very edge nothing else could hold the reader's
   * place.
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

  /** `above`, `below`: pixels from the visible part to either end of what is in the page. */
  provide(timeline: Timeline, above: number, below: number, scroller: Element): void {
    const { from, to } = this.shown(timeline);
    const newer = to < timeline.messages.length;
    if (above < AHEAD && (from > 0 || timeline.hasBefore)) {
      this.#more(timeline, "before", from > 0, scroller);
    } else if (below < AHEAD && (newer || timeline.hasAfter)) {
      this.#more(timeline, "after", newer, scroller);
    }
  }

  /** Adds loaded rows, once a frame; when none are left, requests a page from the server. */
  #more(timeline: Timeline, side: Side, loaded: boolean, scroller: Element): void {
    if (!loaded) return this.#load(timeline, side);
    if (this.#frame !== 0) return;
    this.#move(timeline, side, scroller);
    this.turned.value++;
    // Whatever is still needed is added in the next frame.
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

  /** Selected text stays in the page. */
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
