/** What stands around formatted text, in English. */
import { counted } from "../numbers.ts";

export const text = {
  copyCode: "Copy",
  codeCopied: "Code copied",
  showCode: (lines: number) => `Show all ${counted("en", lines, { one: "line", other: "lines" })}`,
  showLessCode: "Show less",
  table: "Table",
  done: "Done",
  toDo: "To do",
};
