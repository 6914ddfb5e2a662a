/** What stands for a message's files where there is room for a line only, in Russian. */
import type * as en from "../en/file_line.ts";

export const fileLine: typeof en.fileLine = {
  pictures: (count) => count === 1 ? "Изображение" : `Изображения (${count})`,
  video: "Видео",
  voice: (time) => `Голосовое сообщение, ${time}`,
};
