/** The settings, in Russian. */
import type * as en from "../en/settings.ts";

export const settings: typeof en.settings = {
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
};
