/** Rooms' pictures, in Russian. */
import type * as en from "../en/room_pictures.ts";

export const roomPicture: typeof en.roomPicture = {
  label: "Картинка",
  choose: "Выбрать картинку",
  remove: "Убрать картинку",
  refused: "Этот файл не подходит. Выберите PNG, JPEG, WebP или GIF.",
};
