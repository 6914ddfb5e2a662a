/** What every page says of itself, and the pages of errors, in Russian. */
import type * as en from "../en/pages.ts";

export const apiDocs: typeof en.apiDocs = {
  title: "HTTP-интерфейс",
  forPrograms: "для программ",
  noScript: "Это описание показывает JavaScript. То же самое есть в документе для программ.",
};

export const page: typeof en.page = {
  description: "Чат для команды, школы, клуба или семьи на собственном сервере.",
  notFoundTitle: "Здесь ничего нет",
  errorTitle: "Что-то пошло не так",
  noScript:
    "Без JavaScript здесь можно только читать. Включите его, чтобы писать и сразу видеть новые сообщения.",
};
