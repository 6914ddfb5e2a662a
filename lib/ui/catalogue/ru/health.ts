/** The page on which staff see how the chat is doing, in Russian. */
import type * as en from "../en/health.ts";

export const health: typeof en.health = {
  well: "Всё работает.",
  degraded: {
    bus: "Связь между серверами прервана: сообщения приходят с опозданием в несколько секунд.",
    deliveries: "База данных не отвечает несколько секунд: сообщения ждут.",
    files:
      "Файлы только что не удалось сохранить или прочитать. Почему, сказано в журнале сервера.",
    store: "Сейчас ничего нельзя сохранить. Возможно, диск заполнен или база данных недоступна.",
  },
  mailFails: "Почтовый сервер не принимает письма. Они ждут новой попытки.",
  neverBackedUp:
    "О резервных копиях чат ничего не знает. Как делать их каждую ночь, сказано в docs/hosting.md.",
  diskLow: "Диск почти заполнен.",
  parts: {
    server: "Сервер",
    storage: "Хранение",
    people: "Люди и сообщения",
    errors: "Ошибки с момента запуска",
  },
  rows: {
    version: "Версия",
    schema: "Формат данных",
    since: "Запущен",
    nodes: "Работает серверов",
    bus: "Связь между серверами",
    mail: "Почта",
    database: "База данных",
    size: "Её размер",
    disk: "Свободно на диске",
    backup: "Последняя резервная копия",
    people: "Учётных записей",
    online: "В сети на этом сервере",
    connections: "Открытых соединений",
    rooms: "Комнат",
    messages: "Написано сообщений",
    internal: "Сбои программы",
    unavailable: "Не удалось выполнить сразу",
    rate_limited: "Отклонено из-за частоты",
  },
  databases: { sqlite: "SQLite, в одном файле", postgresql: "сервер PostgreSQL" },
  buses: {
    memory: "не нужна: сервер один",
    redis: "через Redis",
    notify: "через PostgreSQL",
    away: "(недоступна)",
  },
  mail: { off: "не настроена", works: "работает", fails: "не работает" },
  unknown: "неизвестно",
  never: "никогда",
};
