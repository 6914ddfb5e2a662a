/**
 * What a translator in the browser leaves alone: names, code. In markup the attribute is "no"; the
 * property that Preact sets in the browser is false, for which the server would write nothing.
 */
export const UNTRANSLATED = {
  translate: "document" in globalThis ? false : "no",
} as { translate: boolean }; // "no" is no boolean, but what the server must write
