/** The connection, in Russian. */
import type * as en from "../en/connection.ts";

export const connection: typeof en.connection = {
  connecting: "Соединение…",
  waiting: "Связь потеряна. Пробуем снова…",
  offline: "Нет сети — сообщения уйдут, когда связь вернётся.",
  retry: "Повторить сейчас",
  unreachable: "Нет связи с сервером.",
};
