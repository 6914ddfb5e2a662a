/** Showing once more who one is, before something dangerous, in English. */

export const confirm = {
  title: "Is it you?",
  lead: "Before you go on, please show once more that it is you.",
  leadAct:
    "What you are about to do cannot easily be undone. Please show once more that it is you; it is done right after that.",
  password: (username: string) => `Password of ${username}`,
  wrongPassword: "That is not your password.",
  submit: "Confirm",
  code: "Code from your authenticator app",
  orCode: "Or a code from your authenticator app",
  wrongCode: "That code is not right, or was used before.",
  submitCode: "Confirm by code",
  cancel: "Back, change nothing",
  again:
    "You sign in here without a password. Log out and sign in again: that shows that it is you.",
  logout: "Log out",
};
