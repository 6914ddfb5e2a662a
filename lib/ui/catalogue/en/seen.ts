/** Who has seen a direct message, in English. */
import { counted } from "../numbers.ts";

export const seen = {
  title: "Seen by",
  seen: "Seen",
  seenAt: (time: string) => `Seen at ${time}`,
  notYet: "Not seen yet",
  byAll: "Seen by everyone",
  by: (names: string, more: number) =>
    `Seen by ${names}${
      more > 0 ? ` and ${counted("en", more, { one: "other", other: "others" })}` : ""
    }`,
};
