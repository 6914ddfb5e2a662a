/** Lost passwords, in English. */

export const recovery = {
  resetTitle: "Choose a new password",
  resetLead: (username: string) => `For the account ${username}.`,
  resetHint: "All devices of this account will be signed out.",
  resetSubmit: "Set the password",
  goneTitle: "This link does not work any more",
  gone: "It was used already, or it is too old. Ask for a new one.",
};
