/** The menu of the open room, in English. */

export const roomMenu = {
  favourite: "Add to favourites",
  unfavourite: "Remove from favourites",
  edit: "Edit name, topic and picture",
  notifications: "Notifications",
  notify: { all: "All messages", mentions: "Mentions only", none: "None" },
  archive: "Archive room",
  unarchive: "Restore from archive",
  leave: "Leave room",
  leaveGroup: "Leave conversation",
  hide: "Hide conversation",
  leaveGroupText: "The others stay, and keep what was said. You can only come back by a new one.",
  archiveTitle: (name: string) => `Archive ${name}?`,
  archiveText: "Nobody will be able to write in it. You can restore it later.",
  leaveTitle: (name: string) => `Leave ${name}?`,
  leavePrivate: "You can only come back if a member adds you.",
  leavePublic: "You can join again at any time.",
};
