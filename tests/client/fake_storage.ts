/** A browser's storage, for what reads it without the engine. */

/** As much of `localStorage` as is used. */
export function fakeStorage(): Storage {
  const things = new Map<string, string>();
  return {
    get length() {
      return things.size;
    },
    key: (at: number) => [...things.keys()][at] ?? null,
    getItem: (key: string) => things.get(key) ?? null,
    setItem: (key: string, value: string) => void things.set(key, value),
    removeItem: (key: string) => void things.delete(key),
    clear: () => things.clear(),
  };
}
