/** The card of a person, in Russian. */
import type * as en from "../en/card.ts";

export const card: typeof en.card = {
  roles: {
    owner: "Владелец",
    admin: "Администратор",
    member: "Участник",
    guest: "Гость",
    bot: "Бот",
  },
  disabled: "Учётная запись отключена.",
  message: "Написать",
  mention: "Упомянуть",
  edit: "Изменить профиль",
  manage: "Управление",
};
