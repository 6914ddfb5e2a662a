/**
 * Makes what is slow to make on its first use: patterns of Unicode's scripts take 2 ms of a
 * server's startup, and ten times that in a phone's page. Shared with the browser; imports nothing.
 */
// By this mark a bundler knows that what nobody uses can be left out.
/*@__NO_SIDE_EFFECTS__*/
export function atFirstUse<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
