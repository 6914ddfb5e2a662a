/**
 * Keeps the reader's place in a conversation. The scroller is a reversed column: its zero is the
 * newest message and above is negative, so that it stays at the end by itself, in the server's
 * render too. Everywhere else the first message in sight is held where it was, whatever is added
 * or changed above it. It decides when to load more and what has been read.
 */
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Timeline } from "../../client/model.ts";
import { showInPane } from "../parts/pane.ts";
import { attempt, useView, type View } from "../view.ts";

/** Pixels from the end within which the reader counts as being there. */
const NEAR = 40;
/** Further away than this, the way back is offered. */
const AWAY = 400;
/** Pixels before an end of what is loaded at which more is asked for. */
const AHEAD = 900;
/** Milliseconds before a failed page is asked for again. */
const PAUSE = 4000;

export interface ConversationScroll {
  scroller: RefObject<HTMLDivElement | null>;
  /** Whether the newest message is far below, or not loaded. */
  away: Signal<boolean>;
  onScroll(): void;
  toNewest(): void;
  /** Shows a message that is loaded; false where it is not. */
  toMessage(seq: number): boolean;
}

export function useConversationScroll(timeline: Timeline | null): ConversationScroll {
  const view = useView();
  const scroller = useRef<HTMLDivElement>(null);
  const away = useSignal(false);
  const keeper = useRef<PlaceKeeper>(null);
  keeper.current ??= new PlaceKeeper(view, away);
  const place = keeper.current;
  place.view = view;

  useLayoutEffect(() => place.settle(scroller.current!, timeline, view.state.highlightSeq.value));
  useEffect(() => {
    const look = () => place.markRead();
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return {
    scroller,
    away,
    onScroll: () => place.remember(),
    toNewest: () => place.toNewest(),
    toMessage: (seq) => place.toMessage(seq),
  };
}

class PlaceKeeper {
  #scroller: HTMLDivElement | null = null;
  #timeline: Timeline | null = null;
  /**
   * The message held in sight, and where; null at the end, which holds itself. It is held by its
   * lower edge: its head goes where an older message by the same author is put above it.
   */
  #anchor: { element: Element; bottom: number } | null = null;
  #opened = false;
  #highlighted: number | null = null;
  #wantsNewest = false;
  #markedSeq = 0;
  #pausedUntil = 0;

  constructor(public view: View, readonly away: Signal<boolean>) {}

  /** After each render, before it is painted. */
  settle(scroller: HTMLDivElement, timeline: Timeline | null, highlight: number | null): void {
    this.#scroller = scroller;
    this.#timeline = timeline;
    if (!timeline || timeline.loading === "page") return;
    if (highlight !== null && highlight !== this.#highlighted && this.toMessage(highlight)) {
      this.#highlighted = highlight;
      this.#opened = true;
    } else if (!this.#opened) {
      this.#opened = true;
      const newLine = scroller.querySelector(".new-line");
      // It stands at its end by itself: nothing is measured before the browser has laid it out.
      if (newLine === null) return void afterPaint(() => this.remember());
      showInPane(scroller, newLine, "center");
    } else if (this.#wantsNewest && !timeline.hasAfter) {
      this.#wantsNewest = false;
      scroller.scrollTop = 0;
    } else if (this.#anchor?.element.isConnected) {
      const moved = bottomOf(this.#anchor.element) - this.#anchor.bottom;
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    }
    if (highlight === null) this.#highlighted = null;
    this.remember();
  }

  remember(): void {
    const scroller = this.#scroller;
    const timeline = this.#timeline;
    if (!scroller || !timeline) return;
    const below = -scroller.scrollTop;
    const above = scroller.scrollHeight - scroller.clientHeight - below;
    const atEnd = below <= NEAR && !timeline.hasAfter;
    this.#anchor = atEnd ? null : this.#firstInSight(scroller);
    this.away.value = below > AWAY || timeline.hasAfter;
    if (above < AHEAD && timeline.hasBefore) this.#load("loadBefore");
    else if (below < AHEAD && timeline.hasAfter) this.#load("loadAfter");
    this.markRead();
  }

  #firstInSight(scroller: HTMLDivElement): { element: Element; bottom: number } | null {
    const edge = scroller.getBoundingClientRect().top;
    const element = firstWhere(messagesIn(scroller), (one) => bottomOf(one) > edge);
    return element ? { element, bottom: bottomOf(element) } : null;
  }

  #load(action: "loadBefore" | "loadAfter"): void {
    if (this.#timeline?.loading !== "none" || Date.now() < this.#pausedUntil) return;
    this.view.actions[action]().catch(() => {
      this.#pausedUntil = Date.now() + PAUSE;
    });
  }

  /** Up to the last message wholly in sight, while somebody is really looking. */
  markRead(): void {
    const scroller = this.#scroller;
    const last = this.#timeline?.messages.at(-1);
    if (!scroller || !last || !document.hasFocus() || document.visibilityState !== "visible") {
      return;
    }
    const seq = this.#anchor === null ? last.seq : this.#lastInSight(scroller);
    if (seq <= this.#markedSeq) return;
    this.#markedSeq = seq;
    this.view.actions.markRead(seq);
  }

  #lastInSight(scroller: HTMLDivElement): number {
    const edge = scroller.getBoundingClientRect().bottom;
    const elements = messagesIn(scroller);
    const below = firstWhere(elements, (one) => bottomOf(one) > edge);
    const last = below ? elements[elements.indexOf(below) - 1] : elements.at(-1);
    return Number(last?.dataset.seq ?? 0);
  }

  toNewest(): void {
    this.#anchor = null;
    this.#wantsNewest = true;
    if (this.#timeline?.hasAfter) void attempt(this.view, () => this.view.actions.jumpToNewest());
    else if (this.#scroller) this.#scroller.scrollTop = 0;
  }

  toMessage(seq: number): boolean {
    const element = this.#scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    if (!element) return false;
    showInPane(this.#scroller!, element, "center");
    // The fading mark begins anew each time.
    element.classList.remove("marked");
    void element.offsetWidth;
    element.classList.add("marked");
    this.remember();
    return true;
  }
}

function afterPaint(task: () => void): void {
  requestAnimationFrame(() => setTimeout(task));
}

function messagesIn(scroller: HTMLElement): HTMLElement[] {
  return [...scroller.querySelectorAll<HTMLElement>("[data-seq]")];
}

function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom;
}

/** The first element for which the test holds, where it holds for all after it (bisection). */
function firstWhere<T>(elements: T[], test: (element: T) => boolean): T | undefined {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(elements[middle]!)) high = middle;
    else low = middle + 1;
  }
  return elements[low];
}
