/**
 * Everything that runs around the views, as one script: the first view works without it, and nobody
 * needs it at once.
 */
import { keepFocus } from "./focus.ts";
import { followTheme } from "./frame.ts";
import { followInnerLinks } from "./inner_links.ts";
import { keepInputMethodKeys } from "./input_method.ts";
import { followTranslation } from "./translation.ts";

/** The answer ends it. @param follow goes to a place of the chat; false where a path names none */
export function keepUp(document: Document, follow: (path: string) => boolean): () => void {
  const ends = [
    keepInputMethodKeys(document),
    followInnerLinks(document, follow),
    followTranslation(document.body),
    keepFocus(document),
    followTheme(document.documentElement),
  ];
  return () => ends.forEach((end) => end());
}
