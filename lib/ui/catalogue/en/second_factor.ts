/** The second factor: the second page of the login, and the page of the settings, in English. */
import { counted } from "../numbers.ts";

export const secondFactor = {
  title: "One more step",
  lead: "Your password is right. Now show that it is you.",
  code: "Code from your authenticator app",
  codeHint: "Six digits; a new code comes every half minute.",
  recovery: "Recovery code",
  recoveryHint: "One of the codes that you wrote down. It works once.",
  useRecovery: "Use a recovery code instead",
  useApp: "Use the authenticator app instead",
  submit: "Log in",
  wrong: "That code is not right, or was used before.",
  expired: "This took too long, or there were too many wrong codes. Please log in again.",
  again: "Log in again",
  lost: "Lost both? Whoever runs this server can let you in again.",

  required: "Here everybody needs a second factor. Set yours up, and you can go on.",
  requiredStaff: "Here owners and admins need a second factor. Set yours up, and you can go on.",
  goOn: "Go on to the chat",
  off:
    "With a second factor, a password alone lets nobody in: a code from your phone is asked for, too. Even somebody who has seen your password stays outside.",
  needsApp:
    "You need an authenticator app on your phone: for example Aegis, FreeOTP, Google Authenticator, or your password manager.",
  begin: "Set up an app",
  scanTitle: "Scan this with your app",
  scanLabel: "QR code for your authenticator app",
  scan: "Open your authenticator app, add an account, and point the camera at this square.",
  sameDevice: "Open it in an app on this device",
  typeIt: "If you cannot scan it, type this key into the app:",
  first: "Then enter the code that the app shows",
  firstHint: "Six digits. Until this code has come, nothing changes.",
  turnOn: "Turn it on",
  cancel: "Cancel",
  wrongFirst:
    "That code is not right. If your phone’s clock is wrong, set it to automatic, and take the next code.",
  on: (since: string) => `It has been on since ${since}: at each login you are asked for a code.`,
  codesTitle: "Recovery codes",
  codesLeft: (count: number) =>
    `If your phone is lost, a recovery code lets you in, each once. You have ${
      counted("en", count, { one: "code", other: "codes" })
    } left.`,
  codesNone: "You have no recovery codes left. If your phone is lost, you are locked out.",
  newCodes: "Make new codes",
  newCodesHint: "The old ones stop working.",
  codesOnce: "Keep these codes",
  codesOnceLead:
    "Each lets you in once if your phone is lost. They are shown only now: print them, write them down, or keep the file somewhere safe.",
  download: "Download as a file",
  kept: "I have kept them",
  change: "Use another phone",
  changeHint: "The app that you have now works until the new one has given a code.",
  remove: "Turn it off",
  removeHint: "Then your password alone lets you in. The recovery codes stop working.",
  removeTitle: "Turn it off",
};
