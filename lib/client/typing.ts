/** Who types where: one's own typing told now and then, that of others shown for a while. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "./environment.ts";

/** One's own typing is told at most this often, in milliseconds. */
const TELL_EVERY = 3_000;
/** Somebody is shown as typing for this long after they were heard, in milliseconds. */
export const SHOWN_FOR = 5_000;

export interface Typing {
  /** room → who types there, in the order they began. */
  typists: ReadonlySignal<ReadonlyMap<number, readonly number[]>>;
  /** Whether typing in this room should be told now. */
  shouldTell(room: number): boolean;
  heard(room: number, userId: number): void;
  /** Their message has come, or they are gone. */
  ended(room: number, userId: number): void;
  /** Nobody is known to type any more. */
  clear(): void;
}

export function createTyping(clock: Clock): Typing {
  const typists = signal<ReadonlyMap<number, readonly number[]>>(new Map());
  const timers = new Map<string, unknown>();
  let told = { room: 0, at: -Infinity };

  function show(room: number, change: (users: readonly number[]) => readonly number[]): void {
    typists.value = new Map(typists.value).set(room, change(typists.value.get(room) ?? []));
  }

  function ended(room: number, userId: number): void {
    const key = `${room} ${userId}`;
    if (!timers.has(key)) return;
    clock.clearTimeout(timers.get(key));
    timers.delete(key);
    show(room, (users) => users.filter((id) => id !== userId));
  }

  return {
    typists,
    shouldTell(room) {
      const now = clock.ticks();
      if (told.room === room && now - told.at < TELL_EVERY) return false;
      told = { room, at: now };
      return true;
    },
    heard(room, userId) {
      const key = `${room} ${userId}`;
      if (timers.has(key)) clock.clearTimeout(timers.get(key));
      else show(room, (users) => [...users, userId]);
      timers.set(key, clock.setTimeout(() => ended(room, userId), SHOWN_FOR));
    },
    ended,
    clear() {
      for (const timer of timers.values()) clock.clearTimeout(timer);
      timers.clear();
      typists.value = new Map();
    },
  };
}
