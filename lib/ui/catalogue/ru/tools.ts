/** The tools beside what is written, and the keys, in Russian. */
import type * as en from "../en/tools.ts";
import { counted } from "../numbers.ts";

const LINES = { one: "строка", few: "строки", other: "строк" };

export const tools: typeof en.tools = {
  bar: "Оформление",
  bold: "Жирный",
  italic: "Курсив",
  strike: "Зачёркнутый",
  link: "Ссылка",
  code: "Код",
  block: "Блок кода",
  quote: "Цитата",
  bullets: "Маркированный список",
  numbers: "Нумерованный список",
  keys: "Клавиши и оформление",
  pasted: (lines) => `Вставлено: ${counted("ru", lines, LINES)}.`,
  makeBlock: "Оформить как код",
  keepText: "Оставить текстом",
  sends: {
    list: (keys) => `Enter — следующий пункт, ${keys} — отправить.`,
    code: (keys) => `Enter — новая строка кода, ${keys} — отправить.`,
  },
  help: {
    writing: "Пока вы пишете",
    send: "Отправить",
    line: "Новая строка",
    sendList: "Отправить прямо из списка или кода",
    editLast: "Изменить своё последнее сообщение, если поле пустое",
    deeper: "Вложить пункт списка в предыдущий",
    back: "Вынести его обратно",
    cancel: "Отменить ответ или изменение",
    toBar: "Перейти к панели оформления",
    pasteText: "Вставить без оформления",
    keys: "Показать этот список",
    messages: "Когда выбрано сообщение",
    toMessage: "Предыдущее и следующее сообщение",
    ends: "Первое и последнее из загруженных",
    signs: "Что можно написать",
    text: "текст",
    task: "Задача",
    heading: "Заголовок",
    untilNext: "Блок кода, до следующих трёх",
    mention: ["@имя", "Упомянуть человека"],
    room: ["#комната", "Ссылка на комнату"],
    emoji: [":имя:", "Эмодзи"],
  },
};
