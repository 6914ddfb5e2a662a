/** Who types where: one's own typing told now and then, that of others shown for a while. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "./environment.ts";

/** One's own typing is told at most this often, in milliseconds. */
const TELL_EVERY = 3_000;
/** Somebody is shown as typing for this long after they were heard, in milliseconds. */
export const SHOWN_FOR = 5_000;

export class Typing {
  readonly #clock: Clock;
  readonly #typists = signal<ReadonlyMap<number, readonly number[]>>(new Map());
  /** room → who types there, in the order they began. */
  readonly typists: ReadonlySignal<ReadonlyMap<number, readonly number[]>> = this.#typists;
  readonly #timers = new Map<string, unknown>();
  #told = { room: 0, at: -Infinity };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether typing in this room should be told now. */
  shouldTell(room: number): boolean {
    const now = this.#clock.ticks();
    if (this.#told.room === room && now - this.#told.at < TELL_EVERY) return false;
    this.#told = { room, at: now };
    return true;
  }

  heard(room: number, userId: number): void {
    const key = `${room} ${userId}`;
    if (this.#timers.has(key)) this.#clock.clearTimeout(this.#timers.get(key));
    else this.#show(room, (users) => [...users, userId]);
    this.#timers.set(key, this.#clock.setTimeout(() => this.ended(room, userId), SHOWN_FOR));
  }

  /** Their message has come, or they are gone. */
  ended(room: number, userId: number): void {
    const key = `${room} ${userId}`;
    if (!this.#timers.has(key)) return;
    this.#clock.clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#show(room, (users) => users.filter((id) => id !== userId));
  }

  /** Nobody is known to type any more. */
  clear(): void {
    for (const timer of this.#timers.values()) this.#clock.clearTimeout(timer);
    this.#timers.clear();
    this.#typists.value = new Map();
  }

  #show(room: number, change: (users: readonly number[]) => readonly number[]): void {
    const users = this.#typists.value.get(room) ?? [];
    this.#typists.value = new Map(this.#typists.value).set(room, change(users));
  }
}
