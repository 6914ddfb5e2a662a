/** The words of the dialogs in Russian. */
import type { DialogsCatalogue } from "./dialogs_en.ts";
import { counted } from "./plurals.ts";

const PEOPLE = { one: "человека", few: "человек", many: "человек", other: "человек" };
/** In the genitive, as "at least" asks for it. */
const SYMBOLS = { one: "символа", other: "символов" };

export const dialogsRu: DialogsCatalogue = {
  fields: {
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
  },

  create: {
    title: "Новая комната",
    name: "Название",
    topic: "Тема",
    topicHint: "О чём она?",
    kind: "Кто может войти",
    public: "Открытая",
    publicHint: "Любой на этом сервере",
    private: "Закрытая",
    privateHint: "Только те, кого добавят",
    submit: "Создать комнату",
  },

  hidden: {
    title: "Другие беседы",
    search: "Поиск среди скрытых бесед",
    more: "Показать ещё",
  },

  browse: {
    title: "Открытые комнаты",
    search: "Поиск комнат",
    empty: "Открытой комнаты с таким названием нет.",
    join: "Войти",
    open: "Открыть",
    joinName: (name) => `Войти в «${name}»`,
    openName: (name) => `Открыть «${name}»`,
  },

  people: {
    directTitle: "Новая беседа",
    addTitle: (room) => `Добавить людей в «${room}»`,
    search: "Поиск людей по имени",
    chosen: "Выбранные люди",
    remove: (name) => `Убрать из списка: ${name}`,
    start: "Начать беседу",
    add: "Добавить",
    alreadyMember: "уже участвует",
    tooMany: (count) => `Не больше ${counted("ru", count, PEOPLE)}.`,
  },

  emoji: {
    title: "Реакция",
    any: "Или введите любой эмодзи",
    submit: "Поставить",
    invalid: "Это не один эмодзи.",
  },

  settings: {
    passwordHint: (min) => `Не короче ${min} символов`,
    title: "Настройки",
    profile: "Профиль",
    displayName: "Отображаемое имя",
    appearance: "Внешний вид",
    language: "Язык",
    languageAuto: "Как в браузере",
    theme: "Тема",
    themes: { system: "Системная", light: "Светлая", dark: "Тёмная" },
    password: "Пароль",
    current: "Текущий пароль",
    next: "Новый пароль",
    change: "Сменить пароль",
    changed: "Пароль изменён. На других устройствах выполнен выход.",
    sessions: "Устройства, где выполнен вход",
    thisDevice: "Это устройство",
    lastSeen: (when) => `последний раз ${when}`,
    revoke: "Завершить",
    revokeDevice: (device) => `Завершить сеанс: ${device}`,
    unknownDevice: "Неизвестное устройство",
    logout: "Выйти",
  },
};
