/** What stands around formatted text, in Russian. */
import type * as en from "../en/text.ts";

export const text: typeof en.text = {
  copyCode: "Копировать",
  codeCopied: "Код скопирован",
  table: "Таблица",
  done: "Сделано",
  toDo: "Не сделано",
};
