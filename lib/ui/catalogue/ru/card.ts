/** The card of a person, in Russian. */
import { hours } from "../hours.ts";
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
  until: (when) => `до ${when}`,
  localTime: (time) => `Местное время: ${time}`,
  ahead: (minutes) => `на ${hours("ru", minutes)} ${minutes > 0 ? "больше" : "меньше"}, чем у вас`,
  manage: "Управление",
};
