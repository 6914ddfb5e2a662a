/** The files of messages, what opens above the chat, a room's lists of them, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/files.ts";

export const files: typeof en.files = {
  picture: (name) => `Изображение: ${name}`,
  notLoaded: "Изображение не загрузилось.",
  notPlayed: "Этот браузер не может это воспроизвести.",
  again: "Попробовать ещё раз",
  download: (name) => `Скачать ${name}`,
  save: "Скачать",
  video: (name) => `Видео: ${name}`,
  sound: (name) => `Звук: ${name}`,
  noLook: "Показать это здесь не удалось.",
  beginning: (name) => `Начало файла ${name}`,
  emptyText: "Файл пуст.",
};

export const describe: typeof en.describe = {
  title: "Описания изображений",
  hint: "Для тех, кто не видит изображений. Что на них главное?",
  of: (name) => `Описание: ${name}`,
};

export const voice: typeof en.voice = {
  label: (name, time) => `Голосовое сообщение от ${name}, ${time}`,
  play: "Слушать",
  pause: "Приостановить",
  position: "Место в записи",
  at: (now, all) => `${now} из ${all}`,
  speed: (times) => `Скорость ${times}×`,
  unheard: "Вы ещё не прослушали",
  notHeard: "Ещё не прослушано",
};

export const viewer: typeof en.viewer = {
  place: (at, of) => `${at} из ${of}`,
  previous: "Предыдущее",
  next: "Следующее",
  zoomIn: "Увеличить",
  zoomOut: "Уменьшить",
  toMessage: "Показать сообщение",
  loading: "Загружается…",
  failed: "Загрузить не удалось.",
  noPdf: "Показать этот документ здесь не удалось. Скачайте его, чтобы прочитать.",
  locked: "Документ защищён паролем. Скачайте его, чтобы открыть.",
  page: (at, of) => `Страница ${at} из ${of}`,
  morePages: (count) =>
    `Ещё ${
      counted("ru", count, { one: "страница", few: "страницы", other: "страниц" })
    }: скачайте документ, чтобы читать дальше.`,
  cut: (size) => `Показано только начало (${size}). Скачайте файл, чтобы читать дальше.`,
};

export const roomFiles: typeof en.roomFiles = {
  title: "Файлы и ссылки",
  tabs: { picture: "Фото", media: "Медиа", file: "Файлы", voice: "Голос", link: "Ссылки" },
  tabsLabel: "Что показать",
  none: {
    picture: "В этой комнате ещё нет изображений.",
    media: "В этой комнате ещё нет видео и звука.",
    file: "В этой комнате ещё нет других файлов.",
    voice: "В этой комнате ещё нет голосовых сообщений.",
    link: "В этой комнате ещё нет ссылок.",
  },
  toMessage: "Показать сообщение",
};
