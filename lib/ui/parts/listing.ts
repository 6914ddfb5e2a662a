/** A list as it is loaded: page by page, and anew when something changed. It must not know of what. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useView } from "../view.ts";

/** `next`: where the page before this one begins, in the list's own terms. */
export interface ListedPage<Item, Cursor> {
  items: readonly Item[];
  next: Cursor | null;
}

export interface Listing<Item> {
  /** Null until the first page has come. */
  items: readonly Item[] | null;
  /** Null where nothing went wrong. */
  error: unknown;
  /** Asks once more for what did not come. */
  again: () => void;
  /** Undefined where there is no more. */
  more: (() => void) | undefined;
}

/**
 * @param load the page before this one; null: the first
 * @param about another list when it changes
 * @param news when any of it changes the list is asked for anew, and what is shown stays until it
 *   has come
 */
export function useListing<Item, Cursor>(
  load: (before: Cursor | null) => Promise<ListedPage<Item, Cursor>>,
  about: string,
  news: readonly unknown[],
): Listing<Item> {
  const online = useView().state.connection.value.state === "online";
  const [listed, setListed] = useState<ListedPage<Item, Cursor> & { about: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef<symbol>(null);
  async function ask(before: Cursor | null) {
    const mine = asked.current = Symbol();
    setError(null);
    try {
      const page = await load(before);
      if (asked.current !== mine) return;
      setListed((shown) =>
        before === null || shown?.about !== about
          ? { ...page, about }
          : { about, items: [...shown.items, ...page.items], next: page.next }
      );
    } catch (thrown) {
      if (asked.current === mine) setError(thrown);
    }
  }
  // What was listed under another heading is not shown under this one.
  const shown = listed?.about === about ? listed : null;
  useEffect(() => {
    if (online || shown === null) void ask(null);
  }, [about, ...news, online]);
  useEffect(() => () => {
    asked.current = null;
  }, []);
  const next = shown?.next ?? null;
  return {
    items: shown?.items ?? null,
    error,
    again: () => void ask(next),
    more: next === null ? undefined : () => void ask(next),
  };
}
