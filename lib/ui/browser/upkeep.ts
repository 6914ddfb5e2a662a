/**
 * Everything that runs around the views, as one script: the first view works without it, and nobody
 * needs it at once.
 */
import { whenIdle } from "../parts/idle.ts";
import { keepFocus } from "./focus.ts";
import { followTheme } from "./frame.ts";
import { followInnerLinks } from "./inner_links.ts";
import { keepInputMethodKeys } from "./input_method.ts";
import { keepStill } from "./still_document.ts";
import { followTimeZone } from "./time_zone.ts";
import { followTranslation } from "./translation.ts";

export { inStyle } from "./time_style.ts";

/**
 * The answer ends it.
 * @param follow goes to a place of the chat; false where a path names none
 * @param tellTimeZone hears where the reader's clock stands
 * @param customEmoji what keeps their list
 */
export function keepUp(
  document: Document,
  follow: (path: string) => boolean,
  tellTimeZone: (zone: string) => void,
  customEmoji: () => Promise<{ keep(): () => void }>,
): () => void {
  const ends = [
    keepInputMethodKeys(document),
    followInnerLinks(document, follow),
    followTranslation(document.body),
    keepFocus(document),
    followTheme(document.documentElement),
    followTimeZone(document, tellTimeZone),
    keepStill(document),
    keepEmoji(customEmoji),
  ];
  return () => ends.forEach((end) => end());
}

/** Its script is read once the page is idle: until then those of the page are known. */
function keepEmoji(customEmoji: () => Promise<{ keep(): () => void }>): () => void {
  let stop: (() => void) | null = () => {};
  const begin = async () => {
    const { keep } = await customEmoji();
    if (stop !== null) stop = keep();
  };
  // Without a connection the page goes on with those that it came with.
  const stopWaiting = whenIdle(() => void begin().catch(() => {}));
  return () => {
    stopWaiting();
    stop?.();
    stop = null;
  };
}
