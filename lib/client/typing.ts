/**
 * Who is typing where: the user's own typing is sent now and then, others' is shown for a while.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "./environment.ts";

/** The user's own typing is sent at most this often, in milliseconds. */
const TELL_EVERY = 3_000;
/** A person is shown as typing for this long after their last event, in milliseconds. */
export const SHOWN_FOR = 5_000;

export class Typing {
  readonly #clock: Clock;
  readonly #typists = signal<ReadonlyMap<number, readonly number[]>>(new Map());
  /** room → who is typing there, in the order they began. */
  readonly typists: ReadonlySignal<ReadonlyMap<number, readonly number[]>> = this.#typists;
  readonly #timers = new Map<string, unknown>();
  #told = { room: 0, at: -Infinity };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether typing in this room should be sent now. */
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

  /** Clears everybody's typing. */
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
