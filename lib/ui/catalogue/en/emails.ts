/** One's own e-mail address, in English. */

export const emails = {
  lead:
    "If you forget your password, a link to a new one is sent here, and you are told of important changes of your account. Nobody else sees it.",
  address: "E-mail address",
  none: "No address yet.",
  current: (address: string) => `Your address: ${address}`,
  pending: (address: string) =>
    `A letter was sent to ${address}. Open the link in it to confirm the address.`,
  pendingHint: "No letter? Look among the spam, or send it again.",
  save: "Send a letter to confirm it",
  again: "Send again",
  remove: "Remove the address",
  noMail:
    "This server sends no mail, so an address would be of no use. Whoever runs it can set that up.",
  proofTitle: "Confirm your e-mail address",
  proof: (address: string, username: string) =>
    `Is ${address} to be the address of the account ${username}?`,
  confirm: "Yes, confirm it",
  notMine: "If you do not know this account, close the page: without you nothing changes.",
  doneTitle: "Address confirmed",
  done: (address: string, username: string) =>
    `From now on ${address} is the address of the account ${username}.`,
  gone: "It was used already, or it is too old. Send a new one from your settings.",
  failedTitle: "That did not work",
  taken: "Another account here has this address already.",
};
