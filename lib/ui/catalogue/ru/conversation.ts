/** Messages, and the box to write them in, in Russian. */
import { grouped } from "../numbers.ts";
import type * as en from "../en/conversation.ts";

export const message: typeof en.message = {
  list: (room) => `Сообщения: ${room}`,
  edited: "изменено",
  editedAt: (when) => `Изменено ${when}`,
  deleted: "Сообщение удалено.",
  newMessages: "Новые сообщения",
  missing: "Сообщения, на которое ведёт ссылка, здесь нет.",
  loadBefore: "Загружаются более ранние…",
  loadAfter: "Более новые ещё не загружены…",
  react: "Добавить реакцию",
  edit: "Изменить",
  showAll: "Показать целиком",
  showLess: "Свернуть",
  sending: "Отправляется…",
  replyTo: "Ответ на сообщение от",
  replyEarlier: "Ответ на более раннее сообщение",
  replyDeleted: "удалённое сообщение",
  reactedBy: (names) => `от: ${names}`,
  announce: (name, text) => `${name} пишет: ${text}`,
  andMore: (count) => `ещё ${grouped("ru", count)}`,
};

export const composer: typeof en.composer = {
  label: (room) => `Написать в «${room}»`,
  inThread: "Ваш ответ",
  format: "Оформление",
  send: "Отправить",
  sendLater: "Отправить позже",
  save: "Сохранить изменения",
  editing: "Изменение сообщения",
  editOpen: "Сначала сохраните или отмените начатое изменение.",
  sendAsNew: "Отправить новым сообщением",
  emoji: "Эмодзи",
  attach: "Прикрепить файлы",
  record: "Записать голосовое сообщение",
  typing: (names) =>
    names.length > 2
      ? "Несколько человек печатают…"
      : `${names.join(" и ")} печата${names.length === 1 ? "е" : "ю"}т…`,
};
