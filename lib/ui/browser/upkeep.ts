/**
 * Everything that runs around the views, as one script: the first view works without it, and nobody
 * needs it at once.
 */
import { keepFocus } from "./focus.ts";
import { followTheme } from "./frame.ts";
import { keepInputMethodKeys } from "./input_method.ts";
import { followTranslation } from "./translation.ts";

/** The answer ends it. */
export function keepUp(document: Document): () => void {
  const ends = [
    keepInputMethodKeys(document),
    followTranslation(document.body),
    keepFocus(document),
    followTheme(document.documentElement),
  ];
  return () => ends.forEach((end) => end());
}
