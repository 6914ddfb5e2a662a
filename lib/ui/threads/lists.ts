/** A list of threads as it is loaded: page by page, and anew when something changed. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ThreadItem } from "../../protocol/threads.ts";
import { useView } from "../view.ts";

export interface Listed<Cursor> {
  items: readonly ThreadItem[];
  next: Cursor | null;
}

export interface ThreadListing {
  /** Null until the first page has come. */
  items: readonly ThreadItem[] | null;
  /** Null where nothing went wrong. */
  error: unknown;
  /** Asks once more for what did not come. */
  again: () => void;
  /** Undefined where there is no more. */
  more: (() => void) | undefined;
}

/**
 * @param load the page before this cursor; null: the first
 * @param about when any of these changes the list is another
 * @param news when any of these changes the first page is asked for again, and what is shown stays
 *   until it has come
 */
export function useThreadList<Cursor>(
  load: (before: Cursor | null) => Promise<Listed<Cursor>>,
  about: readonly unknown[],
  news: readonly unknown[],
): ThreadListing {
  const online = useView().state.connection.value.state === "online";
  const [listed, setListed] = useState<Listed<Cursor> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef<symbol>(null);
  async function ask(before: Cursor | null) {
    const mine = asked.current = Symbol();
    setError(null);
    try {
      const page = await load(before);
      if (asked.current !== mine) return;
      setListed((shown) =>
        before === null || shown === null
          ? page
          : { items: [...shown.items, ...page.items], next: page.next }
      );
    } catch (thrown) {
      if (asked.current === mine) setError(thrown);
    }
  }
  useEffect(() => {
    setListed(null);
  }, about);
  useEffect(() => {
    if (!online && listed !== null) return;
    void ask(null);
  }, [...about, ...news, online]);
  useEffect(() => () => {
    asked.current = null;
  }, []);
  const next = listed?.next ?? null;
  return {
    items: listed?.items ?? null,
    error,
    again: () => void ask(next),
    more: next === null ? undefined : () => void ask(next),
  };
}
