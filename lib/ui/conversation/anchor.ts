/**
 * The message that is held where it is, whatever is added or changed around it. It is held by its
 * lower edge: its head goes where an older message by the same author is put above it. It must not
 * know which message is worth holding, nor when.
 */
import { bottomOf, firstInSight } from "./measure.ts";

export class Anchor {
  #held: { element: Element; bottom: number } | null = null;
  /** When the anchor was set. */
  #scrollTop = 0;
  /** By how much the reader has scrolled since: the event that tells of it comes with a frame. */
  #scrolled = 0;

  /** Nothing is held: at the end, which holds itself. */
  get isFree(): boolean {
    return this.#held === null;
  }

  release(): void {
    this.#held = null;
  }

  /** Holds the first message in sight. */
  holdFirst(scroller: HTMLElement): void {
    const element = firstInSight(scroller);
    this.#held = element ? { element, bottom: bottomOf(element) } : null;
    this.#scrollTop = scroller.scrollTop;
  }

  /** Before a render: the reader's own scrolling is intended, and must not be undone. */
  notice(scroller: HTMLElement | null): void {
    this.#scrolled = (scroller?.scrollTop ?? 0) - this.#scrollTop;
  }

  /** Call before a change that is not a render: nobody scrolled. */
  noticeNothing(): void {
    this.#scrolled = 0;
  }

  /** After a render: puts what is held back where it was. */
  keep(scroller: HTMLElement): void {
    if (!this.#held?.element.isConnected) return;
    const moved = bottomOf(this.#held.element) + this.#scrolled - this.#held.bottom;
    if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  }
}
