/** One's own bookmarks, in the chat, in Russian. */
import type * as en from "../en/saved.ts";

export const saved: typeof en.saved = {
  link: "Сохранённые",
  mark: "сохранено",
};
