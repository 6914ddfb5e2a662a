/**
 * Which rooms are behind, and what was requested: for each room the highest revision seen, and the
 * one `sync` that may be on its way. It must not know what revisions contain.
 */
import { LIMITS } from "../protocol/limits.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { RequestError } from "./request_error.ts";

export interface SyncOptions {
  clock: Clock;
  /** How far the room is known; null if it is not known at all. */
  known(room: number): number | null;
  /** Sends the `sync`; rejects with `RequestError`. */
  ask(rooms: Record<string, number>): Promise<unknown>;
}

export class Sync {
  readonly #options: SyncOptions;
  readonly #heard = new Map<number, number>();
  readonly #asked = new Map<number, number>();
  #attempt = 0;
  #retry: unknown = null;

  constructor(options: SyncOptions) {
    this.#options = options;
  }

  /** Something says that the room has reached `rev`. */
  heard(room: number, rev: number): void {
    this.#heard.set(room, Math.max(rev, this.#heard.get(room) ?? 0));
  }

  /** Requests every room that is behind and not yet requested. Call it after each frame. */
  flush(): void {
    if (this.#retry !== null) return;
    const rooms: Record<string, number> = {};
    let count = 0;
    for (const [room, rev] of this.#heard) {
      const since = this.#options.known(room);
      if (since === null || since >= rev) this.#heard.delete(room);
      else if (!this.#asked.has(room) && count++ < LIMITS.syncRooms) {
        rooms[room] = since;
        this.#asked.set(room, since);
      }
    }
    if (count > 0) this.#send(rooms);
  }

  /** An answer came: returns the revision it was requested from; null if it was not requested. */
  answered(room: number): number | null {
    const since = this.#asked.get(room) ?? null;
    this.#asked.delete(room);
    return since;
  }

  /** The answer has been applied. If it brought nothing, requesting again would not either. */
  applied(room: number, progress: boolean): void {
    if (!progress) this.#heard.delete(room);
  }

  forget(room: number): void {
    this.#heard.delete(room);
    this.#asked.delete(room);
  }

  /** The connection is gone: nothing is on its way. */
  lost(): void {
    this.#heard.clear();
    this.#asked.clear();
    this.#options.clock.clearTimeout(this.#retry);
    this.#retry = null;
  }

  #send(rooms: Record<string, number>): void {
    this.#options.ask(rooms).then(() => this.#attempt = 0, (error: unknown) => {
      for (const room of Object.keys(rooms)) this.#asked.delete(Number(room));
      // Without a connection, the next `ready` starts over.
      if (error instanceof RequestError && error.code !== "offline") this.#retryLater(error);
    });
  }

  #retryLater(error: RequestError): void {
    const { clock } = this.#options;
    this.#retry ??= clock.setTimeout(() => {
      this.#retry = null;
      this.flush();
    }, retryDelay(error, this.#attempt++, clock.random()));
  }
}
