/** What the pages for staff share, in Russian; each section has a file of its own. */
import type * as en from "../en/admin.ts";

export const admin: typeof en.admin = {
  title: "Управление",
  sections: {
    people: "Люди",
    invitations: "Приглашения",
    requests: "Заявки",
    settings: "Настройки чата",
    health: "Состояние",
    audit: "Журнал действий",
  },
  notices: {
    saved: "Сохранено.",
    disabled: "Учётная запись отключена, все сеансы завершены.",
    enabled: "Учётная запись включена.",
    signedOut: "Все сеансы завершены.",
    pictureGone: "Фотография убрана.",
    factorsOff: "Подтверждение входа снято.",
    handedOver: "Владение передано. Теперь вы администратор.",
    erased: "Этот человек удалён.",
    invited: "Приглашение создано.",
    revoked: "Приглашение отозвано.",
    letIn: "Теперь этот человек может войти.",
    refused: "Заявка отклонена.",
    logoRefused: "Эта картинка не подходит: выберите PNG, JPEG, WebP или GIF не больше 512 КБ.",
    otherSession:
      "В этом браузере вошли под другой учётной записью. Теперь эта страница показывает её; ничего не изменилось.",
  },
  search: "Найти",
  newest: "К началу",
  more: "Дальше",
};
