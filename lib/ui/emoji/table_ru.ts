/** What emoji are called in Russian, and more words: as in `table_base.ts`. */
export const RUSSIAN_TABLE: string = "";
