/**
 * A finger that holds the button of voice messages: let go of it is sent, slid to the left it is
 * dropped, slid up it goes on by itself, and so it does after a mere tap. Pure: points and
 * times come in.
 */

/** CSS pixels until it is dropped, and until it goes on by itself. */
const DROPS_AT = 110;
const STAYS_AT = 70;
/** Milliseconds: who lets go earlier has tapped. */
const TAP = 350;

interface Spot {
  readonly x: number;
  readonly y: number;
}

export type HoldState = "holds" | "drops" | "stays";

export class Holding {
  #state: HoldState = "holds";
  readonly #start: Spot;
  readonly #at: number;

  /** @param at milliseconds of a clock that nobody sets */
  constructor(start: Spot, at: number) {
    this.#start = start;
    this.#at = at;
  }

  get state(): HoldState {
    return this.#state;
  }

  /** What it leads to, and how near it is to being dropped: 0 to 1. */
  moved({ x, y }: Spot): { state: HoldState; dropping: number } {
    const aside = this.#start.x - x;
    const up = this.#start.y - y;
    if (this.#state === "holds") {
      // Whichever way is longer is meant.
      if (up >= STAYS_AT && up > aside) this.#state = "stays";
      else if (aside >= DROPS_AT) this.#state = "drops";
    }
    return { state: this.#state, dropping: Math.max(0, Math.min(1, aside / DROPS_AT)) };
  }

  /** The finger is gone; `sends` only where it recorded for as long as it was held. */
  released(at: number): "sends" | "stays" | "drops" {
    if (this.#state !== "holds") return this.#state;
    return at - this.#at < TAP ? "stays" : "sends";
  }
}
