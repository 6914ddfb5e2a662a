/** Invitations and requests to join, as those see them who want to come in, in English. */

export const invitation = {
  title: (who: string, where: string) => `${who} invites you to ${where}`,
  member: "Create an account, and you can begin to write.",
  guest: "You come as a guest: you see the rooms below and the people in them.",
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
