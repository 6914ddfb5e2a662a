/** What people say of themselves for a while, in Russian. */
import type * as en from "../en/status.ts";

export const status: typeof en.status = {
  title: "Указать статус",
  emoji: "Эмодзи",
  text: "Чем вы заняты?",
  end: "Убрать",
  ends: {
    never: "Не убирать",
    half: "Через 30 минут",
    hour: "Через час",
    four: "Через 4 часа",
    today: "В конце дня",
    week: "В конце недели",
    at: "В указанное время…",
  },
  lasts: {
    half: "на 30 минут",
    hour: "на час",
    today: "до конца дня",
    never: "пока не уберёте",
  },
  at: "До",
  clear: "Убрать статус",
  often: "Частые статусы",
  said: {
    meeting: "На встрече",
    busy: "Прошу не отвлекать",
    lunch: "На обеде",
    onTheWay: "В пути",
    home: "Работаю из дома",
    sick: "Болею",
    holiday: "В отпуске",
  },
};
