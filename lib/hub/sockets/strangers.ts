/**
 * The connections that have not said who they are. They are looked at more often than the others,
 * for as long as there are any, so that their time ends when it is over. It knows no sockets.
 */
import type { Connection } from "./connection.ts";
import type { EventLoop } from "../../event_loop.ts";

/** By so much at most somebody's time is longer than it should be, ms. */
const LOOK_MS = 200;

export class Strangers {
  readonly #connections = new Set<Connection>();
  #stopLooking: (() => void) | null = null;

  /** @param look is shown all of them, again and again; it takes out whom it ends */
  constructor(
    private readonly look: (strangers: Iterable<Connection>) => void,
    private readonly loop: Pick<EventLoop, "every">,
  ) {}

  add(connection: Connection): void {
    this.#connections.add(connection);
    this.#stopLooking ??= this.loop.every(LOOK_MS, () => this.look(this.#connections));
  }

  /** It has said who it is, or is gone; one that is not here is no error. */
  remove(connection: Connection): void {
    if (!this.#connections.delete(connection) || this.#connections.size > 0) return;
    this.#stopLooking?.();
    this.#stopLooking = null;
  }
}
