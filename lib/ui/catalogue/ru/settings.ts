/** The settings, in Russian. */
import type * as en from "../en/settings.ts";
import { counted } from "../numbers.ts";

const SESSIONS = { one: "сеанс", few: "сеанса", many: "сеансов", other: "сеанса" };

export const settings: typeof en.settings = {
  title: "Настройки",
  sections: {
    profile: "Профиль",
    email: "Почта",
    security: "Безопасность",
    "second-factor": "Подтверждение входа",
    passkeys: "Ключи доступа",
    appearance: "Внешний вид",
    notifications: "Уведомления",
    phone: "Вход на телефоне",
    connections: "Привязанные учётные записи",
  },
  notices: {
    pictureRefused:
      "Этот файл не подходит: это не PNG, JPEG, WebP или GIF, либо он слишком велик. Ничего не изменилось.",
    pictureLater: "Слишком много картинок сразу. Ничего не изменилось: попробуйте через минуту.",
    saved: "Сохранено.",
    password: "Пароль изменён. На других устройствах выполнен выход.",
    linked: "Учётная запись привязана.",
    unlinked: "Учётная запись больше не привязана.",
    device: "На том устройстве выполнен выход.",
    devices: "На всех остальных устройствах выполнен выход.",
    secondOn: "Подтверждение входа включено.",
    secondOff: "Подтверждение входа отключено.",
    passkeyAdded: "Ключ доступа добавлен.",
    passkeyRemoved: "Ключ доступа удалён.",
    emailSent: "Письмо отправлено: откройте ссылку из него.",
    emailRemoved: "Адрес удалён.",
    otherSession:
      "В этом браузере вошли под другой учётной записью. Теперь эта страница показывает её; ничего не изменилось.",
  },
  logout: "Выйти",

  displayName: "Отображаемое имя",
  displayNameHint: "Его видят остальные рядом с вашими сообщениями.",
  username: "Имя пользователя",
  localTime: "Показывать моё местное время",
  localTimeHint: "Другие увидят в вашей карточке, который у вас час.",
  usernameHint: "С ним вы входите, и по нему вас упоминают. Изменить его нельзя.",

  password: "Пароль",
  passwordHint: (min) => `Не короче ${min} символов`,
  current: "Текущий пароль",
  next: "Новый пароль",
  change: "Сменить пароль",
  changeHint: "На всех остальных устройствах придётся войти заново.",
  sessions: "Устройства, где выполнен вход",
  thisDevice: "Это устройство",
  lastSeen: (when) => `последний раз ${when}`,
  revoke: "Завершить",
  revokeDevice: (device) => `Завершить сеанс: ${device}`,
  revokeOthers: "Выйти на всех остальных устройствах",
  moreDevices: (count) => `и ещё ${counted("ru", count, SESSIONS)}`,
  unknownDevice: "Неизвестное устройство",

  language: "Язык",
  languageAuto: "Как в браузере",
  theme: "Тема",
  themeHint: "Действует на всех ваших устройствах.",
  themes: { system: "Системная", light: "Светлая", dark: "Тёмная" },

  notifyHint: "Какие новые сообщения считаются для вас в списке комнат и в заголовке вкладки.",
  notifyHidden: "Бесед, которых нет в вашем списке, здесь нет.",
};
