/** Dialogs to choose people, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/people_dialogs.ts";

const PEOPLE = { one: "человека", few: "человек", many: "человек", other: "человек" };

export const people: typeof en.people = {
  directTitle: "Новая беседа",
  addTitle: (room) => `Добавить людей в «${room}»`,
  search: "Поиск людей по имени",
  nobody: "Никого с таким именем нет.",
  chosen: "Выбранные люди",
  remove: (name) => `Убрать из списка: ${name}`,
  start: "Начать беседу",
  add: "Добавить",
  alreadyMember: "уже участвует",
  tooMany: (count) => `Не больше ${counted("ru", count, PEOPLE)}.`,
};
