/** What an edited message said before, in Russian. */
import type * as en from "../en/versions.ts";

export const versions: typeof en.versions = {
  title: "Прежние версии",
  now: "Сейчас",
  first: "Сначала",
};
