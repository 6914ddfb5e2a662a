/** What the data block of a page holds. */

/** JSON for a data block: without "<" no text in it can close the block or open a comment. */
export function dataBlock(value: unknown): string {
  return dataText(JSON.stringify(value));
}

/** The same of what is JSON already. */
export function dataText(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
