/** Invitations and requests to join, as those see them who want to come in, in English. */
import { counted } from "../numbers.ts";

export const invitation = {
  pageTitle: "Invitation",
  title: (who: string, where: string) => `${who} invites you to ${where}`,
  member: "Create an account, and you can begin to write.",
  guest: "You come as a guest: you see the rooms below and the people in them.",
  guestAlone:
    "You come as a guest: you see the rooms that you are added to, and the people in them.",
  rooms: "You will be in:",
  create: "Create an account",
  haveAccount: "I have an account already",
  join: (who: string) => `Join as ${who}`,
  here: "You have an account here already, and this invitation leads into no other room.",
  open: "Open the chat",
  goneTitle: "This invitation does not work any more",
  gone:
    "It was used up, its time is over, or somebody took it back. Ask whoever sent it to you for a new one.",
  formLead: (who: string, where: string) => `${who} invites you to ${where}.`,
  needed: "People come here by invitation. Paste the link or the code that you were sent.",
  codeHint: "The whole link, or what follows “/join/” in it.",
};

export const asking = {
  title: "Ask to join",
  lead:
    "Staff look at who wants to join. Choose a name and a password: once they have let you in, you log in with them.",
  note: "What should staff know about you?",
  noteHint: "Who you are, and why you would like to join.",
  submit: "Send the request",
  sentTitle: "Your request was sent",
  sent: (username: string) =>
    `Staff will look at it. Come back and log in as ${username} with the password that you chose: you are told how it stands, and are in once they have let you in.`,
  waiting:
    "Your request waits for the staff. Try again later: once they have let you in, you can log in.",
  refused: "Staff did not let you in. Ask whoever runs this server, or send a new request.",
  ask: "Ask to join",
};

/** For who makes invitations. */
export const invites = {
  title: "Invitations",
  lead:
    "Whoever has the link can come in, until it is used up, its time is over, or you take it back.",
  makeTitle: "Invite people",
  who: "They come as",
  roleChoices: { member: "Members", guest: "Guests" },
  roles: { member: "For members", guest: "For guests" },
  guestHint: "Guests see only the rooms that you choose, and the people in them.",
  rooms: "Rooms",
  roomsHint:
    "Members are in “general” and the rooms of your choice; people who have an account come into these rooms.",
  guestNeedsRoom: "Choose at least one room for guests: they see no other.",
  howMany: "For how many people",
  howLong: "For how long",
  anyNumber: "Any number",
  people: (count: number) => counted("en", count, { one: "person", other: "people" }),
  days: (count: number) => counted("en", count, { one: "day", other: "days" }),
  noEnd: "Without end",
  make: "Make the link",
  linkTitle: "Your invitation",
  link: "Link",
  linkHint: "Send it to whom you invite.",
  copy: "Copy",
  copied: "Copied",
  qrLabel: "The link as a QR code",
  qrHint: "Or let them point a phone’s camera at this.",
  openTitle: "Open invitations",
  endedTitle: "Ended invitations",
  noneOpen: "There are no open invitations.",
  noneEnded: "No invitation has ended yet.",
  showEnded: "Show ended ones",
  showOpen: "Show open ones",
  show: "Link and QR code",
  revoke: "Take back",
  by: (who: string) => `By ${who}`,
  used: (count: number) =>
    count === 0
      ? "Nobody has come by it yet"
      : `${counted("en", count, { one: "person has", other: "people have" })} come by it`,
  usedOf: (count: number, most: number) => `${count} of ${most} have come by it`,
  until: (day: string) => `until ${day}`,
  states: {
    used: "Used up.",
    expired: "Its time is over.",
    revoked: "Taken back.",
    void: "Whoever made it may not invite any more.",
  },
};

/** For staff, who let people in. */
export const requests = {
  lead:
    "These people would like to join. Whoever is let in logs in with the name and the password that they chose.",
  closed: "Nobody can ask just now: in the chat’s settings, sign-up is not by asking.",
  none: "Nobody is waiting.",
  noneDecided: "No request was decided yet.",
  decidedTitle: "Decided",
  showDecided: "Show decided ones",
  showWaiting: "Show who waits",
  asked: (when: string, address: string) => `Asked on ${when} from ${address}`,
  noNote: "They wrote nothing about themselves.",
  more: "As a guest, or into more rooms",
  accept: "Let in",
  refuse: "Refuse",
  acceptName: (who: string) => `Let in ${who}`,
  refuseName: (who: string) => `Refuse ${who}`,
  states: { accepted: "Let in", refused: "Refused" },
};
