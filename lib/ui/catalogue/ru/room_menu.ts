/** The menu of the open room, in Russian. */
import type * as en from "../en/room_menu.ts";

export const roomMenu: typeof en.roomMenu = {
  favourite: "Добавить в избранное",
  unfavourite: "Убрать из избранного",
  edit: "Изменить название, тему и картинку",
  notifications: "Уведомления",
  notify: { all: "Все сообщения", mentions: "Только упоминания", none: "Никакие" },
  archive: "Отправить в архив",
  unarchive: "Вернуть из архива",
  leave: "Покинуть комнату",
  leaveGroup: "Покинуть беседу",
  hide: "Скрыть беседу",
  leaveGroupText:
    "Остальные останутся, и всё сказанное — у них. Вернуться можно только новой беседой.",
  archiveTitle: (name) => `Отправить «${name}» в архив?`,
  archiveText: "Писать в неё будет нельзя. Комнату можно вернуть позже.",
  leaveTitle: (name) => `Покинуть «${name}»?`,
  leavePrivate: "Вернуться можно, только если вас добавит участник.",
  leavePublic: "Вы сможете вернуться в любое время.",
};
