/** What stands around formatted text, in Russian. */
import { counted } from "../numbers.ts";

export const text = {
  copyCode: "Копировать",
  codeCopied: "Код скопирован",
  showCode: (lines: number) =>
    `Показать целиком: ${
      counted("ru", lines, { one: "строка", few: "строки", many: "строк", other: "строки" })
    }`,
  showLessCode: "Свернуть",
  table: "Таблица",
  done: "Сделано",
  toDo: "Не сделано",
};
