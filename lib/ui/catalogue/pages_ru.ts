/** The words of the pages around the chat, in Russian. */
import type { Catalogue } from "./en.ts";

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
  taken: "Это имя уже занято.",
  closed: "Регистрация здесь закрыта. Попросите учётную запись у того, кто ведёт этот сервер.",
  badUsername: (min, max) => `Нужно ${min}–${max} букв, цифр, «_», «.» или «-», без пробелов.`,
  badPassword: (min, max) => `Нужно ${min}–${max} символов, и не один из самых частых паролей.`,
  badDisplayName: (max) => `Нужно 1–${max} символов в одну строку.`,
  badInvite: "Этот код приглашения не подходит.",
  checkFields: "Проверьте отмеченные поля.",
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
