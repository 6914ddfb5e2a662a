/** Login and sign-up, in English. */

export const accounts = {
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
