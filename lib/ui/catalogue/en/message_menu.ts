/** What can be done with a message, in English. */

export const messageMenu = {
  actions: "Message actions",
  anyEmoji: "Another emoji…",
  copied: "Link copied",
  copyLink: "Copy link",
  delete: "Delete",
  deleteText: "It will be gone for everyone. For ten seconds you can undo this.",
  deleteTitle: "Delete this message?",
  deletedNow: "Message deleted.",
  describe: "Describe pictures…",
  remind: "Remind me…",
  markUnread: "Mark as unread",
  quote: "Quote",
  reactWith: (emoji: string) => `React with ${emoji}`,
  reply: "Reply",
  save: "Save for later",
  unsave: "Remove from saved",
};
