/** Lost passwords, in Russian. */
import type * as en from "../en/recovery.ts";

export const recovery: typeof en.recovery = {
  resetTitle: "Новый пароль",
  resetLead: (username) => `Для учётной записи ${username}.`,
  resetHint: "На всех устройствах этой учётной записи нужно будет войти снова.",
  resetSubmit: "Сохранить пароль",
  goneTitle: "Эта ссылка больше не работает",
  gone: "Ею уже воспользовались, или она устарела. Попросите новую.",
};
