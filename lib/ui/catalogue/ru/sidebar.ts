/** The list of rooms, in Russian. */
import type * as en from "../en/sidebar.ts";

export const sidebar: typeof en.sidebar = {
  label: "Комнаты",
  later: "Отложенное",
  laterDue: (count) => `требуют внимания: ${count}`,
  favourites: "Избранное",
  rooms: "Комнаты",
  direct: "Личные сообщения",
  add: "Создать…",
  invite: "Пригласить людей",
  requests: "Заявки",
  createRoom: "Создать комнату",
  browse: "Открытые комнаты",
  newDirect: "Написать человеку",
  noDirect: "Пока нет бесед",
  more: "Другие беседы…",
  status: "Ваш статус",
  settings: "Настройки",
  back: "Назад к списку комнат",
  unread: (count) => `непрочитанных: ${count}`,
  mentions: (count) => `с упоминанием вас: ${count}`,
  draft: "Черновик",
  directFallback: "Личная беседа",
  justYou: (name) => `${name} (вы)`,
  privateRoom: "Закрытая комната",
};
