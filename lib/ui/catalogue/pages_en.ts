/** The words of the pages around the chat, in English. */

export const auth = {
  loginTitle: "Log in",
  loginLead: "Welcome back.",
  signupTitle: "Create your account",
  signupLead: "It takes a minute.",
  firstTitle: "Create the first account",
  firstLead:
    "Welcome to Confab. Nobody is here yet: the account you make now becomes the owner's, who runs this server.",
  notFirst:
    "Somebody else made the first account a moment ago. Below you can still make one, as a member.",
  username: "Username",
  usernameHint: (min: number, max: number) => `${min}–${max} letters, digits, “_”, “.” or “-”`,
  displayName: "Display name",
  displayNameHint: "What others will see",
  password: "Password",
  passwordHint: (min: number) => `At least ${min} characters`,
  invite: "Invitation code",
  login: "Log in",
  signup: "Create account",
  noAccount: "New here?",
  haveAccount: "Already have an account?",
  wrong: "Wrong username or password.",
  taken: "That username is taken.",
  closed: "Sign-up is closed here. Ask whoever runs this server for an account.",
  badUsername: (min: number, max: number) =>
    `Use ${min}–${max} letters, digits, “_”, “.” or “-”, without spaces.`,
  badPassword: (min: number, max: number) =>
    `Use ${min}–${max} characters, and not one of the most common passwords.`,
  badDisplayName: (max: number) => `Use 1–${max} characters on one line.`,
  badInvite: "That invitation code is not valid.",
  checkFields: "Please check the marked fields.",
};

export const page = {
  description: "Chat for a team, a school, a club or a family, on a server of its own.",
  notFoundTitle: "Nothing here",
  errorTitle: "Something went wrong",
  back: "Back to the chat",
  skip: "Skip to the message box",
  noScript:
    "Without JavaScript you can read here. To write, and to see new messages as they come, turn it on.",
};
