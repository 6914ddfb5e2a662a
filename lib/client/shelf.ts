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

/** @param storage asked each time: reading the property itself throws where it is forbidden */
export function createLocalShelf(storage: () => Storage): Shelf {
  return {
    all(prefix) {
      const local = storage();
      const keys = Array.from({ length: local.length }, (_, at) => local.key(at) ?? "");
      return keys.filter((key) => key.startsWith(prefix))
        .map((key) => [key, local.getItem(key) ?? ""] as [string, string]);
    },
    put: (key, value) => storage().setItem(key, value),
    delete: (key) => storage().removeItem(key),
    onChange(listener) {
      const heard = (event: StorageEvent) => {
        if (event.key !== null) listener(event.key, event.newValue, event.oldValue);
      };
      addEventListener("storage", heard);
      return () => removeEventListener("storage", heard);
    },
  };
}
