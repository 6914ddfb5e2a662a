/** Files and voice messages that go along with what is written, once the page is at rest, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/attachments.ts";

export const attachments: typeof en.attachments = {
  list: "Прикреплённые файлы",
  hint: "Стрелки — другой файл. Shift и стрелки — его место. Enter — подробнее. Delete — убрать.",
  choose: {
    picture: "Фото или видео",
    camera: "Снять фото",
    file: "Файл",
  },
  drop: (room) => `Отпустите файлы здесь, чтобы прикрепить их: ${room}`,
  dropInThread: "Отпустите файлы здесь, чтобы прикрепить их к ответу",
  remove: (name) => `Убрать ${name}`,
  retry: (name) => `Повторить: ${name}`,
  place: (at, of) => `Место ${at} из ${of}`,
  removed: (name) => `Файл ${name} убран.`,
  added: (count) =>
    counted("ru", count, {
      one: "файл прикреплён",
      few: "файла прикреплено",
      many: "файлов прикреплено",
      other: "файла прикреплено",
    }) + ".",
  allThere: "Все файлы загружены.",
  states: {
    preparing: "Подготовка…",
    waiting: "Ждёт соединения",
    queued: "Ожидание…",
    uploading: (percent) => `Загружено ${percent} %`,
    ready: "Загружен",
    failed: "Не загружен",
  },
  refused: {
    large: (name, limit) => `Файл ${name} слишком большой: можно до ${limit}.`,
    many: (most) =>
      `К сообщению можно прикрепить не больше ${
        counted("ru", most, { one: "файла", few: "файлов", many: "файлов", other: "файла" })
      }.`,
    folder: (name) => `${name} — это папка: прикрепите файлы из неё или архив.`,
  },
  faults: {
    tooLarge: (limit) => `Слишком большой: можно до ${limit}.`,
    noRoom: "На сервере для него нет места.",
    noOwnRoom: (limit) =>
      `Все ваши файлы могут занимать до ${limit}: удалите сообщения с ненужными файлами.`,
    lost: "В этом браузере его больше нет. Прикрепите его снова.",
    unreadable: "Его больше нельзя прочитать. Прикрепите его снова.",
  },
  original: (before, after) => `Исходные фото (${before} вместо ${after})`,
  details: {
    alt: "Описание",
    altHint: "Для тех, кто не видит изображение. Что на нём главное?",
    original: "Отправить исходное фото",
    sizes: (original, smaller) => `${original}, уменьшенное ${smaller}`,
    earlier: "Переместить раньше",
    later: "Переместить позже",
    remove: "Убрать",
    done: "Готово",
  },
  described: "с описанием",
  takeBack: "Вернуть в поле",
};

export const recording: typeof en.recording = {
  message: "Голосовое сообщение",
  asking: "Разрешите этой странице доступ к микрофону…",
  recording: "Идёт запись",
  recorded: (length) => `Голосовое сообщение, ${length}`,
  limit: "Длиннее голосовое сообщение быть не может.",
  broke: "Микрофон пропал. Сказанное до этого сохранено.",
  slide: "Сдвиньте, чтобы отменить",
  stop: "Остановить и прослушать",
  send: "Отправить голосовое сообщение",
  drop: "Удалить запись",
  dropped: "Запись удалена.",
  play: "Слушать",
  pause: "Пауза",
  position: "Место в записи",
  tryAgain: "Повторить",
  faults: {
    refused:
      "Браузер не разрешает этой странице микрофон. Разрешите его рядом с адресом страницы и повторите.",
    missing: "Микрофон не найден.",
    busy: "Микрофоном нельзя воспользоваться. Возможно, он занят другой программой.",
    insecure: "Микрофон доступен только страницам с https.",
    unable: "Этот браузер не умеет записывать звук.",
  },
};
