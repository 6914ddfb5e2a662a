/** The pages of people for staff, in English. */
import type { UserRole } from "../../../protocol/people.ts";
import { counted } from "../numbers.ts";

const roles: Record<UserRole, string> = {
  owner: "Owner",
  admin: "Admin",
  member: "Member",
  guest: "Guest",
  bot: "Bot",
};

export const staff = {
  roles,
  find: "Name",
  role: "Role",
  state: "State",
  anyRole: "Any role",
  anyState: "Any state",
  active: "Can sign in",
  disabled: "Disabled",
  erased: "Erased",
  you: "You",
  none: "Nobody is found.",
  more: "Next page",
  seen: (when: string) => `seen ${when}`,
  neverSeen: "not signed in",
  back: "All people",

  since: "Here since",
  lastSeen: "Last seen",
  sessions: "Signed in on",
  devices: (count: number) => counted("en", count, { one: "device", other: "devices" }),
  secondFactor: "Second factor",
  on: "on",
  off: "off",
  username: "Username",
  yourself: "This is your own account. Your name, password and devices are in your settings.",
  notYours: "Only the owner changes this account.",
  ownerHere: "This is the owner, who alone can hand ownership over.",
  history: "In the audit log:",
  done: "what they did",
  suffered: "what was done to them",

  roleTitle: "Role",
  roleHint: {
    admin: "Admins see these pages and change everybody but the owner and other admins.",
    member: "Members make rooms and find everybody.",
    guest: "Guests see only the rooms that they were added to, and who is there.",
  },
  setRole: "Change the role",

  pictureTitle: "Picture",
  removePicture: "Remove the picture",
  removePictureHint: "For a picture that nobody should have to see. They may set another one.",

  accessTitle: "Signing in",
  reset: "Make a link for a new password",
  resetHint: "For somebody who has forgotten theirs. The link works once, for a day.",
  resetLink: "The link",
  resetShown:
    "It is shown only now. Give it to them in a way that you trust: whoever has it gets the account.",
  factorsOff: "Take the second factor off",
  factorsHint:
    "For somebody who has lost their phone or key. They sign in with the password alone, and can set it up anew.",
  signOut: "Sign out everywhere",
  signOutHint: "On all devices, at once. They may sign in again.",
  disable: "Disable the account",
  disableHint:
    "They are signed out everywhere and cannot sign in until you enable the account again. What they wrote stays.",
  enable: "Enable the account",
  enableHint: "They may sign in again.",

  ownerTitle: "Ownership",
  handOver: "Hand over ownership",
  handOverHint: (name: string) =>
    `${name} becomes the owner, and you become an admin, in the same moment. Only they can give it back.`,
  handOverSure: "Yes, I hand over ownership.",
  sureMissing: "Tick this first.",

  eraseTitle: "Erasing",
  erase: "Erase this person …",
  eraseHint: "For somebody who is gone for good. It cannot be undone.",
  eraseHeading: (name: string) => `Erase ${name}`,
  eraseLead:
    "Name, password, devices, second factor, e-mail address and every other way in are gone for ever, and the account leaves all rooms. It cannot be undone, not even by you.",
  texts: "What they wrote",
  textsKeep: "Stays, under the name “Former member”",
  textsTake: "Is taken away. This may take some minutes.",
  name: "Their username",
  nameFree: "Is free: somebody else may take it",
  nameKeep: "Stays with the erased account, so that nobody takes it",
  typeName: (username: string) => `Type “${username}” to confirm`,
  typeNameError: "This is not the username.",
  eraseNow: "Erase for ever",
  former: "Former member",
  erasedLead: "This person was erased. What is left is the place of what they wrote.",
  erasing: "What they wrote is being taken away.",
  takeTexts: "Take away what they wrote, too",
};
