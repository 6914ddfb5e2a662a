/** Emoji: choosing one, and completing its name, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/emoji.ts";

const FOUND = { one: "эмодзи найден", other: "эмодзи найдено" };

export const emoji: typeof en.emoji = {
  react: "Реакция",
  choose: "Выберите эмодзи",
  search: "Поиск по слову или сам эмодзи",
  list: "Эмодзи",
  nothing: "Таких эмодзи нет.",
  found: (count) => counted("ru", count, FOUND),
  failed: "Не удалось загрузить эмодзи.",
  again: "Попробовать ещё раз",
  jump: "Перейти к разделу",
  recent: "Недавние",
  groups: {
    [-1]: "Свои",
    0: "Смайлики",
    1: "Люди и жесты",
    3: "Животные и природа",
    4: "Еда и напитки",
    5: "Путешествия и места",
    6: "Занятия",
    7: "Предметы",
    8: "Символы",
    9: "Флаги",
  },
  addOwn: "Добавить свой",
  tone: "Тон кожи",
  tones: ["Жёлтый", "Светлый", "Светло-смуглый", "Смуглый", "Тёмно-смуглый", "Тёмный"],
};
