/** Who has seen a direct message, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/seen.ts";

const PEOPLE = { one: "человек", few: "человека", many: "человек", other: "человека" };

export const seen: typeof en.seen = {
  title: "Кто прочитал",
  seen: "Прочитано",
  seenAt: (time) => `Прочитано в ${time}`,
  notYet: "Ещё не прочитано",
  byAll: "Прочитали все",
  by: (names, more) =>
    `Прочитали: ${names}${more > 0 ? ` и ещё ${counted("ru", more, PEOPLE)}` : ""}`,
};
