/** The words by which people are found: stored with their names, and queried. */
import { wordsOfPerson } from "../../../protocol/search_words.ts";
import type { Driver } from "../../driver.ts";

/** People read per step, when filling in words for existing accounts. */
const PORTION = 500;

interface Named {
  id: number;
  username: string;
  displayName: string;
}

/** Call it whenever one of a person's names was written, in the same transaction. */
export async function keepUserWords(db: Driver, person: Named): Promise<void> {
  await db.run("DELETE FROM user_words WHERE user_id = ?", [person.id]);
  for (const word of wordsOfPerson(person)) {
    await db.run("INSERT INTO user_words (user_id, word) VALUES (?, ?)", [person.id, word]);
  }
}

/** Fills in the words of every account. */
export async function fillUserWords(db: Driver): Promise<void> {
  let people: Named[];
  let last = 0;
  do {
    people = await db.all<Named>(
      `SELECT id, username, display_name AS "displayName" FROM users WHERE id > ?
       ORDER BY id LIMIT ${PORTION}`,
      [last],
    );
    for (const person of people) await keepUserWords(db, person);
    last = people.at(-1)?.id ?? last;
  } while (people.length === PORTION);
}

/** Greater than every text that begins with the same prefix. */
const LAST_CHARACTER = "\u{10ffff}";

/** Of `users AS u`, for each of a query's words; its parameters are `beginning(word)`. */
export const HAS_WORD = `EXISTS (
  SELECT 1 FROM user_words AS named
  WHERE named.user_id = u.id AND named.word >= ? AND named.word < ?
)`;

export function beginning(prefix: string): [from: string, to: string] {
  return [prefix, prefix + LAST_CHARACTER];
}
