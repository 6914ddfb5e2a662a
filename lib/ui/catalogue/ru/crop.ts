/** Choosing the square of a picture, of a person or of a room, in Russian. */
import type * as en from "../en/crop.ts";

export const crop: typeof en.crop = {
  title: "Выберите, что будет видно",
  area: "Изображение. Стрелки двигают его, плюс и минус меняют размер.",
  zoom: "Размер",
  use: "Выбрать",
  cancel: "Отмена",
};
