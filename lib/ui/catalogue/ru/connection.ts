/** The connection, and what this browser does not give, in Russian. */
import type * as en from "../en/connection.ts";

export const connection: typeof en.connection = {
  connecting: "Соединение…",
  waiting: "Связь потеряна. Пробуем снова…",
  offline: "Нет сети — сообщения уйдут, когда связь вернётся.",
  retry: "Повторить сейчас",
};

export const withheld: typeof en.withheld = {
  storage:
    "Этот браузер не сохраняет то, что вы пишете. Не закрывайте вкладку, пока всё не отправится.",
  turns: "Этот браузер не даёт вкладкам чередоваться: каждая отправляет сама.",
};
