/** Fetches the tables of emoji when somebody looks for one. */
import { useMemo } from "preact/hooks";
import { useOnDemand } from "../parts/on_demand.ts";
import { useView } from "../view.ts";
import { newestDrawable } from "./drawable.ts";
import { type Emoji, EmojiSet } from "./emoji_set.ts";

interface Table {
  text: string;
}

const loadBase = async (): Promise<Table & { newest: number }> => ({
  text: (await import("./table_base.ts")).BASE_TABLE,
  newest: newestDrawable(),
});
const loadRussian = async (): Promise<Table> => ({
  text: (await import("./table_ru.ts")).RUSSIAN_TABLE,
});

/**
 * All emoji, once they are loaded. In both languages for who reads or writes Russian.
 * @param query null: nobody looks for any now
 */
export function useEmoji(query: string | null): EmojiSet | null | "failed" {
  const { language, state } = useView();
  const known = state.emoji.value;
  const isRussian = language === "ru" || (query !== null && /\p{Script=Cyrillic}/u.test(query));
  const base = useOnDemand(loadBase, query !== null);
  const russian = useOnDemand(loadRussian, query !== null && isRussian);
  const words = russian === null || russian === "failed" ? null : russian.text;
  return useMemo(
    () =>
      base === null || base === "failed"
        ? base
        : new EmojiSet(base.text, words, base.newest, [...known.values()]),
    [base, words, known],
  );
}

/** What it is called, in the reader's language. */
export function useEmojiLabel(): (one: Emoji) => string {
  const { language } = useView();
  return (one) => language === "ru" && one.russian !== "" ? one.russian : one.label;
}
