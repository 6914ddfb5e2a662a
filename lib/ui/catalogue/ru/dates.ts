/** Days and moments, in Russian. */
import type * as en from "../en/dates.ts";

export const dates: typeof en.dates = {
  today: "Сегодня",
  yesterday: "Вчера",
  justNow: "только что",
  weekdays: ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"],
  months: [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
  ],
  monthMayLead: false,
  ofYear: (day, year) => `${day} ${year} г.`,
  moment: (date, time) => `${date} в ${time}`,
};
