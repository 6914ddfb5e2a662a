/** Signing in by a provider, in English. */

export const signOn = {
  or: "or",
  continueWith: (provider: string) => `Continue with ${provider}`,
  usePassword: "Sign in with a password",
  ownerOnly: "Only the owner of this server signs in with a password.",
  theProvider: "the provider",
  proxy: "The network’s sign-in",
  problems: {
    unreachable: (provider: string) =>
      `${provider} cannot be reached just now. Try again in a minute.`,
    refused: (provider: string) =>
      `Signing in by ${provider} failed. Try again; if it happens again, tell whoever runs this server.`,
    cancelled: () => "You were not signed in.",
    expired: () => "That took too long, or was used already. Begin again.",
    not_admitted: (provider: string) =>
      `Your account at ${provider} is not let in here. Ask whoever runs this server.`,
    no_account: () => "You have no account here yet. Ask for an invitation.",
    no_owner: () => "Nobody has set this server up yet.",
    disabled: () => "Your account was disabled. Ask whoever runs this server.",
    taken: () => "That account is linked to somebody else here, or you have linked too many.",
    somebody_else: () => "That is not an account of yours here.",
  },
  onwardTitle: {
    link: (provider: string) => `On to ${provider}`,
    logout: (provider: string) => `Signing out of ${provider}`,
  },
  onwardLead: {
    link: "Sign in there with the account that you want to link.",
    logout: "Here you are signed out. Next you are signed out there, too.",
  },
  onward: "Continue",
  stay: { link: "Back to the settings", logout: "Stay signed in there" },
  linked: "Linked accounts",
  noneLinked: "None yet.",
  neverUsed: "never used",
  lastUsed: (ago: string) => `last used ${ago}`,
  remove: "Remove",
  removeOf: (provider: string, label: string) => `Remove ${provider}, ${label}`,
  onlyWayIn:
    "This is your only way in: link another account first or, where a password lets you in, set one.",
  link: "Link an account",
  linkHint: "From then on you can sign in by it as well.",
  linkWith: (provider: string) => `Link ${provider}`,
};
