/** The dialog to choose an emoji, in Russian. */
import type * as en from "../en/emoji.ts";

export const emoji: typeof en.emoji = {
  title: "Реакция",
  any: "Или введите любой эмодзи",
  submit: "Поставить",
  invalid: "Это не один эмодзи.",
};
