/** What is wrong with a field, by the reason that the server gives, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/fields.ts";

/** In the genitive, as "at least" asks for it. */
const SYMBOLS = { one: "символа", other: "символов" };

export const fields: typeof en.fields = {
  missing: "Заполните это поле.",
  too_short: (min) => `Нужно не меньше ${counted("ru", min, SYMBOLS)}.`,
  too_long: (max) => `Здесь помещается не больше ${counted("ru", max, SYMBOLS)}.`,
  characters: "Здесь могут быть только буквы, цифры, «_», «.» и «-», без пробелов.",
  invisible: "Здесь есть невидимый символ. Наберите заново.",
  controls: "Здесь есть перенос строки или другой символ, которого в имени быть не может.",
  reserved: "Это имя занято: им упоминают сразу всех. Выберите другое.",
  blank: "Здесь должно быть что-нибудь видимое.",
  takenUsername: "Это имя уже занято.",
  alikeUsername: "Это слишком похоже на имя другого пользователя.",
  takenRoom: "Открытая комната с таким названием уже есть.",
  alikeRoom: "Это слишком похоже на название другой открытой комнаты.",
  common: "Это один из самых частых паролей. Выберите другой.",
  own_name: "Пароль не должен совпадать с именем пользователя.",
  wrongPassword: "Текущий пароль неверен.",
  wrongInvite: "Этот код приглашения не подходит.",
  address: "Это не адрес электронной почты, такой как ann@example.org.",
  invalid: "Так здесь нельзя.",
};
