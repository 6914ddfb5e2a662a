/** Invitations and requests to join, as those see them who want to come in, in Russian. */
import type * as en from "../en/invites.ts";

export const invitation: typeof en.invitation = {
  title: (who, where) => `${who} приглашает вас в ${where}`,
  member: "Создайте учётную запись и начинайте писать.",
  guest: "Вы придёте гостем: вам видны комнаты ниже и люди в них.",
  rooms: "Вы попадёте сюда:",
  create: "Создать учётную запись",
  haveAccount: "У меня уже есть учётная запись",
  join: (who) => `Присоединиться как ${who}`,
  here: "У вас уже есть здесь учётная запись, а в другие комнаты это приглашение не ведёт.",
  open: "Открыть чат",
  goneTitle: "Это приглашение больше не действует",
  gone:
    "Его уже использовали, его срок прошёл или его отозвали. Попросите новое у того, кто его прислал.",
  formLead: (who, where) => `${who} приглашает вас в ${where}.`,
  needed: "Сюда приходят по приглашению. Вставьте ссылку или код, которые вам прислали.",
  codeHint: "Ссылка целиком или то, что стоит в ней после «/join/».",
};
