/**
 * Every word of the chat in English, but for its dialogs. Its type is the form that each other language fills.
 * A sentence that depends on something is a function of it.
 */
import type { ErrorCode } from "../../protocol/codes.ts";
import { counted, plural } from "./plurals.ts";

const errors: Record<ErrorCode | "offline", string> = {
  bad_request: "That request could not be understood.",
  unauthenticated: "You are signed out. Please log in again.",
  forbidden: "You are not allowed to do that.",
  not_found: "That is not here, or you may not see it.",
  conflict: "That clashes with something that already exists.",
  other_session: "Another account signed in with this browser. This page shows that account now.",
  too_large: "That is too large.",
  invalid: "Something in there is not right. Please check it.",
  rate_limited: "That was a bit too fast. Wait a moment and try again.",
  internal: "Something went wrong on the server.",
  unavailable: "The server is busy just now. Try again in a moment.",
  offline: "The server cannot be reached.",
};

export const en = {
  brand: "Confab",
  errors,

  common: {
    cancel: "Cancel",
    close: "Close",
    save: "Save",
    saved: "Saved",
    search: "Search",
    loading: "Loading…",
    dismiss: "Dismiss",
    optional: "optional",
    you: "you",
    nothingFound: "Nothing found",
    nobodyFound: "Nobody by that name.",
    back: "Back to the chat",
    skip: "Skip to the message box",
  },

  nav: {
    label: "Rooms",
    rooms: "Rooms",
    direct: "Direct messages",
    archived: "Archived",
    add: "New…",
    createRoom: "Create a room",
    browse: "Browse public rooms",
    newDirect: "New direct message",
    noDirect: "No conversations yet",
    more: "More conversations…",
    settings: "Settings",
    back: "Back to the list of rooms",
    unread: (count: string) => `${count} unread`,
    mentions: (count: string) => `${count} that mention you`,
    draft: "Draft",
    directFallback: "Direct message",
    justYou: (name: string) => `${name} (you)`,
    kinds: { public: "Public room", private: "Private room", direct: "Direct message" },
  },

  presence: { online: "Online", away: "Away", offline: "Offline" },

  room: {
    members: "Members",
    searchMembers: "Search members",
    memberCount: (count: number) => counted("en", count, { one: "member", other: "members" }),
    showMembers: "Show members",
    menu: "Room options",
    edit: "Edit name and topic",
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
    archivedNote: "This room is archived. It can be read, not written to.",
    lostText: "You are no longer in the room that was open here.",
    missingTitle: "This room is not here",
    missingText: "It does not exist, or you are not a member of it.",
    welcomeTitle: "Pick up a conversation",
    welcomeText: "Choose a room on the left, browse the public ones, or write to somebody.",
    beginning: (name: string) => `This is the beginning of ${name}`,
    beginningPublic: "Anyone on this server can find and join this room.",
    beginningPrivate: "Only the people who were added can see this room.",
    beginningDirect: "Only the people in this conversation can see it.",
    owner: "Owner",
    addPeople: "Add people",
    remove: (name: string) => `Remove ${name}`,
    removeTitle: (name: string) => `Remove ${name} from the room?`,
    removeText: "They will no longer see its messages.",
    removeConfirm: "Remove",
    message: (name: string) => `Write to ${name}`,
  },

  message: {
    list: (room: string) => `Messages in ${room}`,
    edited: "edited",
    editedAt: (when: string) => `Edited ${when}`,
    deleted: "This message was deleted.",
    newMessages: "New messages",
    toNewest: "Jump to the newest messages",
    newCount: (count: string, n: number) =>
      `${count} ${plural("en", n, { one: "new message", other: "new messages" })}`,
    newAbove: (count: string, n: number) =>
      `${count} ${plural("en", n, { one: "new message above", other: "new messages above" })}`,
    markAllRead: "Mark all as read",
    backToPlace: "Back to where I was",
    missing: "The message that this link leads to is not here.",
    loadBefore: "Loading earlier messages…",
    loadAfter: "Loading newer messages…",
    actions: "Message actions",
    react: "Add a reaction",
    reactWith: (emoji: string) => `React with ${emoji}`,
    anyEmoji: "Another emoji…",
    reply: "Reply",
    edit: "Edit",
    delete: "Delete",
    copyLink: "Copy link",
    copied: "Link copied",
    copyText: "Copy text",
    textCopied: "Text copied",
    deleteTitle: "Delete this message?",
    deleteText: "It will be gone for everyone. This cannot be undone.",
    showAll: "Show all",
    showLess: "Show less",
    sending: "Sending…",
    notSent: "Not sent.",
    sendAgain: "Send again",
    discard: "Discard",
    replyTo: "Reply to",
    replyEarlier: "Reply to an earlier message",
    replyDeleted: "a deleted message",
    reactedBy: (names: string) => `by ${names}`,
    announce: (name: string, text: string) => `${name}: ${text}`,
    andMore: (count: number) => counted("en", count, { one: "other", other: "others" }),
  },

  composer: {
    label: (room: string) => `Message ${room}`,
    send: "Send",
    save: "Save changes",
    editing: "Editing message",
    replying: (name: string) => `Replying to ${name}`,
    editOpen: "You are still editing another message. Save or cancel that first.",
    editDeleted: "This message was deleted meanwhile. Your text is kept here.",
    editChanged: "You changed this message elsewhere meanwhile. It now reads:",
    keepMine: "Keep my text",
    takeTheirs: "Take that text",
    sendAsNew: "Send as a new message",
    replyDeleted: "The message that you are answering was deleted.",
    kept: "What you had written was not sent:",
    throwAway: "Discard",
    cancelEdit: "Cancel editing",
    cancelReply: "Cancel reply",
    left: (count: number) =>
      count >= 0
        ? counted("en", count, { one: "character left", other: "characters left" })
        : counted("en", -count, { one: "character too many", other: "characters too many" }),
    mentionList: "People to mention",
    typing: (names: string[]) =>
      names.length === 1
        ? `${names[0]} is typing…`
        : names.length === 2
        ? `${names[0]} and ${names[1]} are typing…`
        : "Several people are typing…",
  },

  connection: {
    connecting: "Connecting…",
    waiting: "Connection lost. Trying again…",
    offline: "Offline — messages will be sent when the connection returns.",
    retry: "Try now",
  },

  /** What this browser does not give. */
  withheld: {
    storage:
      "This browser does not keep what you write. Leave this tab open until everything is sent.",
    turns: "This browser does not let its tabs take turns: each tab sends by itself.",
  },

  dates: {
    today: "Today",
    yesterday: "Yesterday",
    weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    /** As they stand behind the number of a day. */
    months: [
      "January",
      "February",
      "March",
      "April",
      "May",
      "June",
      "July",
      "August",
      "September",
      "October",
      "November",
      "December",
    ],
    /** Whether "March 12" is said, too, by readers who write it so. */
    monthMayLead: true,
    ofYear: (day: string, year: number, monthFirst: boolean) =>
      monthFirst ? `${day}, ${year}` : `${day} ${year}`,
    moment: (date: string, time: string) => `${date} at ${time}`,
  },
};

/** What every language must say. */
export type Catalogue = typeof en;
