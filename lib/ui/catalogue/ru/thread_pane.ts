/** Threads beside the room, one's threads, a room's topics, in Russian. */
import { counted, plural } from "../numbers.ts";
import type * as en from "../en/thread_pane.ts";

export const threadPane: typeof en.threadPane = {
  title: "Обсуждение",
  last: (ago) => `последний ${ago}`,
  justNow: "только что",
  inRoom: (room) => `в «${room}»`,
  toRoom: "Показать в комнате",
  list: "Сообщения обсуждения",
  follow: "Следить за обсуждением",
  unfollow: "Больше не следить",
  missing: "Этого обсуждения здесь нет: сообщение удалено или комната вам больше не видна.",
  again: "Попробовать ещё раз",
  first: "Пока никто не ответил. Всё, что вы напишете здесь, останется вместе.",
  onlyHere: "Только в обсуждении, не в комнате",
  readOnly: "Это обсуждение можно читать, но не писать в него.",
  name: "Дать название",
  rename: "Изменить название",
  nameTitle: "Название обсуждения",
  nameLabel: "Название",
  nameHint:
    "Обсуждения с названием становятся темами комнаты. Чтобы убрать название, очистите поле.",
  mineAll: "Все",
  mineNew: "Новые",
  filter: "Какие обсуждения",
  none: "Здесь будут обсуждения, в которых вы пишете или где вас упомянули.",
  noneNew: "В обсуждениях, за которыми вы следите, ничего нового.",
  noTopics: "Тем пока нет. Дайте обсуждению название, и оно появится здесь.",
  newReplies: (count, n) =>
    `${count} ${
      plural("ru", n, {
        one: "новый ответ",
        few: "новых ответа",
        many: "новых ответов",
        other: "новых ответа",
      })
    }`,
  more: "Показать ещё",
  deleted: "удалённое сообщение",
  replies: (count) =>
    counted("ru", count, { one: "ответ", few: "ответа", many: "ответов", other: "ответа" }),
};
