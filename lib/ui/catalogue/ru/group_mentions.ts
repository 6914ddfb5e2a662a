/** Mentions of many at once, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/group_mentions.ts";

const PEOPLE = { one: "человек", few: "человека", many: "человек", other: "человека" };
const ACCUSATIVE = { one: "человека", few: "человека", other: "человек" };

export const groupMentions: typeof en.groupMentions = {
  here: "кто сейчас в сети",
  room: "все участники",
  askTitle: (count) => `Упомянуть ${counted("ru", count, ACCUSATIVE)}?`,
  askHere: (count) =>
    `Упоминание @here увидят все в этой комнате, кто сейчас в сети: ${
      counted("ru", count, PEOPLE)
    }.`,
  askRoom: (count) =>
    `Упоминание @room увидят все участники комнаты: ${counted("ru", count, PEOPLE)}.`,
  mention: "Упомянуть",
};
