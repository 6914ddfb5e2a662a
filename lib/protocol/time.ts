/**
 * Two kinds of time that must not be mixed. A `Timestamp` is a point in time, for what is stored
 * and shown; people and time servers can set that clock, even back. `Ticks` measure how long
 * something lasts. Types alone; imports nothing.
 */

declare const monotonic: unique symbol;

/** Milliseconds of a monotonic clock (`performance.now()`): only differences mean anything. */
export type Ticks = number & { readonly [monotonic]: true };

/** Milliseconds since the Unix epoch. */
export type Timestamp = number;
