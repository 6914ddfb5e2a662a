/**
 * The connections that have not signed in. They are checked more often than the others, as long as
 * there are any, so that they are closed on time. It knows no sockets.
 */
import type { Connection } from "./connection.ts";
import type { EventLoop } from "../../event_loop.ts";

/** How often they are checked, ms: nobody gets more extra time than this. */
const LOOK_MS = 200;

export class Strangers {
  readonly #connections = new Set<Connection>();
  #stopLooking: (() => void) | null = null;

  /** @param look gets all of them, repeatedly; it removes those it ends */
  constructor(
    private readonly look: (strangers: Iterable<Connection>) => void,
    private readonly loop: Pick<EventLoop, "every">,
  ) {}

  add(connection: Connection): void {
    this.#connections.add(connection);
    this.#stopLooking ??= this.loop.every(LOOK_MS, () => this.look(this.#connections));
  }

  /** It has signed in, or is gone; removing an absent one is no error. */
  remove(connection: Connection): void {
    if (!this.#connections.delete(connection) || this.#connections.size > 0) return;
    this.#stopLooking?.();
    this.#stopLooking = null;
  }
}
