/**
 * JSON as text that knows what it holds: made once, where it was read, and passed on as it is, to
 * another thread and into an answer. Whoever needs the objects parses it. Knows no object.
 */

declare const HOLDS: unique symbol;
declare const PARTS: unique symbol;

/** Made by `toJsonText`, or out of such texts by whoever writes JSON by hand, with a cast. */
export type JsonText<T> = string & { readonly [HOLDS]: T };

/** The text of a list, which can be taken apart again without being parsed. */
export type JsonList<T> = JsonText<T[]> & { readonly [PARTS]: T };

export type Parsed<Text> = Text extends JsonText<infer T> ? T : Text;

export function toJsonText<T>(value: T): JsonText<T> {
  return JSON.stringify(value) as JsonText<T>;
}

export function parseJsonText<T>(text: JsonText<T>): T {
  return JSON.parse(text) as T;
}

/** Between two items. No text of an item has a line's end: within strings JSON escapes it. */
const BETWEEN = ",\n";

export function listText<T>(items: readonly JsonText<T>[]): JsonList<T> {
  return `[${items.join(BETWEEN)}]` as JsonList<T>;
}

/** The items of a list as they were put together. */
export function itemsOf<T>(list: JsonList<T>): JsonText<T>[] {
  return list === "[]" ? [] : list.slice(1, -1).split(BETWEEN) as JsonText<T>[];
}
