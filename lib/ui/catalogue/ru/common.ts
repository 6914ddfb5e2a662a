/** What is said everywhere, in Russian. */
import type * as en from "../en/common.ts";

export const common: typeof en.common = {
  cancel: "Отмена",
  close: "Закрыть",
  save: "Сохранить",
  loading: "Загрузка…",
  undo: "Отменить",
  dismiss: "Скрыть",
  you: "вы",
  back: "Вернуться в чат",
  skip: "Перейти к полю сообщения",
};
