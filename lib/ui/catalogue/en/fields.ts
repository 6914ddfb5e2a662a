/** What is wrong with a field, by the reason that the server gives, in English. */

export const fields = {
  missing: "Please fill this in.",
  too_short: (min: number) => `At least ${min} characters are needed.`,
  too_long: (max: number) => `At most ${max} characters fit here.`,
  characters: "Only letters, digits, “_”, “.” and “-” can be in it, without spaces.",
  invisible: "There is an invisible character in it. Please type it anew.",
  controls: "There is a line break or another character in it that a name cannot have.",
  reserved: "This name is kept: it mentions everybody at once. Please choose another.",
  blank: "There must be something in it that one can see.",
  takenUsername: "That username is taken.",
  alikeUsername: "That looks too much like somebody else’s username.",
  takenRoom: "There is a public room with this name already.",
  alikeRoom: "That looks too much like the name of another public room.",
  common: "That is one of the most common passwords. Please choose another.",
  own_name: "The password must not be the username.",
  wrongPassword: "The current password is not right.",
  wrongInvite: "That invitation code is not valid.",
  address: "That is not an e-mail address, such as ann@example.org.",
  invalid: "That cannot be used here.",
};
