/** The list of a room's members, in Russian. */
import type * as en from "../en/members.ts";

export const members: typeof en.members = {
  search: "Поиск участников",
  owner: "Владелец",
  add: "Добавить людей",
  remove: (name) => `Исключить: ${name}`,
  removeTitle: (name) => `Исключить из комнаты: ${name}?`,
  removeText: "Сообщения этой комнаты станут недоступны.",
  removeConfirm: "Исключить",
};
