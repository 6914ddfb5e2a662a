/** What is said of people, in Russian. */
import type * as en from "../en/people.ts";

export const presence: typeof en.presence = {
  online: "В сети",
  away: "Отошёл",
  offline: "Не в сети",
};
