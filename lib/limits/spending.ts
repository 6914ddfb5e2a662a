/**
 * What nodes tell each other of their limits: each counts what is spent on it at once and by itself,
 * tells the others, and subtracts what they tell. What is lost on the way, and all while there is no
 * way, leaves a node with what it saw itself. It does not know what is counted, nor the bus.
 * The arithmetic is in docs/decisions/0030.
 */
import type { EventLoop } from "../event_loop.ts";
import { Allowance } from "./allowance.ts";
import type { Limit, LimitKey, LimitOptions, MakeLimit } from "./limit.ts";
import { RecentMap } from "./recent_map.ts";

/** Of which limit, whose, how many (below 0: given back), and whether it was renewed before that. */
export type Spent = readonly [limit: string, key: LimitKey, amount: number, renewed: boolean];

export interface SpendingSignal {
  type: "spending";
  node: string;
  spent: readonly Spent[];
}

/**
 * Signals of a node at once, and one more per so many milliseconds: a flood of guesses must not
 * become a flood on the bus, and who guesses once in a while must find it told on every node.
 */
const SIGNALS = { burst: 20, every: 50 };
/** The one key under which a node counts its signals. */
const SIGNAL = "signal";
/** How long spending waits for others where a limit says that this is no matter, ms. */
const TOGETHER = 250;
/** Keys in one signal: it has room in one NOTIFY (7,900 bytes). */
export const MOST_TOLD = 100;
/** Keys of a limit of which something is to be told one day; of more the latest. */
const MOST_UNTOLD = 10_000;
/** Keys of a limit that are to be told now: beyond that those that spend again and again. */
const MOST_DUE = 1_000;

export interface SpendingOptions {
  /** This node's name, unlike any other's. */
  node: string;
  publish(signal: SpendingSignal): void;
  /**
   * What stands for a key that a stranger chose: the same on every node, and nobody who reads the
   * bus can tell which name or address it was.
   */
  hide(key: string): string;
  loop: Pick<EventLoop, "now" | "after">;
}

export class Spending {
  readonly #limits = new Map<string, SharedLimit>();
  readonly #options: SpendingOptions;
  readonly #signals: Allowance;
  /** When the next signal goes out; Infinity: nothing is to be told. */
  #nextAt = Infinity;

  constructor(options: SpendingOptions) {
    this.#options = options;
    this.#signals = new Allowance({ ...SIGNALS, ticks: options.loop.now });
  }

  /** Makes limits that all nodes share. */
  readonly makeLimit: MakeLimit = <Key extends LimitKey>(name: string, options: LimitOptions) => {
    const limit = new SharedLimit(options, this.#options, () => this.#request(options.share));
    this.#limits.set(name, limit);
    return limit as Limit<Key>; // it takes every kind of key
  };

  /** Another node's spending; this node's own is known already. */
  hear(signal: SpendingSignal): void {
    if (signal.node === this.#options.node) return;
    for (const spent of signal.spent) this.#limits.get(spent[0])?.hear(spent);
  }

  /** Tells what is still to be told: this node ends, its counts stay with the others. */
  close(): void {
    this.#tell();
    this.#nextAt = -Infinity;
  }

  #request(share: number): void {
    const { loop } = this.#options;
    const at = loop.now() + Math.max(share === 1 ? 0 : TOGETHER, this.#signals.wait(SIGNAL));
    if (at >= this.#nextAt) return;
    this.#nextAt = at;
    loop.after(at - loop.now(), () => {
      if (this.#nextAt === at) this.#tell();
    });
  }

  #tell(): void {
    const { node, publish } = this.#options;
    this.#nextAt = Infinity;
    const due = [...this.#limits].flatMap(([name, limit]) => limit.due(name));
    // Of a flood over very many keys the most spent is what matters; the rest has its turn.
    if (due.length > MOST_TOLD) due.sort((a, b) => b[2] - a[2]);
    const spent = due.slice(0, MOST_TOLD);
    if (spent.length === 0) return;
    for (const [name, key] of spent) this.#limits.get(name)!.told(key);
    this.#signals.take(SIGNAL);
    publish({ type: "spending", node, spent });
    if (due.length > MOST_TOLD) this.#request(1);
  }
}

interface Untold {
  amount: number;
  renewed: boolean;
  /** When it last changed. */
  at: number;
}

/** Counts here, remembers what is to be told, and subtracts what it hears. */
class SharedLimit implements Limit<LimitKey> {
  readonly #counts: Allowance<LimitKey>;
  readonly #untold = new RecentMap<LimitKey, Untold>(MOST_UNTOLD);
  readonly #due = new Set<LimitKey>();

  constructor(
    private readonly options: LimitOptions,
    private readonly around: Pick<SpendingOptions, "hide" | "loop">,
    private readonly request: () => void,
  ) {
    this.#counts = new Allowance({ ...options, ticks: around.loop.now });
  }

  wait(key: LimitKey): number {
    return this.#counts.wait(this.#hidden(key));
  }

  take(key: LimitKey): void {
    const hidden = this.#hidden(key);
    this.#counts.take(hidden);
    this.#note(hidden, 1);
  }

  spend(key: LimitKey): number {
    const hidden = this.#hidden(key);
    const wait = this.#counts.spend(hidden);
    if (wait === 0) this.#note(hidden, 1);
    return wait;
  }

  giveBack(key: LimitKey): void {
    const hidden = this.#hidden(key);
    this.#counts.giveBack(hidden);
    this.#note(hidden, -1);
  }

  renew(key: LimitKey): void {
    const hidden = this.#hidden(key);
    this.#counts.renew(hidden);
    this.#remember(hidden, { amount: 0, renewed: true, at: this.around.loop.now() });
  }

  hear([, key, amount, renewed]: Spent): void {
    if (renewed) this.#counts.renew(key);
    if (amount > 0) this.#counts.take(key, amount);
    else if (amount < 0) this.#counts.giveBack(key, -amount);
  }

  due(name: string): Spent[] {
    const due: Spent[] = [];
    for (const key of this.#due) {
      const untold = this.#untold.get(key);
      if (untold === undefined) this.#due.delete(key);
      else due.push([name, key, untold.amount, untold.renewed]);
    }
    return due;
  }

  told(key: LimitKey): void {
    this.#due.delete(key);
    this.#untold.delete(key);
  }

  #hidden(key: LimitKey): LimitKey {
    return typeof key === "string" ? this.around.hide(key) : key;
  }

  #note(key: LimitKey, by: number): void {
    const at = this.around.loop.now();
    const before = this.#untold.get(key);
    const { burst, every } = this.options;
    // What was spent before a pause in which all of it came back is nobody's matter any more.
    const isOver = before === undefined || at - before.at > burst * every;
    const { amount, renewed } = isOver ? { amount: 0, renewed: false } : before;
    this.#remember(key, { amount: amount + by, renewed, at });
  }

  #remember(key: LimitKey, untold: Untold): void {
    if (untold.amount === 0 && !untold.renewed) return this.told(key);
    this.#untold.set(key, untold);
    const { share } = this.options;
    const isDue = untold.renewed || Math.abs(untold.amount) >= share;
    const most = untold.amount > share ? MOST_UNTOLD : MOST_DUE;
    if (!isDue || this.#due.size >= most) return;
    this.#due.add(key);
    this.request();
  }
}
