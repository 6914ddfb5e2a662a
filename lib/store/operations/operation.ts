/**
 * What an operation of the store is: a function over a driver, inside a transaction that
 * somebody else opens and commits. Knows no database.
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

/** Answers from one consistent view; changes nothing. */
export interface ReadOperation<In, Out> {
  readonly kind: "read";
  run(db: Driver, input: In): Promise<Out>;
}

/**
 * Runs alone in a transaction, or after others in the same one. It may throw at any point: what
 * it wrote until then is undone. It may be run again from the start after such an undoing.
 */
export interface WriteOperation<In, Out> {
  readonly kind: "write";
  run(db: Driver, input: In): Promise<Written<Out>>;
  /** Where several in a row cost less than each alone. */
  series?(db: Driver): Series<In, Out>;
  /** Changes nothing that a series of another operation has read and goes by. */
  readonly independent?: boolean;
  /** Where much of what it did can be told from its input, which its caller still has. */
  readonly brief?: Brief<In, Out>;
}

/** A short form of what an operation did, for those of which very many cross between threads. */
export interface Brief<In, Out> {
  /** Plain data. */
  shorten(written: Written<Out>): unknown;
  /** What `shorten` was given. */
  restore(input: In, short: unknown): Written<Out>;
}

/**
 * Several of one operation: what they share is read once, and what only the last one decides is
 * written once, by `finish`, before anything else is run and before the commit. Afterwards it may
 * go on, also in another transaction, where nothing but independent operations was committed in
 * between. Where `run` throws after it wrote, or `finish` throws, the transaction is to be undone
 * and the series is not to go on.
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

/** For operations that changed nothing, or nothing that others must learn. */
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

/** An operation that is made of its series: alone, it is a series of one. */
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
