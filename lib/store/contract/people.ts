/** Finding people: by the words of their names, by their ids. */
import type { User } from "../../protocol/people.ts";

export interface People {
  /** `null` if there is no such user, or this user may not see them. */
  getUser(input: { userId: number; id: number }): Promise<User | null>;
  /**
   * People whose names have a word beginning with each of the words of `q`, ignoring case and
   * accents (`protocol/search_words.ts`): exact matches first, then usernames that begin with `q`.
   */
  searchUsers(input: { userId: number; q: string; limit: number }): Promise<User[]>;
  /** The same among a room's members, asked by one of them. */
  searchMembers(
    input: { userId: number; room: number; q: string; limit: number },
  ): Promise<User[]>;
  /**
   * Those of these people who exist, in no order. With `room`, only its members; for a guest, only
   * people who share a room with them.
   */
  listUsers(
    input: { userId: number; ids: readonly number[]; room?: number | undefined },
  ): Promise<User[]>;
}
