/**
 * Finds people among those who are known, by the rule that the server finds them by, and asks the
 * server for the others: not for each key, and never showing an older answer over a newer.
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { User } from "../protocol/people.ts";
import { answers, wordsOfPerson, wordsOfQuery } from "../protocol/search_words.ts";

/** Caches the words of thousands of people between keys. A changed user is a new object. */
const words = new WeakMap<User, string[]>();

function wordsOf(user: User): string[] {
  let found = words.get(user);
  if (found === undefined) words.set(user, found = wordsOfPerson(user));
  return found;
}

/** People whose names contain every word of the query; everybody if it is empty. */
export function matching<T extends User>(users: Iterable<T>, query: string): T[] {
  const asked = wordsOfQuery(query);
  if (asked.length === 0 && query.trim() !== "") return [];
  return [...users].filter((user) => answers(wordsOf(user), asked));
}

/** Each once, in the order of the lists. */
export function merged(...lists: readonly (readonly User[])[]): User[] {
  const seen = new Set<number>();
  return lists.flat().filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** Milliseconds of rest before the server is asked. */
const REST = 120;

export interface FoundPeople {
  /** What it answers; null while nothing has been answered. */
  query: string | null;
  people: readonly User[];
}

const NOTHING: FoundPeople = { query: null, people: [] };

/**
 * The server's last answer: to an older query until the newer is there. Where it cannot be asked,
 * what is known has to do. @param about what the answers depend on besides the query
 */
export function useAnswer(
  query: string | null,
  about: number | null,
  ask: (query: string) => Promise<User[]>,
): FoundPeople {
  const answer = useSignal(NOTHING);
  useEffect(() => {
    answer.value = NOTHING;
  }, [about]);
  useEffect(() => {
    if (query === null || query === "") return;
    let current = true;
    const timer = setTimeout(() => {
      ask(query).then(
        (people) => current && (answer.value = { query, people }),
        () => {},
      );
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, about]);
  return answer.value;
}
