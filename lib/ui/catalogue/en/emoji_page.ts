/** The page of custom emoji, in English. */
import { counted } from "../numbers.ts";

export const emojiPage = {
  title: "Custom emoji",
  lead: "Pictures that everybody here can use: write their name between colons, or choose them.",
  count: (count: number) => counted("en", count, { one: "emoji", other: "emoji" }),
  none: "There are none yet.",
  add: "Add an emoji",
  name: "Name",
  nameHint: "Letters and digits; _ - and + between them. For example: party_parrot",
  picture: "Picture",
  pictureHint:
    "PNG, JPEG, GIF or WebP of at most 4 MB. It is made small; what moves goes on moving.",
  submit: "Add",
  remove: "Remove",
  really: "Its name is left where it stands.",
  removeIt: (name: string) => `Remove :${name}:`,
  by: (name: string) => `by ${name}`,
  staffOnly: "Only the owner and admins add emoji here.",
  keepsNone: "This server keeps no files, so none can be added.",
  notices: {
    added: "Added. Everybody can use it now.",
    removed: "Removed.",
    name: "This cannot be a name: two letters or digits at least, _ - and + only between them.",
    taken: "There is an emoji of this name already.",
    picture: "This file cannot be made an emoji.",
    large: "This file is too large.",
    full: "There are as many as there can be. Remove one first.",
    forbidden: "You may not do this.",
    otherSession: "Somebody else has signed in in this browser. Nothing was changed.",
    failed: "That did not work just now. Try again.",
  },
};
