/**
 * What a text with markup consists of, as plain data: made by `parse.ts`, turned into elements by
 * the views. It knows no elements, no people and no rooms, and nothing in it is HTML.
 */

/** Pieces of a line. Whoever shows `text` looks for names in it; nowhere else. */
export type Inline =
  | { type: "text"; text: string }
  /** What a backslash stands before: never the beginning of a name. */
  | { type: "escaped"; text: string }
  /** A bare web address, as it was written. */
  | { type: "address"; text: string }
  | { type: "code"; text: string }
  | { type: "break" }
  | { type: "strong" | "em" | "del"; children: Inline[] }
  /** Whether `href` may be followed is not decided here. `raw`: as it was written, all of it. */
  | { type: "link"; href: string; raw: string; children: Inline[] };

export interface Item {
  /** Of a task; null for any other item. */
  checked: boolean | null;
  children: Block[];
}

export type Align = "left" | "center" | "right" | null;

export type Block =
  | { type: "paragraph"; children: Inline[] }
  /** A line of a list whose items are no paragraphs. */
  | { type: "line"; children: Inline[] }
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "quote"; children: Block[] }
  | { type: "list"; start: number | null; loose: boolean; items: Item[] }
  /** `language`: the first word after the fence, "" if there is none. */
  | { type: "code"; language: string; text: string }
  | { type: "table"; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { type: "rule" };
