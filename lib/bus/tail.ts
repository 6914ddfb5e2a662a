/**
 * The end of the table of durable events, followed by every node: each event once, in the order of
 * ids, also the node's own. Of the same room or user ids are in the order of commits, since whoever
 * writes them holds a lock on it. What the bus says is only a reason to look. It does not know what
 * it carries, and the database only as something that can be read.
 */

/** Milliseconds that a writer waits until its own events can be read back. */
const OWN_WAIT = 1_000;

export interface EventRow {
  id: number;
  body: string;
}

export interface EventsRead {
  /** From where the next look goes on; opaque. */
  mark: string;
  /** Those that could not be seen at the mark given, by id. */
  rows: EventRow[];
  /** Some of what happened since the mark cannot be read any more, or is too much to be. */
  lost: boolean;
}

export interface TailOptions {
  /** Reads what is new since `mark`; null: nothing but the mark. Rejects if it cannot. */
  read(mark: string | null): Promise<EventsRead>;
  /** Tells the other nodes to look. */
  wake(): void;
  /** A timer; the returned function stops it. */
  every(ms: number, task: () => void): () => void;
  log(message: string, error: unknown): void;
}

export interface TailListener<Event> {
  /**
   * What is new, in order. `early`: own events, told from memory because nothing can be read; others
   * may have happened before them.
   */
  happened(events: Event[], early: boolean): void;
  /**
   * The look with this number has ended well: what was committed before it began has been told.
   * Called after `happened`, also where there was nothing.
   */
  looked(look: number): void;
  /** Events were missed for good: nothing that is known here of members and sessions holds. */
  lost(): void;
}

export class Tail<Event> {
  readonly #options: TailOptions;
  readonly #listeners = new Set<TailListener<Event>>();
  #mark: string | null = null;
  #started = 0;
  #running: Promise<boolean> | null = null;
  /** The look after the running one, if somebody has asked for it. */
  #next: Promise<boolean> | null = null;
  /** Own events that were told before they could be read. */
  readonly #early = new Set<number>();
  #closed = false;

  constructor(options: TailOptions) {
    this.#options = options;
  }

  /** How many looks have begun: the number of the last one. */
  get started(): number {
    return this.#started;
  }

  subscribe(listener: TailListener<Event>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Sets the mark. To be called before anything is read whose changes are to be heard of; rejects
   * if the database cannot be read.
   */
  async start(): Promise<void> {
    this.#mark = (await this.#options.read(null)).mark;
  }

  /**
   * Resolves to true when everything that was committed before this call has been told to the
   * listeners; to false if it could not be read. Any number of calls during one look share the next.
   */
  look(): Promise<boolean> {
    // The next one has not begun as long as it is kept, even if the running one is just over.
    if (this.#next !== null) return this.#next;
    if (this.#running === null) return this.#start();
    return this.#next = this.#running.then(() => this.#start());
  }

  /**
   * To be called after the commit that wrote these events, and waited for before its callers are
   * answered. If they cannot be read just now they are told from memory: who was removed is gone
   * from this node, whatever happens to the connection that reads.
   */
  async committed(events: readonly { id: number; change: Event }[]): Promise<void> {
    if (events.length === 0) return;
    this.#options.wake();
    if (await this.#lookInTime() || this.#closed) return;
    for (const { id } of events) this.#early.add(id);
    this.#tell(events.map(({ change }) => change), true);
  }

  /** Nothing is told any more. */
  close(): void {
    this.#closed = true;
    this.#listeners.clear();
  }

  async #lookInTime(): Promise<boolean> {
    const tooLong = Promise.withResolvers<boolean>();
    const stop = this.#options.every(OWN_WAIT, () => tooLong.resolve(false));
    try {
      return await Promise.race([this.look(), tooLong.promise]);
    } finally {
      stop();
    }
  }

  #start(): Promise<boolean> {
    this.#next = null;
    const running = this.#look(++this.#started).finally(() => {
      if (this.#running === running) this.#running = null;
    });
    return this.#running = running;
  }

  async #look(number: number): Promise<boolean> {
    if (this.#closed) return false;
    let read: EventsRead;
    try {
      read = await this.#options.read(this.#mark);
    } catch {
      return false; // whoever reads has logged it; the mark stays where it is
    }
    this.#mark = read.mark;
    const events = read.lost ? null : this.#fresh(read.rows);
    if (events === null) {
      this.#early.clear();
      this.#tellEach((listener) => listener.lost());
    } else if (events.length > 0) this.#tell(events, false);
    this.#tellEach((listener) => listener.looked(number));
    return true;
  }

  /**
   * An own event that was told early is not told again, unless another node's older one is only
   * heard now: told after it, a removal would undo the return that followed. Null if one of them
   * cannot be read: it is as good as lost.
   */
  #fresh(rows: readonly EventRow[]): Event[] | null {
    const events: Event[] = [];
    try {
      for (const { id, body } of rows) {
        if (this.#early.delete(id) && events.length === 0) continue;
        // The cast: the JSON in this column is our own.
        events.push(JSON.parse(body) as Event);
      }
    } catch (error) {
      this.#options.log("An event cannot be read", error);
      return null;
    }
    return events;
  }

  #tell(events: Event[], early: boolean): void {
    this.#tellEach((listener) => listener.happened(events, early));
  }

  /** What has been read stays read, and what was committed is answered, whatever a listener does. */
  #tellEach(tell: (listener: TailListener<Event>) => void): void {
    for (const listener of this.#listeners) {
      try {
        tell(listener);
      } catch (error) {
        this.#options.log("A listener failed on events", error);
      }
    }
  }
}
