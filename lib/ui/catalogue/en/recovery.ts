/** Lost passwords, in English. */

export const recovery = {
  forgot: "Forgot your password?",
  forgotTitle: "Forgot your password?",
  forgotLead:
    "Give your username or your e-mail address, and a link to a new password is sent to you.",
  name: "Username or e-mail address",
  ask: "Send me a link",
  askedTitle: "Look into your mailbox",
  asked:
    "If there is an account with this name or address, and its e-mail address is confirmed, a letter with a link is on its way.",
  askedHint:
    "It may take a few minutes, and may be among the spam. If none comes, ask whoever runs this server: they can give you a link as well.",
  askAgain: "Try another name or address",
  noMail:
    "This server sends no mail. Ask an owner or admin of it: they can give you a link with which you choose a new password.",
  backToLogin: "Back to the login",
  resetTitle: "Choose a new password",
  resetLead: (username: string) => `For the account ${username}.`,
  resetHint: "All devices of this account will be signed out.",
  resetSubmit: "Set the password",
  goneTitle: "This link does not work any more",
  gone: "It was used already, or it is too old. Ask for a new one.",
};
