/** Messages, and the box to write them in, in Russian. */
import { counted, grouped, plural } from "../numbers.ts";
import type * as en from "../en/conversation.ts";

const CHARACTERS = { one: "символ", few: "символа", many: "символов", other: "символа" };

export const message: typeof en.message = {
  list: (room) => `Сообщения: ${room}`,
  edited: "изменено",
  editedAt: (when) => `Изменено ${when}`,
  deleted: "Сообщение удалено.",
  newMessages: "Новые сообщения",
  toNewest: "К последним сообщениям",
  newCount: (count, n) =>
    `${count} ${
      plural("ru", n, {
        one: "новое сообщение",
        few: "новых сообщения",
        many: "новых сообщений",
        other: "новых сообщения",
      })
    }`,
  newAbove: (count: string, n: number) =>
    `${count} ${
      plural("ru", n, {
        one: "новое сообщение выше",
        few: "новых сообщения выше",
        many: "новых сообщений выше",
        other: "новых сообщения выше",
      })
    }`,
  markAllRead: "Отметить всё прочитанным",
  backToPlace: "Вернуться назад",
  missing: "Сообщения, на которое ведёт ссылка, здесь нет.",
  loadBefore: "Загружаются более ранние…",
  loadAfter: "Загружаются более новые…",
  react: "Добавить реакцию",
  edit: "Изменить",
  copyText: "Скопировать текст",
  textCopied: "Текст скопирован",
  showAll: "Показать целиком",
  showLess: "Свернуть",
  sending: "Отправляется…",
  notSent: "Не отправлено.",
  sendAgain: "Отправить снова",
  discard: "Не отправлять",
  replyTo: "Ответ на сообщение от",
  replyEarlier: "Ответ на более раннее сообщение",
  replyDeleted: "удалённое сообщение",
  reactedBy: (names) => `от: ${names}`,
  announce: (name, text) => `${name} пишет: ${text}`,
  andMore: (count) => `ещё ${grouped("ru", count)}`,
};

export const composer: typeof en.composer = {
  label: (room) => `Написать в «${room}»`,
  inThread: "Ответить в обсуждении",
  format: "Оформление",
  send: "Отправить",
  sendLater: "Отправить позже",
  save: "Сохранить изменения",
  editing: "Изменение сообщения",
  replying: (name) => `Ответ для: ${name}`,
  editOpen: "Вы ещё меняете другое сообщение. Сначала сохраните его или отмените изменение.",
  editDeleted: "Тем временем это сообщение удалили. Ваш текст остался здесь.",
  editChanged: "Тем временем вы изменили это сообщение в другом месте. Теперь оно такое:",
  keepMine: "Оставить мой текст",
  takeTheirs: "Взять этот текст",
  sendAsNew: "Отправить новым сообщением",
  replyDeleted: "Сообщение, на которое вы отвечаете, удалили.",
  kept: "Вы написали, но не отправили:",
  throwAway: "Выбросить",
  cancelEdit: "Не изменять",
  cancelReply: "Не отвечать",
  left: (count) =>
    count >= 0
      ? `Осталось: ${counted("ru", count, CHARACTERS)}`
      : `Лишнее: ${counted("ru", -count, CHARACTERS)}`,
  emoji: "Эмодзи",
  mentionList: "Кого упомянуть",
  typing: (names) =>
    names.length === 1
      ? `${names[0]} печатает…`
      : names.length === 2
      ? `${names[0]} и ${names[1]} печатают…`
      : "Несколько человек печатают…",
};
