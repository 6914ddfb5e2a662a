/**
 * Everything that runs around the views, as one script: the first view works without it, and nobody
 * needs it at once.
 */
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
 */
export function keepUp(
  document: Document,
  follow: (path: string) => boolean,
  tellTimeZone: (zone: string) => void,
): () => void {
  const ends = [
    keepInputMethodKeys(document),
    followInnerLinks(document, follow),
    followTranslation(document.body),
    keepFocus(document),
    followTheme(document.documentElement),
    followTimeZone(document, tellTimeZone),
    keepStill(document),
  ];
  return () => ends.forEach((end) => end());
}
