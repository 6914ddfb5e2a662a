/**
 * What a metric is: a name with its unit, what it means, and how it is read. The tables beside this
 * file hold them all; `/metrics` and docs/metrics.md come from them. Units are Prometheus's:
 * seconds, bytes, and `_total` for what only rises.
 */
import type { Counts } from "../counts.ts";
import type { Spread } from "../spread.ts";

/** Everything that is read from, at one moment. */
export interface MetricsReading {
  readonly counts: Counts;
  /** Null while the app starts anew. */
  readonly app: AppReading | null;
  readonly process: ProcessReading;
}

/** What the running app has now. */
export interface AppReading {
  /** By phase. */
  readonly connections: Readonly<Record<"anonymous" | "loading" | "live" | "closing", number>>;
  /** People with a connection here. */
  readonly users: number;
  /** Rooms with a connection here. */
  readonly rooms: number;
  /** What waits here for other nodes' sake; null on a single node. */
  readonly nodes: { readonly held: number; readonly gateClosed: boolean } | null;
  readonly bus: { readonly kind: string; readonly connected: boolean; readonly dropped: number };
  readonly database: string;
  readonly schema: number;
  /** Null where no mail server is set. */
  readonly mail: { readonly failing: unknown; readonly sent: number } | null;
}

/** Times in milliseconds, sizes in bytes. */
export interface ProcessReading {
  readonly version: string;
  readonly deno: string;
  readonly startedAt: number;
  readonly uptime: number;
  /** The monotonic clock. */
  readonly now: number;
  readonly memory: { readonly rss: number; readonly heapUsed: number; readonly external: number };
  /** 0: none. */
  readonly memoryLimit: number;
  /** Microseconds. */
  readonly cpu: { readonly user: number; readonly system: number };
  readonly loopDelay: Spread;
}

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

export interface SpreadSample {
  readonly labels?: Labels;
  readonly spread: Spread;
}

interface Described {
  readonly name: `confab_${string}`;
  /** One sentence or two, for the page and for the documentation. */
  readonly help: string;
  /** The labels, with what they may be. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface NumberFamily extends Described {
  readonly type: "counter" | "gauge";
  read(from: MetricsReading): readonly Sample[];
}

export interface SpreadFamily extends Described {
  readonly type: "histogram";
  /** By which values are divided: 1,000 where milliseconds are shown as seconds. */
  readonly divisor: number;
  read(from: MetricsReading): readonly SpreadSample[];
}

export type Family = NumberFamily | SpreadFamily;

/** One number without labels. */
export function one(value: number): Sample[] {
  return [{ value }];
}

/** A number for each value of a label. */
export function by(label: string, values: Iterable<readonly [string, number]>): Sample[] {
  return [...values].map(([name, value]) => ({ labels: { [label]: name }, value }));
}

/** Only while the app is there. */
export function whileUp(app: AppReading | null, read: (app: AppReading) => Sample[]): Sample[] {
  return app === null ? [] : read(app);
}

export const MS_A_SECOND = 1_000;
