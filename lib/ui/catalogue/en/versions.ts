/** What an edited message said before, in English. */

export const versions = {
  title: "Earlier versions",
  now: "Now",
  first: "At first",
};
