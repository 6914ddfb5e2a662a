/** One's own bookmarks, in the chat, in English. */

export const saved = {
  link: "Saved messages",
  save: "Save for later",
  remove: "Remove from saved",
  mark: "saved",
};
