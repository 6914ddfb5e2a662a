/** Passkeys: making, naming and removing them, and signing in with one, in English. */

export const passkeys = {
  signIn: "Sign in with a passkey",
  loginTitle: "Sign in with a passkey",
  loginLead: "Your device asks for your finger, your face or your PIN. Nothing needs to be typed.",
  secondTitle: "One more step",
  secondLead: "Your password is right. Now show your passkey.",
  show: "Show my passkey",
  withPassword: "Sign in with a password instead",
  otherFactor: "Use a code instead",
  useIt: "Use a passkey instead",
  wrong: "That passkey is not known here, or this took too long. Please try again.",
  impossible:
    "Passkeys work only at an address with a name, over a secure connection. Ask whoever runs this server.",
  noScript: "Passkeys need JavaScript. Please turn it on for this page.",
  unsupported: "This browser cannot use passkeys.",
  cancelled: "No passkey was shown. Try again, or choose another way.",
  cancelledMaking: "No passkey was made. You can try again.",
  known: "There is a passkey of yours on this device already.",
  failed: "That did not work in this browser. Please try again.",

  lead:
    "A passkey lets you in with your finger, your face or a PIN of your device, instead of a password. It cannot be guessed or given to the wrong site.",
  title: "Your passkeys",
  none: "You have no passkeys yet.",
  add: "Add a passkey",
  addTitle: "Add a passkey",
  addHint:
    "Your browser asks where to keep it: on this device, on your phone, or on a security key.",
  name: "Name",
  nameHint: "So that you know it later. Without one, it is called after this device.",
  rename: "Rename",
  renameLabel: (name: string) => `Rename ${name}`,
  newName: "New name",
  remove: "Remove",
  removeLabel: (name: string) => `Remove ${name}`,
  made: (when: string) => `added ${when}`,
  used: (when: string) => `last used ${when}`,
  neverUsed: "not used yet",
  synced: "on all your devices",
  onlyAfter: "only after the password",
  afterTitle: "After your password",
  afterOn:
    "Whoever types your password is asked for a passkey, too, or for another second factor. So somebody who has seen your password stays outside.",
  afterOff: "Your password alone lets you in. A passkey is asked for only where you choose it.",
  turnOff: "Let the password be enough",
  turnOn: "Ask for a passkey as well",
  noCodes:
    "You have no recovery codes. If you lose the device with your passkey, you could be locked out.",
  orPasskey: "Or add a passkey: it needs no app and no typing.",
  confirm: "Confirm with a passkey",
  orConfirm: "Or confirm with a passkey",
};
