/** The words of the pages around the chat, in English. */

export const auth = {
  loginTitle: "Log in",
  loginLead: "Welcome back.",
  signupTitle: "Create your account",
  signupLead: "It takes a minute.",
  firstTitle: "Create the first account",
  firstLead:
    "Welcome to Confab. Nobody is here yet: the account you make now becomes the owner of this server.",
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
  ended: {
    logout: "You signed out in another tab of this browser.",
    revoked:
      "This device was signed out from another one. What you had begun to write is kept here until you are back.",
    password:
      "Your password was changed, which signed out all other devices. What you had begun to write is kept here until you are back.",
    disabled: "Your account was disabled. Ask whoever runs this server.",
    expired:
      "You signed in a long time ago, so please do it again. What you had begun to write is kept here until you are back.",
    unknown: "You are not signed in any more.",
  },
  closed: "Sign-up is closed here. Ask whoever runs this server for an account.",
  checkFields: "Please check the marked fields.",
};

/** What is wrong with a field, by the reason that the server gives. */
export const fields = {
  missing: "Please fill this in.",
  too_short: (min: number) => `At least ${min} characters are needed.`,
  too_long: (max: number) => `At most ${max} characters fit here.`,
  characters: "Only letters, digits, “_”, “.” and “-” can be in it, without spaces.",
  invisible: "There is an invisible character in it. Please type it anew.",
  controls: "There is a line break or another character in it that a name cannot have.",
  blank: "There must be something in it that one can see.",
  takenUsername: "That username is taken.",
  alikeUsername: "That looks too much like somebody else’s username.",
  takenRoom: "There is a public room with this name already.",
  alikeRoom: "That looks too much like the name of another public room.",
  common: "That is one of the most common passwords. Please choose another.",
  own_name: "The password must not be the username.",
  wrongPassword: "The current password is not right.",
  wrongInvite: "That invitation code is not valid.",
  invalid: "That cannot be used here.",
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
