/**
 * The table of all emoji with their English names and words, as `emoji_tables.ts` makes it: the
 * browser's build puts it in this place. The server needs none, and has this.
 */
export const BASE_TABLE: string = "";
