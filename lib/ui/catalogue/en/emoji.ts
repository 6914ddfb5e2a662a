/** Emoji: choosing one, and completing its name, in English. */
import { counted } from "../numbers.ts";

export const emoji = {
  react: "React with an emoji",
  choose: "Choose an emoji",
  search: "Search, or type an emoji",
  list: "Emoji",
  nothing: "No emoji found.",
  found: (count: number) => counted("en", count, { one: "emoji found", other: "emoji found" }),
  failed: "The emoji could not be loaded.",
  again: "Try again",
  jump: "Jump to",
  recent: "Used lately",
  groups: {
    [-1]: "Our own",
    0: "Smileys",
    1: "People and hands",
    3: "Animals and nature",
    4: "Food and drink",
    5: "Travel and places",
    6: "Activities",
    7: "Objects",
    8: "Symbols",
    9: "Flags",
  } as Readonly<Record<number, string>>,
  addOwn: "Add your own",
  tone: "Skin tone",
  tones: ["Yellow", "Light", "Medium light", "Medium", "Medium dark", "Dark"],
};
