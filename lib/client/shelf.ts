/**
 * Where small things are put that must outlive the tab from the very moment on: `localStorage`,
 * which writes before it returns. Memory in tests. It must not know what is kept.
 */

export interface Shelf {
  /** Everything whose key begins so. Throws where the browser forbids it; so below. */
  all(prefix: string): [key: string, value: string][];
  /** Throws where there is no room left, too. */
  put(key: string, value: string): void;
  delete(key: string): void;
  /** Another tab put something there (null: took it away). The function that is returned ends it. */
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
 * A part of `localStorage` that is this server's database's own: an address may have another behind
 * it tomorrow, whose first user must not find what this one's left.
 * @param storage asked each time: reading the property itself throws where it is forbidden
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
