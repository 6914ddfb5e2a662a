/** Finding people: by the words of their names, by their ids. */
import type { User } from "../../protocol/people.ts";

export interface People {
  /** `null` where there is none, or none whom this user may see. */
  getUser(input: { userId: number; id: number }): Promise<User | null>;
  /**
   * In whose names a word begins with each of the words of `q`, without case and accents
   * (`protocol/search_words.ts`): whose name it is first, then whose username begins so.
   */
  searchUsers(input: { userId: number; q: string; limit: number }): Promise<User[]>;
  /** The same among a room's members, for one of them. */
  searchMembers(
    input: { userId: number; room: number; q: string; limit: number },
  ): Promise<User[]>;
  /**
   * Those of these people that there are, in no order. With `room`, its members alone; to a guest,
   * who shares a room with them.
   */
  listUsers(
    input: { userId: number; ids: number[]; room?: number | undefined },
  ): Promise<User[]>;
}
