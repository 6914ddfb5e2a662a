/** Dialogs to create a room and to find one, in Russian. */
import type * as en from "../en/room_dialogs.ts";

export const create: typeof en.create = {
  title: "Новая комната",
  name: "Название",
  topic: "Тема",
  optional: "необязательно",
  topicHint: "О чём она?",
  kind: "Кто может войти",
  public: "Открытая",
  publicHint: "Любой на этом сервере",
  private: "Закрытая",
  privateHint: "Только те, кого добавят",
  submit: "Создать комнату",
};

export const hidden: typeof en.hidden = {
  title: "Другие беседы",
  search: "Поиск среди скрытых бесед",
  empty: "Ничего не найдено",
  more: "Показать ещё",
};

export const browse: typeof en.browse = {
  title: "Открытые комнаты",
  search: "Поиск комнат",
  empty: "Открытой комнаты с таким названием нет.",
  join: "Войти",
  open: "Открыть",
  joinName: (name) => `Войти в «${name}»`,
  lookName: (room) => `Посмотреть комнату «${room}»`,
  openName: (name) => `Открыть «${name}»`,
};
