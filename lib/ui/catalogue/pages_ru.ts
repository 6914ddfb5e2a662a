/** The words of the pages around the chat, in Russian. */
import type { Catalogue } from "./en.ts";
import { counted } from "./plurals.ts";

/** In the genitive, as "at least" asks for it. */
const SYMBOLS = { one: "символа", other: "символов" };

export const auth: Catalogue["auth"] = {
  loginTitle: "Вход",
  loginLead: "С возвращением.",
  signupTitle: "Новая учётная запись",
  signupLead: "Это займёт минуту.",
  firstTitle: "Создайте первую учётную запись",
  firstLead:
    "Добро пожаловать в Confab. Здесь ещё никого нет: эта учётная запись станет записью владельца, который ведёт сервер.",
  notFirst:
    "Кто-то только что создал первую учётную запись. Ниже вы всё ещё можете создать свою, как участник.",
  username: "Имя пользователя",
  usernameHint: (min, max) => `${min}–${max} букв, цифр, «_», «.» или «-»`,
  displayName: "Отображаемое имя",
  displayNameHint: "Его увидят остальные",
  password: "Пароль",
  passwordHint: (min) => `Не короче ${min} символов`,
  invite: "Код приглашения",
  login: "Войти",
  signup: "Создать учётную запись",
  noAccount: "Впервые здесь?",
  haveAccount: "Уже есть учётная запись?",
  wrong: "Неверное имя пользователя или пароль.",
  closed: "Регистрация здесь закрыта. Попросите учётную запись у того, кто ведёт этот сервер.",
  checkFields: "Проверьте отмеченные поля.",
};

export const fields: Catalogue["fields"] = {
  missing: "Заполните это поле.",
  too_short: (min) => `Нужно не меньше ${counted("ru", min, SYMBOLS)}.`,
  too_long: (max) => `Здесь помещается не больше ${counted("ru", max, SYMBOLS)}.`,
  characters: "Здесь могут быть только буквы, цифры, «_», «.» и «-», без пробелов.",
  invisible: "Здесь есть невидимый символ. Наберите заново.",
  controls: "Здесь есть перенос строки или другой символ, которого в имени быть не может.",
  blank: "Здесь должно быть что-нибудь видимое.",
  takenUsername: "Это имя уже занято.",
  alikeUsername: "Это слишком похоже на имя другого пользователя.",
  takenRoom: "Открытая комната с таким названием уже есть.",
  alikeRoom: "Это слишком похоже на название другой открытой комнаты.",
  common: "Это один из самых частых паролей. Выберите другой.",
  own_name: "Пароль не должен совпадать с именем пользователя.",
  wrongPassword: "Текущий пароль неверен.",
  wrongInvite: "Этот код приглашения не подходит.",
  invalid: "Так здесь нельзя.",
};

export const page: Catalogue["page"] = {
  description: "Чат для команды, школы, клуба или семьи на собственном сервере.",
  notFoundTitle: "Здесь ничего нет",
  errorTitle: "Что-то пошло не так",
  back: "Вернуться в чат",
  skip: "Перейти к полю сообщения",
  noScript:
    "Без JavaScript здесь можно только читать. Включите его, чтобы писать и сразу видеть новые сообщения.",
};
