/** Asked before somebody logs out whose messages are not all sent: `unsent.ts` fills it in. */
import type { PageWords } from "../catalogue/pages.ts";

export function UnsentQuestion({ words: { leaving } }: { words: PageWords }) {
  return (
    <dialog class="crop" id="unsent" aria-labelledby="unsent-title">
      <div class="crop-body">
        <h2 id="unsent-title">{leaving.title}</h2>
        <p>{leaving.text}</p>
        <ul class="unsent"></ul>
        <div class="crop-actions">
          <button type="button" class="button" autofocus>{leaving.stay}</button>
          <button type="button" class="button danger" value="lose">{leaving.lose}</button>
        </div>
      </div>
    </dialog>
  );
}
