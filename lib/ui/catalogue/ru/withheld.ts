/** What this browser does not give, in Russian. */
import type * as en from "../en/withheld.ts";

export const withheld: typeof en.withheld = {
  storage:
    "Этот браузер не сохраняет то, что вы пишете. Не закрывайте вкладку, пока всё не отправится.",
  turns: "Этот браузер не даёт вкладкам чередоваться: каждая отправляет сама.",
};
