/** The settings, in English. */
import { counted } from "../numbers.ts";

export const settings = {
  title: "Settings",
  sections: {
    profile: "Profile",
    email: "E-mail",
    security: "Security",
    "second-factor": "Second factor",
    passkeys: "Passkeys",
    appearance: "Appearance",
    notifications: "Notifications",
    phone: "Sign in on a phone",
    connections: "Linked accounts",
  },
  notices: {
    saved: "Saved.",
    pictureRefused:
      "This file cannot be the picture: it is no PNG, JPEG, WebP or GIF, or too large. Nothing was changed.",
    pictureLater: "Too many pictures at once. Nothing was changed: try again in a minute.",
    password: "Password changed. Other devices were signed out.",
    linked: "The account is linked.",
    unlinked: "The account is no longer linked.",
    device: "That device was signed out.",
    devices: "All other devices were signed out.",
    secondOn: "The second factor is on.",
    secondOff: "The second factor is off.",
    passkeyAdded: "The passkey was added.",
    passkeyRemoved: "The passkey was removed.",
    emailSent: "A letter is on its way: open the link in it.",
    emailRemoved: "The address was removed.",
    otherSession:
      "Another account signed in with this browser. This page shows that account now, and nothing was changed.",
  },
  logout: "Log out",

  displayName: "Display name",
  displayNameHint: "What others see beside your messages.",
  username: "Username",
  localTime: "Show my local time",
  localTimeHint: "Others see on your card what time it is where you are.",
  usernameHint: "You log in with it, and others mention you by it. It cannot be changed.",

  password: "Password",
  passwordHint: (min: number) => `At least ${min} characters`,
  current: "Current password",
  next: "New password",
  change: "Change password",
  changeHint: "All other devices will be signed out.",
  sessions: "Signed-in devices",
  thisDevice: "This device",
  lastSeen: (when: string) => `last seen ${when}`,
  revoke: "Sign out",
  revokeDevice: (device: string) => `Sign out ${device}`,
  revokeOthers: "Sign out all other devices",
  moreDevices: (count: number) =>
    `and ${counted("en", count, { one: "other session", other: "other sessions" })}`,
  unknownDevice: "Unknown device",

  language: "Language",
  languageAuto: "As the browser asks",
  theme: "Theme",
  themeHint: "It applies to all your devices.",
  themes: { system: "System", light: "Light", dark: "Dark" },

  notifyHint: "Which new messages the list of rooms and the tab’s title count for you.",
  notifyHidden: "Conversations that are not in your list are not shown here.",
};
