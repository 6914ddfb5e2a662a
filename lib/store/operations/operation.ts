/**
 * What an operation of the store is: a function over a driver, inside a transaction opened and
 * committed elsewhere. Knows no database.
 */
import type { Driver } from "../driver.ts";
import type { Change, Store } from "../store.ts";

/** The store's methods that are operations. */
export type OperationName = Exclude<keyof Store, "close">;

export type Input<Name extends OperationName> = Parameters<Store[Name]>[0];
export type Result<Name extends OperationName> = Awaited<ReturnType<Store[Name]>>;

/** What a writing operation did: its answer, and what others must learn once it is durable. */
export interface Written<T> {
  result: T;
  changes: readonly Change[];
}

/** Reads from one consistent view; changes nothing. */
export interface ReadOperation<In, Out> {
  readonly kind: "read";
  run(db: Driver, input: In): Promise<Out>;
}

/**
 * Runs alone in a transaction, or after others in the same one. It may throw at any point: what it
 * wrote is then undone, and it may be run again from the start.
 */
export interface WriteOperation<In, Out> {
  readonly kind: "write";
  run(db: Driver, input: In): Promise<Written<Out>>;
  /** Set if several in a row cost less than each alone. */
  series?(db: Driver): Series<In, Out>;
  /** Changes nothing that another operation's series has read and relies on. */
  readonly independent?: boolean;
  /**
   * Set if it may even run beside all others, on another connection and in any order: what it
   * writes only rises or is the last of equals, it locks no room, and others learn of it by a
   * signal that may be lost, or not at all.
   */
  readonly unordered?: boolean;
  /** Set if much of what it did follows from its input, which the caller still has. */
  readonly brief?: Brief<In, Out>;
}

/** A short form of what an operation did, for operations whose results cross threads very often. */
export interface Brief<In, Out> {
  /** Plain data. */
  shorten(written: Written<Out>): unknown;
  /** Returns what was passed to `shorten`. */
  restore(input: In, short: unknown): Written<Out>;
}

/**
 * Several calls of one operation: what they share is read once, and what only the last one decides
 * is written once, by `finish`, before anything else runs and before the commit. Afterwards it
 * may continue, even in another transaction, if only independent operations were committed in
 * between. If `run` throws after it wrote, or `finish` throws, the transaction must be undone and
 * the series must not continue.
 */
export interface Series<In, Out> {
  run(input: In): Promise<Written<Out>>;
  finish(): Promise<void>;
}

export type Operation<In, Out> = ReadOperation<In, Out> | WriteOperation<In, Out>;

/** Every operation of the store by its name, checked against the store's interface. */
export type OperationTable = {
  readonly [Name in OperationName]: Operation<Input<Name>, Result<Name>>;
};

/** For operations that changed nothing, or nothing others must learn of. */
export const NO_CHANGES: readonly Change[] = [];

export function read<In, Out>(
  run: (db: Driver, input: In) => Promise<Out>,
): ReadOperation<In, Out> {
  return { kind: "read", run };
}

export function write<In, Out>(
  run: (db: Driver, input: In) => Promise<Written<Out>>,
): WriteOperation<In, Out> {
  return { kind: "write", run };
}

export function writeIndependently<In, Out>(
  run: (db: Driver, input: In) => Promise<Written<Out>>,
): WriteOperation<In, Out> {
  return { kind: "write", run, independent: true };
}

export function writeUnordered<In, Out>(
  run: (db: Driver, input: In) => Promise<Written<Out>>,
): WriteOperation<In, Out> {
  return { kind: "write", run, independent: true, unordered: true };
}

/** Makes an operation from its series: alone, it is a series of one. */
export function writeInSeries<In, Out>(
  series: (db: Driver) => Series<In, Out>,
  brief: Brief<In, Out>,
): WriteOperation<In, Out> {
  return {
    kind: "write",
    series,
    brief,
    async run(db, input) {
      const alone = series(db);
      const written = await alone.run(input);
      await alone.finish();
      return written;
    },
  };
}
