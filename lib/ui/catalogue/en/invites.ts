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
