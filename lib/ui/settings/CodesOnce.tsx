/** Ten recovery codes, on the one page that ever shows them: to print, to copy, or as a file. */
import type { PageWords } from "../catalogue/pages.ts";
import { settingsPath, type SettingsProps } from "./sections.ts";

/** Its name where it is kept: the same in every language, for whoever looks for it. */
const FILE = "confab-recovery-codes.txt";

export interface CodesOnceProps {
  words: PageWords;
  codes: readonly string[];
  page: SettingsProps;
}

export function CodesOnce({ words, codes, page }: CodesOnceProps) {
  const own = words.secondFactor;
  // A file without a script and without a request, in which the codes would have to be sent again.
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\r\n")}\r\n`)}`;
  return (
    <section class="settings-part" aria-labelledby="once-title">
      <h2 id="once-title" tabIndex={-1} autofocus>{own.codesOnce}</h2>
      <p>{own.codesOnceLead}</p>
      <ul class="recovery-codes" translate={false}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <div class="button-row">
        <a class="button" href={file} download={FILE}>{own.download}</a>
        <a class="button primary" href={settingsPath("second-factor", page.room)}>{own.kept}</a>
      </div>
    </section>
  );
}
