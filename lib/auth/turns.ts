/**
 * Whose turn it is at a slow step that few run at a time. Queues do not wait for each other, and
 * within a queue the keys take turns: neither a flood of one kind nor one client's many requests
 * block the others. It does not know the step.
 */
import { ConfabError } from "../errors.ts";

/** The queue to wait in, and the key to count under: an account, a network. */
export interface Turn {
  queue: "known" | "strangers" | "signups" | "changes";
  key: string;
}

interface Waiting {
  begin(): void;
  refuse(error: ConfabError): void;
}

/** By key; a Map keeps the keys' order, and a key that had its turn goes to the end. */
type Queue = Map<string, Waiting[]>;

export class Turns {
  readonly #queues = new Map<Turn["queue"], Queue>();
  #running = 0;

  /**
   * @param waiting how many may wait in a queue; beyond it, one from the key with most waiting gets
   * `unavailable`
   */
  constructor(private readonly limits: { running: number; waiting: number }) {}

  async run<T>(turn: Turn, task: () => Promise<T>): Promise<T> {
    if (this.#running < this.limits.running) this.#running++;
    else await this.#wait(turn);
    try {
      return await task();
    } finally {
      // The place is handed over, not freed: a newcomer cannot slip in first.
      const next = this.#next();
      if (next === null) this.#running--;
      else next.begin();
    }
  }

  #wait({ queue: name, key }: Turn): Promise<void> {
    const queue = this.#queues.get(name) ?? new Map<string, Waiting[]>();
    this.#queues.set(name, queue);
    const own = queue.get(key) ?? [];
    if (lengthOf(queue) >= this.limits.waiting) {
      const longest = [...queue.values()].reduce((a, b) => b.length > a.length ? b : a);
      if (longest.length <= own.length + 1) throw tooMany();
      longest.pop()!.refuse(tooMany());
    }
    queue.set(key, own);
    return new Promise((begin, refuse) => own.push({ begin, refuse }));
  }

  /** The next one of the queue and key whose turn it is. */
  #next(): Waiting | null {
    for (const [name, queue] of this.#queues) {
      this.#queues.delete(name);
      const [first] = queue;
      if (first === undefined) continue;
      const [key, waiting] = first;
      const next = waiting.shift()!;
      queue.delete(key);
      if (waiting.length > 0) queue.set(key, waiting);
      if (queue.size > 0) this.#queues.set(name, queue);
      return next;
    }
    return null;
  }
}

function lengthOf(queue: Queue): number {
  return [...queue.values()].reduce((sum, { length }) => sum + length, 0);
}

function tooMany(): ConfabError {
  return new ConfabError("unavailable", "Too many people are signing in. Try again soon.", {
    retryAfter: 2_000,
    busy: true,
  });
}
