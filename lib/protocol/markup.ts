/**
 * Whether a text has markup: one rule for the store, which looks for mentions in what is left of it,
 * and the browser, which loads what shows it. A text without any costs neither of them the lexer.
 * It may say yes where there is none, and never no where there is. Pure.
 */

/** Within a line, or over several. */
const INLINE = [
  "`[^]*`",
  "\\*[^]*\\*",
  "~[^]*~",
  "(?:^|\\W)_[^]*_",
  "\\]\\(",
  "<[^\\s<>:@]+[:@][^\\s<>]+>",
  "\\\\[!-/:-@[-`{-~]",
  "&#?\\w+;",
  // The name of a room: a link for who may read it.
  "(?:^|[^\\w&#/])#[^\\s#]",
  // An address whose host has other letters than ASCII: whether they deceive is looked at there.
  "[Hh][Tt]{2}[Pp][Ss]?://[^\\s/?#\\\\\\x80-\\uffff]*[\\x80-\\uffff]",
];

/** What a line begins with, or consists of: headings, quotes, lists, references, tables, rules. */
const LINES = [
  "#{1,6}(?:[ \\t]|$)",
  ">",
  "[-+*](?:[ \\t]|$)",
  "\\d{1,9}[.)](?:[ \\t]|$)",
  "\\[[^\\]\\n]{1,200}\\]:",
  "=+[ \\t]*$",
  "[ \\t|:]*-[-|: \\t]*$",
];

/** Indented by four after an empty line. */
const CODE = "\\n[ \\t]*\\n(?: {4}| {0,3}\\t)";

const MARKUP = new RegExp([...INLINE, `^ {0,3}(?:${LINES.join("|")})`, CODE].join("|"), "m");

export function hasMarkup(text: string): boolean {
  return MARKUP.test(text);
}
