/** The words of the dialogs in English: they come with the dialogs, once the page is at rest. */
import { counted } from "./plurals.ts";

export const dialogsEn = {
  /** What is wrong with a field, by the reason that the server gives. */
  fields: {
    missing: "Please fill this in.",
    too_short: (min: number) => `At least ${min} characters are needed.`,
    too_long: (max: number) => `At most ${max} characters fit here.`,
    characters: "Only letters, digits, “_”, “.” and “-” can be in it, without spaces.",
    invisible: "There is an invisible character in it. Please type it anew.",
    controls: "There is a line break or another character in it that a name cannot have.",
    blank: "There must be something in it that one can see.",
    takenUsername: "That username is taken.",
    alikeUsername: "That looks too much like somebody else’s username.",
    takenRoom: "There is a public room with this name already.",
    alikeRoom: "That looks too much like the name of another public room.",
    common: "That is one of the most common passwords. Please choose another.",
    own_name: "The password must not be the username.",
    wrongPassword: "The current password is not right.",
    wrongInvite: "That invitation code is not valid.",
    invalid: "That cannot be used here.",
  },

  create: {
    title: "Create a room",
    name: "Name",
    topic: "Topic",
    topicHint: "What is it about?",
    kind: "Who can join",
    public: "Public",
    publicHint: "Anyone on this server",
    private: "Private",
    privateHint: "Only people who are added",
    submit: "Create room",
  },

  hidden: {
    title: "More conversations",
    search: "Search hidden conversations",
    more: "Show more",
  },

  browse: {
    title: "Public rooms",
    search: "Search rooms",
    empty: "No public room by that name.",
    join: "Join",
    open: "Open",
    joinName: (name: string) => `Join ${name}`,
    openName: (name: string) => `Open ${name}`,
  },

  people: {
    directTitle: "New direct message",
    addTitle: (room: string) => `Add people to ${room}`,
    search: "Search people by name",
    chosen: "Chosen people",
    remove: (name: string) => `Take ${name} off the list`,
    start: "Start conversation",
    add: "Add",
    alreadyMember: "already a member",
    tooMany: (count: number) =>
      `At most ${counted("en", count, { one: "person", other: "people" })}.`,
  },

  emoji: {
    title: "React with an emoji",
    any: "Or type any emoji",
    submit: "React",
    invalid: "That is not a single emoji.",
  },

  settings: {
    passwordHint: (min: number) => `At least ${min} characters`,
    title: "Settings",
    profile: "Profile",
    displayName: "Display name",
    appearance: "Appearance",
    language: "Language",
    languageAuto: "As the browser asks",
    theme: "Theme",
    themes: { system: "System", light: "Light", dark: "Dark" },
    password: "Password",
    current: "Current password",
    next: "New password",
    change: "Change password",
    changed: "Password changed. Other devices were signed out.",
    sessions: "Signed-in devices",
    thisDevice: "This device",
    lastSeen: (when: string) => `last seen ${when}`,
    revoke: "Sign out",
    revokeDevice: (device: string) => `Sign out ${device}`,
    unknownDevice: "Unknown device",
    logout: "Log out",
  },
};

/** What every language must say in dialogs. */
export type DialogsCatalogue = typeof dialogsEn;
