/** Signed-in devices, and signing in on a phone, in English. */

export const devices = {
  ways: {
    password: "with the password",
    passkey: "with a passkey",
    oidc: "through another account",
    proxy: "through your organisation",
    phone: "by a code that another device showed",
    reset: "by a link for a new password",
    signup: "when the account was made",
  },
  signedIn: (when: string, way?: string) => `Signed in ${when}${way ? `, ${way}` : ""}`,
  network: (address: string) => `Network ${address}`,
  sameNetwork: (address: string) => `Your network now (${address})`,
  near: "in the network where you are now",
  isNew: "New",
  mine: "The new ones were all me",

  phone: {
    lead: "Show a code here, scan it with the phone’s camera, and confirm. No password to type.",
    show: "Show the code",
    another: "Show another code",
    scan: "Scan this with the phone’s camera and open the link.",
    scanHint:
      "It works once, for two minutes. Nobody gets in before you confirm it here. Show it to nobody else.",
    label: "The code for the phone",
    orType: "No camera? Open this address on the phone:",
    asked: "A phone wants to sign in",
    askedLead: "Let it in only if it is yours, and shows the same digits:",
    allow: "It is mine: let it in",
    refuse: "Not mine",
    allowed: "Confirmed. The phone opens the chat now.",
    refused: "Refused. Nobody was let in.",
    done: "The phone is signed in.",
    devices: "All signed-in devices",
  },

  link: {
    title: "Sign in on this device",
    lead: (name: string, username: string) =>
      `You would be signed in here as ${name} (@${username}).`,
    warning: "Go on only if you have scanned a code on your own screen just now.",
    go: "Sign in here",
    wait: "Confirm on the other device",
    waitLead: "It asks whether this is your phone. These digits must be the same there:",
    refused: "Refused",
    refusedLead: "The other device did not let this one in.",
    gone: "This code does not work any more",
    goneLead:
      "It has been used, or its two minutes are over. Show a new one on the other device: Settings, Security, “Sign in on a phone”.",
    ready: "Confirmed",
    readyLead: "You can go on to the chat.",
    open: "Open the chat",
    already: (username: string) => `You are signed in here as @${username} already.`,
    other: (username: string) =>
      `You are signed in here as @${username}. Log out first, then scan the code again.`,
  },
};
