/** The dialog to choose an emoji, in English. */

export const emoji = {
  title: "React with an emoji",
  any: "Or type any emoji",
  submit: "React",
  invalid: "That is not a single emoji.",
};
