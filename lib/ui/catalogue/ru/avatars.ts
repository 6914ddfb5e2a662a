/** People's pictures, in Russian. */
import type * as en from "../en/avatars.ts";

export const avatar: typeof en.avatar = {
  label: "Фотография",
  hint: "Её видят рядом с вашими сообщениями. Она обрезается до квадрата.",
  save: "Сохранить фотографию",
  remove: "Убрать фотографию",
};
