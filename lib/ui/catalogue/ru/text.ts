/** What stands around formatted text, in Russian. */

export const text = {
  copyCode: "Копировать",
  codeCopied: "Код скопирован",
  table: "Таблица",
  done: "Сделано",
  toDo: "Не сделано",
};
