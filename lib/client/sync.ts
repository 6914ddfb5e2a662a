/**
 * Who is behind, and what was asked: for each room the highest revision heard of, and the one
 * `sync` that may be on its way. It must not know what revisions are made of.
 */
import { LIMITS } from "../protocol/limits.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { RequestError } from "./request_error.ts";

export interface SyncOptions {
  clock: Clock;
  /** Up to where the room is known; null where it is not known at all. */
  known(room: number): number | null;
  /** Sends the `sync`; rejects with `RequestError`. */
  ask(rooms: Record<string, number>): Promise<unknown>;
}

export interface Sync {
  /** The room has reached `rev`, as somebody says. */
  heard(room: number, rev: number): void;
  /** Asks for every room that is behind and not yet asked for. Call it after each frame. */
  flush(): void;
  /** An answer came: from which revision it was asked; null where nobody asked. */
  answered(room: number): number | null;
  /** The answer has been applied. Where it brought nothing, asking again would not either. */
  applied(room: number, progress: boolean): void;
  forget(room: number): void;
  /** The connection is gone: nothing is on its way. */
  lost(): void;
}

export function createSync({ clock, known, ask }: SyncOptions): Sync {
  const heard = new Map<number, number>();
  const asked = new Map<number, number>();
  let attempt = 0;
  let retry: unknown = null;

  function flush(): void {
    if (retry !== null) return;
    const rooms: Record<string, number> = {};
    let count = 0;
    for (const [room, rev] of heard) {
      const since = known(room);
      if (since === null || since >= rev) heard.delete(room);
      else if (!asked.has(room) && count++ < LIMITS.syncRooms) {
        rooms[room] = since;
        asked.set(room, since);
      }
    }
    if (count > 0) send(rooms);
  }

  function send(rooms: Record<string, number>): void {
    ask(rooms).then(() => attempt = 0, (error: unknown) => {
      for (const room of Object.keys(rooms)) asked.delete(Number(room));
      // Without a connection the next `ready` begins anew.
      if (error instanceof RequestError && error.code !== "offline") retryLater(error);
    });
  }

  function retryLater(error: RequestError): void {
    retry ??= clock.setTimeout(() => {
      retry = null;
      flush();
    }, retryDelay(error, attempt++, clock.random()));
  }

  return {
    heard: (room, rev) => void heard.set(room, Math.max(rev, heard.get(room) ?? 0)),
    flush,
    answered(room) {
      const since = asked.get(room) ?? null;
      asked.delete(room);
      return since;
    },
    applied(room, progress) {
      if (!progress) heard.delete(room);
    },
    forget(room) {
      heard.delete(room);
      asked.delete(room);
    },
    lost() {
      heard.clear();
      asked.clear();
      clock.clearTimeout(retry);
      retry = null;
    },
  };
}
