/** The page of one's own bookmarks, in English. */

export const savedPage = {
  private: "Only you see what is saved here.",
  empty: "Nothing here yet. Save a message from its menu, and you find it here again.",
  emptyPage: "There is nothing more.",
  open: "Show in the conversation",
  older: "Saved earlier",
  newest: "Saved last",
};
