/**
 * Writes durable events in the transactions that make them, and says which they were once those are
 * committed. One for each connection that writes.
 */
import type { Change } from "../changes.ts";
import type { Recorder } from "../commit/batch.ts";
import type { Driver } from "../driver.ts";
import { insertEvents, type StoredEvent } from "../operations/parts/events.ts";

export class EventRecorder implements Recorder {
  readonly #onEvents: ((events: StoredEvent[]) => Promise<void>) | undefined;
  #events: StoredEvent[] = [];

  constructor(onEvents?: (events: StoredEvent[]) => Promise<void>) {
    this.#onEvents = onEvents;
  }

  async record(db: Driver, changes: readonly Change[]): Promise<void> {
    this.#events.push(...await insertEvents(db, changes));
  }

  undone(): void {
    this.#events = [];
  }

  async committed(): Promise<void> {
    const events = this.#events;
    this.#events = [];
    if (events.length > 0) await this.#onEvents?.(events);
  }
}
