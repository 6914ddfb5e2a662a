/**
 * What takes a while to make is made when it is first used: patterns of Unicode's scripts take 2 ms
 * of a server's start and, ten times as many, of a phone's page. Shared with the browser; imports
 * nothing.
 */
export function atFirstUse<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
