/** The open room: its header, its members, in Russian. */
import { counted } from "../numbers.ts";
import type * as en from "../en/rooms.ts";

export const room: typeof en.room = {
  members: "Участники",
  memberCount: (count) =>
    counted("ru", count, {
      one: "участник",
      few: "участника",
      many: "участников",
      other: "участника",
    }),
  showMembers: "Показать участников",
  menu: "Действия с комнатой",
  archivedNote: "Комната в архиве: писать в неё нельзя.",
  lostText: "Вы больше не участник комнаты, которая была здесь открыта.",
  welcomeTitle: "Начните беседу",
  welcomeText: "Выберите комнату слева, найдите открытую или напишите кому-нибудь.",
  beginning: (name) => `Здесь начинается «${name}»`,
  beginningPublic: "Найти эту комнату и войти в неё может любой на этом сервере.",
  beginningPrivate: "Эту комнату видят только те, кого в неё добавили.",
  beginningDirect: "Эту беседу видят только её участники.",
  addPeople: "Добавить людей",
  message: (name) => `Написать: ${name}`,
};
