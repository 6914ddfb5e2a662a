/**
 * The words by which people are found: each word of both names, folded, so that one finds José
 * García by "garcia" too. Made of the names alone: whoever changes the rule fills them anew.
 */
import { fillUserWords } from "../operations/parts/user_words.ts";
import type { Migration } from "./migration.ts";

export const userWords: Migration = {
  version: 4,
  statements: ({ integer, text }) => [
    `CREATE TABLE user_words (
      user_id ${integer} NOT NULL REFERENCES users (id),
      word ${text} NOT NULL,
      PRIMARY KEY (user_id, word)
    )`,
    "CREATE INDEX user_words_by_word ON user_words (word, user_id)",
  ],
  rewrite: fillUserWords,
};
