/** Letters by mail, in English. Only the server's mail loads them. */

export interface About {
  username: string;
  /** What the place is called. */
  place: string;
}

export const mail = {
  reset: {
    subject: ({ place }: About) => `A new password for ${place}`,
    lead: ({ username, place }: About) =>
      `Somebody, hopefully you, asked for a new password for the account ${username} at ${place}.`,
    action: "Choose a new password",
    after: "The link works once, for an hour.",
    otherwise: "If it was not you, do nothing: your password stays as it is.",
  },
  proof: {
    subject: ({ place }: About) => `Confirm your e-mail address for ${place}`,
    lead: ({ username, place }: About) =>
      `The account ${username} at ${place} is to have this e-mail address.`,
    action: "Confirm the address",
    after: "The link works once, for an hour.",
    otherwise: "If you do not know this account, do nothing: without you nothing changes.",
  },
  changed: {
    subject: ({ place }: About) => `Your e-mail address at ${place} was changed`,
    lead: ({ username, place }: About) =>
      `The account ${username} at ${place} has another e-mail address from now on. This one no longer belongs to it.`,
  },
  removed: {
    subject: ({ place }: About) => `Your e-mail address at ${place} was removed`,
    lead: ({ username, place }: About) =>
      `This e-mail address was removed from the account ${username} at ${place}.`,
  },
  passwordReset: {
    subject: ({ place }: About) => `Your password at ${place} was changed`,
    lead: ({ username, place }: About) =>
      `The account ${username} at ${place} has a new password, which was set by a link. All its devices were signed out.`,
  },
  signIn: {
    subject: ({ place }: About) => `A new sign-in at ${place}`,
    lead: ({ username, place }: About) =>
      `Somebody signed in to the account ${username} at ${place} on a new device.`,
    device: (device: string) => `Device: ${device}`,
    address: (address: string) => `Network address: ${address}`,
    at: (when: string) => `When: ${when} (UTC)`,
  },
  test: {
    subject: ({ place }: About) => `${place} can send mail`,
    lead: ({ place }: About) => `This is a test. Letters from ${place} arrive.`,
  },
  notYou: "If it was not you, tell whoever runs the server at once, and set a new password.",
  byHand: "If the button does not work, open this address:",
  from: (place: string, origin: string) => `${place}, ${origin}`,
};
