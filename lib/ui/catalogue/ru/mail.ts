/** Letters by mail, in Russian. */
import type * as en from "../en/mail.ts";
import { deviceInRussian } from "../device_names.ts";

export const mail: typeof en.mail = {
  reset: {
    subject: ({ place }) => `Новый пароль: ${place}`,
    lead: ({ username, place }) =>
      `Кто-то (надеемся, вы) запросил новый пароль для учётной записи ${username}: ${place}.`,
    action: "Задать новый пароль",
    after: "Ссылка действует один раз, в течение часа.",
    otherwise: "Если это были не вы, ничего не делайте: пароль останется прежним.",
  },
  proof: {
    subject: ({ place }) => `Подтвердите адрес почты: ${place}`,
    lead: ({ username, place }) =>
      `К учётной записи ${username} хотят привязать этот адрес почты: ${place}.`,
    action: "Подтвердить адрес",
    after: "Ссылка действует один раз, в течение часа.",
    otherwise:
      "Если эта учётная запись вам незнакома, ничего не делайте: без вас ничего не изменится.",
  },
  changed: {
    subject: ({ place }) => `Ваш адрес почты изменён: ${place}`,
    lead: ({ username, place }) =>
      `У учётной записи ${username} теперь другой адрес почты, а этот к ней больше не относится: ${place}.`,
  },
  removed: {
    subject: ({ place }) => `Ваш адрес почты удалён: ${place}`,
    lead: ({ username, place }) =>
      `Этот адрес почты больше не относится к учётной записи ${username}: ${place}.`,
  },
  passwordReset: {
    subject: ({ place }) => `Ваш пароль изменён: ${place}`,
    lead: ({ username, place }) =>
      `Для учётной записи ${username} по ссылке задали новый пароль: ${place}. На всех устройствах нужно войти снова.`,
  },
  signIn: {
    subject: ({ place }) => `Новый вход: ${place}`,
    lead: ({ username, place }) =>
      `В учётную запись ${username} вошли с нового устройства: ${place}.`,
    device: (device) => deviceInRussian(`Устройство: ${device}`),
    address: (address) => `Сетевой адрес: ${address}`,
    at: (when) => `Когда: ${when} (UTC)`,
  },
  test: {
    subject: ({ place }) => `Почта работает: ${place}`,
    lead: ({ place }) => `Это проверка. Письма отсюда доходят: ${place}.`,
  },
  notYou: "Если это были не вы, сразу сообщите тому, кто ведёт сервер, и задайте новый пароль.",
  byHand: "Если кнопка не работает, откройте этот адрес:",
  from: (place, origin) => `${place}, ${origin}`,
};
