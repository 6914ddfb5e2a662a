/** One's own bookmarks, in the chat, in English. */

export const saved = {
  link: "Saved messages",
  mark: "saved",
};
