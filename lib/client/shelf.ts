/**
 * Storage for small things that must outlive the tab at once: `localStorage`, which writes before
 * it returns. Memory in tests. It must not know what is stored.
 */

export interface Shelf {
  /** Everything whose key starts with the prefix. Throws if the browser forbids it, as below. */
  all(prefix: string): [key: string, value: string][];
  /** Throws if there is no space left, too. */
  put(key: string, value: string): void;
  delete(key: string): void;
  /**
   * Another tab stored something (null: removed it; empty: its user logs out). The returned
   * function stops listening.
   */
  onChange(
    listener: (key: string, value: string | null, before: string | null) => void,
  ): () => void;
}

export function createMemoryShelf(): Shelf {
  const things = new Map<string, string>();
  return {
    all: (prefix) => [...things].filter(([key]) => key.startsWith(prefix)),
    put: (key, value) => void things.set(key, value),
    delete: (key) => void things.delete(key),
    onChange: () => () => {},
  };
}

/**
 * The part of `localStorage` that belongs to this server's database: tomorrow another may be at
 * this address, whose first user must not find what this one's user left.
 * @param storage called each time: reading the property itself throws if it is forbidden
 * @param instance names the server's database
 */
export function createLocalShelf(storage: () => Storage, instance: string): Shelf {
  const own = `confab-${instance}:`;
  return {
    all(prefix) {
      const local = storage();
      const keys = Array.from({ length: local.length }, (_, at) => local.key(at) ?? "");
      return keys.filter((key) => key.startsWith(own + prefix))
        .map((key) => [key.slice(own.length), local.getItem(key) ?? ""] as [string, string]);
    },
    put: (key, value) => storage().setItem(own + key, value),
    delete: (key) => storage().removeItem(own + key),
    onChange(listener) {
      const heard = ({ key, newValue, oldValue }: StorageEvent) => {
        if (key?.startsWith(own)) listener(key.slice(own.length), newValue, oldValue);
      };
      addEventListener("storage", heard);
      return () => removeEventListener("storage", heard);
    },
  };
}
