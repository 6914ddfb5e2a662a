/** What this browser does not give, in Russian. */
import type * as en from "../en/withheld.ts";

export const withheld: typeof en.withheld = {
  storage:
    "Этот браузер не сохраняет то, что вы пишете. Не закрывайте вкладку, пока всё не отправится.",
  files:
    "Этот браузер не сохраняет файлы, которые вы отправляете. Не закрывайте вкладку, пока они не отправятся.",
  turns: "Этот браузер не даёт вкладкам чередоваться: каждая отправляет сама.",
};
