/** A public room before one joins it, in Russian. */
import type * as en from "../en/preview.ts";

export const preview: typeof en.preview = {
  empty: "Здесь ещё ничего не написали.",
  list: (room) => `Последние сообщения в комнате «${room}»`,
  text: (room) => `Это комната «${room}». Присоединитесь, чтобы читать её целиком и писать в ней.`,
  join: "Присоединиться",
};
