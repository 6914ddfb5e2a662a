/** What stands around formatted text, in English. */

export const text = {
  copyCode: "Copy",
  codeCopied: "Code copied",
  table: "Table",
  done: "Done",
  toDo: "To do",
};
