/** What is still to be sent, on the pages around the chat, in Russian. */
import type * as en from "../en/leaving.ts";

export const leaving: typeof en.leaving = {
  waiting: "Не всё, что вы написали, уже отправлено.",
  chat: "Отправить из чата",
  title: "Выйти, не дождавшись отправки?",
  text: "Это ещё не отправлено. Оно есть только в этом браузере и пропадёт, если выйти сейчас:",
  stay: "Остаться",
  lose: "Выйти и потерять",
};
