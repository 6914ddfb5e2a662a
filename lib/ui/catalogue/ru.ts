/** Every word of the chat in Russian, but for its dialogs. */
import type { Catalogue } from "./en.ts";
import { counted, grouped, plural } from "./plurals.ts";

const CHARACTERS = { one: "символ", few: "символа", many: "символов", other: "символа" };

export const ru: Catalogue = {
  brand: "Confab",
  errors: {
    bad_request: "Не удалось понять запрос.",
    unauthenticated: "Вы вышли из учётной записи. Войдите снова.",
    forbidden: "У вас нет на это прав.",
    not_found: "Этого здесь нет, или вам это недоступно.",
    conflict: "Это противоречит тому, что уже существует.",
    other_session:
      "В этом браузере вошли под другой учётной записью. Теперь эта страница показывает её.",
    too_large: "Это слишком много.",
    invalid: "Здесь что-то не так. Проверьте, пожалуйста.",
    rate_limited: "Слишком часто. Подождите немного и повторите.",
    internal: "На сервере что-то пошло не так.",
    unavailable: "Сервер сейчас занят. Повторите через минуту.",
    offline: "Нет связи с сервером.",
  },

  common: {
    cancel: "Отмена",
    close: "Закрыть",
    save: "Сохранить",
    saved: "Сохранено",
    search: "Поиск",
    loading: "Загрузка…",
    dismiss: "Скрыть",
    optional: "необязательно",
    you: "вы",
    nothingFound: "Ничего не найдено",
    nobodyFound: "Никого с таким именем нет.",
    back: "Вернуться в чат",
    skip: "Перейти к полю сообщения",
  },

  nav: {
    label: "Комнаты",
    rooms: "Комнаты",
    direct: "Личные сообщения",
    archived: "Архив",
    add: "Создать…",
    createRoom: "Создать комнату",
    browse: "Открытые комнаты",
    newDirect: "Написать человеку",
    noDirect: "Пока нет бесед",
    more: "Другие беседы…",
    settings: "Настройки",
    back: "Назад к списку комнат",
    unread: (count) => `непрочитанных: ${count}`,
    mentions: (count) => `с упоминанием вас: ${count}`,
    draft: "Черновик",
    directFallback: "Личная беседа",
    justYou: (name) => `${name} (вы)`,
    kinds: { public: "Открытая комната", private: "Закрытая комната", direct: "Личная беседа" },
  },

  presence: { online: "В сети", away: "Отошёл", offline: "Не в сети" },

  room: {
    members: "Участники",
    searchMembers: "Поиск участников",
    memberCount: (count) =>
      counted("ru", count, {
        one: "участник",
        few: "участника",
        many: "участников",
        other: "участника",
      }),
    showMembers: "Показать участников",
    menu: "Действия с комнатой",
    edit: "Изменить название и тему",
    notifications: "Уведомления",
    notify: { all: "Все сообщения", mentions: "Только упоминания", none: "Никакие" },
    archive: "Отправить в архив",
    unarchive: "Вернуть из архива",
    leave: "Покинуть комнату",
    leaveGroup: "Покинуть беседу",
    hide: "Скрыть беседу",
    leaveGroupText:
      "Остальные останутся, и всё сказанное — у них. Вернуться можно только новой беседой.",
    archiveTitle: (name) => `Отправить «${name}» в архив?`,
    archiveText: "Писать в неё будет нельзя. Комнату можно вернуть позже.",
    leaveTitle: (name) => `Покинуть «${name}»?`,
    leavePrivate: "Вернуться можно, только если вас добавит участник.",
    leavePublic: "Вы сможете вернуться в любое время.",
    archivedNote: "Комната в архиве: её можно читать, но нельзя в неё писать.",
    lostText: "Вы больше не участник комнаты, которая была здесь открыта.",
    missingTitle: "Такой комнаты здесь нет",
    missingText: "Её не существует, или вы не её участник.",
    welcomeTitle: "Начните беседу",
    welcomeText: "Выберите комнату слева, найдите открытую или напишите кому-нибудь.",
    beginning: (name) => `Здесь начинается «${name}»`,
    beginningPublic: "Найти эту комнату и войти в неё может любой на этом сервере.",
    beginningPrivate: "Эту комнату видят только те, кого в неё добавили.",
    beginningDirect: "Эту беседу видят только её участники.",
    owner: "Владелец",
    addPeople: "Добавить людей",
    remove: (name) => `Исключить: ${name}`,
    removeTitle: (name) => `Исключить из комнаты: ${name}?`,
    removeText: "Сообщения этой комнаты станут недоступны.",
    removeConfirm: "Исключить",
    message: (name) => `Написать: ${name}`,
  },

  message: {
    list: (room) => `Сообщения: ${room}`,
    edited: "изменено",
    editedAt: (when) => `Изменено ${when}`,
    deleted: "Сообщение удалено.",
    newMessages: "Новые сообщения",
    toNewest: "К последним сообщениям",
    newCount: (count, n) =>
      `${count} ${
        plural("ru", n, {
          one: "новое сообщение",
          few: "новых сообщения",
          many: "новых сообщений",
          other: "новых сообщения",
        })
      }`,
    newAbove: (count: string, n: number) =>
      `${count} ${
        plural("ru", n, {
          one: "новое сообщение выше",
          few: "новых сообщения выше",
          many: "новых сообщений выше",
          other: "новых сообщения выше",
        })
      }`,
    markAllRead: "Отметить всё прочитанным",
    backToPlace: "Вернуться назад",
    missing: "Сообщения, на которое ведёт ссылка, здесь нет.",
    loadBefore: "Загружаются более ранние…",
    loadAfter: "Загружаются более новые…",
    actions: "Действия с сообщением",
    react: "Добавить реакцию",
    reactWith: (emoji) => `Реакция ${emoji}`,
    anyEmoji: "Другой эмодзи…",
    reply: "Ответить",
    edit: "Изменить",
    delete: "Удалить",
    copyLink: "Скопировать ссылку",
    copied: "Ссылка скопирована",
    copyText: "Скопировать текст",
    textCopied: "Текст скопирован",
    deleteTitle: "Удалить это сообщение?",
    deleteText: "Оно исчезнет у всех. Отменить это нельзя.",
    showAll: "Показать целиком",
    showLess: "Свернуть",
    sending: "Отправляется…",
    notSent: "Не отправлено.",
    sendAgain: "Отправить снова",
    discard: "Не отправлять",
    replyTo: "Ответ на сообщение от",
    replyEarlier: "Ответ на более раннее сообщение",
    replyDeleted: "удалённое сообщение",
    reactedBy: (names) => `от: ${names}`,
    announce: (name, text) => `${name} пишет: ${text}`,
    andMore: (count) => `ещё ${grouped("ru", count)}`,
  },

  composer: {
    label: (room) => `Написать в «${room}»`,
    send: "Отправить",
    save: "Сохранить изменения",
    editing: "Изменение сообщения",
    replying: (name) => `Ответ для: ${name}`,
    editOpen: "Вы ещё меняете другое сообщение. Сначала сохраните его или отмените изменение.",
    editDeleted: "Тем временем это сообщение удалили. Ваш текст остался здесь.",
    editChanged: "Тем временем вы изменили это сообщение в другом месте. Теперь оно такое:",
    keepMine: "Оставить мой текст",
    takeTheirs: "Взять этот текст",
    sendAsNew: "Отправить новым сообщением",
    replyDeleted: "Сообщение, на которое вы отвечаете, удалили.",
    kept: "Вы написали, но не отправили:",
    throwAway: "Выбросить",
    cancelEdit: "Не изменять",
    cancelReply: "Не отвечать",
    left: (count) =>
      count >= 0
        ? `Осталось: ${counted("ru", count, CHARACTERS)}`
        : `Лишнее: ${counted("ru", -count, CHARACTERS)}`,
    mentionList: "Кого упомянуть",
    typing: (names) =>
      names.length === 1
        ? `${names[0]} печатает…`
        : names.length === 2
        ? `${names[0]} и ${names[1]} печатают…`
        : "Несколько человек печатают…",
  },

  connection: {
    connecting: "Соединение…",
    waiting: "Связь потеряна. Пробуем снова…",
    offline: "Нет сети — сообщения уйдут, когда связь вернётся.",
    retry: "Повторить сейчас",
  },

  withheld: {
    storage:
      "Этот браузер не сохраняет то, что вы пишете. Не закрывайте вкладку, пока всё не отправится.",
    turns: "Этот браузер не даёт вкладкам чередоваться: каждая отправляет сама.",
  },

  dates: {
    today: "Сегодня",
    yesterday: "Вчера",
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
  },
};
