/**
 * How long messages take from their arrival to the screens: noted once for each message and each
 * part of a round, never for each delivery. It knows neither rooms nor connections.
 *
 * A message is on the first screen when the part of the round that it entered was handed over, and
 * on the last one when the round was; if it entered in the middle, when the next round was.
 */
import type { HubCounts } from "../../metrics/counts.ts";
import type { Ticks } from "../../protocol/time.ts";

/** A message on its way. */
export interface Journey {
  arrivedAt: Ticks;
  /** It came from another node: `arrivedAt` is worked out from that node's clock. */
  remote: boolean;
  /** The last screen has it. */
  ended?(): void;
}

export class Screens {
  /** In a room's channel. */
  #told: Journey[] = [];
  /** In the queues since this part began. */
  #thisPart: Journey[] = [];
  #thisRound: Journey[] = [];
  #nextRound: Journey[] = [];

  constructor(
    private readonly counts: Pick<HubCounts, "firstScreen" | "lastScreen" | "remoteScreen">,
    private readonly now: () => Ticks,
  ) {}

  /** A message was just told in its room, and goes out with the next part. */
  expect(journey: Journey): void {
    this.#told.push(journey);
  }

  /** What was told is in the queues now. */
  beginPart(isFirst: boolean): void {
    const told = this.#told;
    if (isFirst) {
      this.#thisRound = this.#nextRound;
      this.#nextRound = [];
    }
    if (told.length === 0) return;
    this.#told = [];
    this.#thisPart = told;
    (isFirst ? this.#thisRound : this.#nextRound).push(...told);
  }

  endPart(): void {
    const journeys = this.#thisPart;
    if (journeys.length === 0) return;
    this.#thisPart = [];
    const now = this.now();
    for (const { arrivedAt, remote } of journeys) {
      if (!remote) this.counts.firstScreen.add(now - arrivedAt);
    }
  }

  /** @param more whether somebody waits for the next round */
  endRound(more: boolean): void {
    const journeys = this.#thisRound;
    if (!more) journeys.push(...this.#nextRound.splice(0));
    if (journeys.length === 0) return;
    this.#thisRound = [];
    const now = this.now();
    for (const { arrivedAt, remote, ended } of journeys) {
      (remote ? this.counts.remoteScreen : this.counts.lastScreen).add(now - arrivedAt);
      ended?.();
    }
  }
}
