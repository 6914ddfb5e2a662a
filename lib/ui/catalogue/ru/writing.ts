/** What comes beside the messages and the box to write them in, once the page is at rest, in Russian. */
import { counted, plural } from "../numbers.ts";
import type * as en from "../en/writing.ts";

const CHARACTERS = { one: "символ", few: "символа", many: "символов", other: "символа" };

export const catchUp: typeof en.catchUp = {
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
};

export const aim: typeof en.aim = {
  replying: (name) => `Ответ для: ${name}`,
  editDeleted: "Тем временем это сообщение удалили. Ваш текст остался здесь.",
  editChanged: "Тем временем вы изменили это сообщение в другом месте. Теперь оно такое:",
  keepMine: "Оставить мой текст",
  takeTheirs: "Взять этот текст",
  replyDeleted: "Сообщение, на которое вы отвечаете, удалили.",
  cancelEdit: "Не изменять",
  cancelReply: "Не отвечать",
  left: (count) =>
    count >= 0
      ? `Осталось: ${counted("ru", count, CHARACTERS)}`
      : `Лишнее: ${counted("ru", -count, CHARACTERS)}`,
  mentionList: "Кого упомянуть",
};

/** What was written and not sent. */
export const unsent: typeof en.unsent = {
  copyText: "Скопировать текст",
  textCopied: "Текст скопирован",
  notSent: "Не отправлено.",
  sendAgain: "Отправить снова",
  discard: "Не отправлять",
  kept: "Вы написали, но не отправили:",
  throwAway: "Выбросить",
};
