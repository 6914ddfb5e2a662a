/** What can be done with a message, in Russian. */
import type * as en from "../en/message_menu.ts";

export const messageMenu: typeof en.messageMenu = {
  actions: "Действия с сообщением",
  anyEmoji: "Другой эмодзи…",
  copied: "Ссылка скопирована",
  copyLink: "Скопировать ссылку",
  delete: "Удалить",
  deleteText: "Оно исчезнет у всех. Отменить удаление можно в течение десяти секунд.",
  deleteTitle: "Удалить это сообщение?",
  deletedNow: "Сообщение удалено.",
  describe: "Описать изображения…",
  remind: "Напомнить…",
  markUnread: "Отметить непрочитанным",
  quote: "Процитировать",
  reactWith: (emoji) => `Реакция ${emoji}`,
  reply: "Ответить",
  save: "Сохранить",
  unsave: "Убрать из сохранённых",
};
