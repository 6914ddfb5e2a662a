/**
 * Who is who, as far as this browser knows. To the views it is a map of users that is never whole:
 * whoever reads somebody (`get`) hears of that one person's changes, and reading somebody unknown,
 * or known from before the connection was lost, asks for them. So no view can forget to. It must
 * not know how they are asked for.
 *
 * Nobody who is looked at is forgotten; of the others, those who were learnt first.
 */
import { batch, type Signal, signal } from "@preact/signals";
import type { KnownUsers } from "./model.ts";
import type { User } from "../protocol/people.ts";

/** People kept. A member takes about 300 bytes of memory. */
const MOST_KEPT = 3_000;
/** Dropped together, so that candidates are not searched for each time. */
const FORGOTTEN_AT_ONCE = 300;

interface Entry {
  readonly user: Signal<User | undefined>;
  /** Something renders this person now. */
  watched: boolean;
  /** What is known may be out of date: changes were missed. */
  stale: boolean;
  /** Requested, but there is no such person, or none the user may see. */
  missing: boolean;
  /** When this was last updated, counted by `learnings`. */
  learnt: number;
}

export class People implements KnownUsers {
  readonly #entries = new Map<number, Entry>();
  /** Raised with every change of anybody, for readers of all people. */
  readonly #version = signal(0);
  #learnings = 0;
  #want: (id: number) => void = () => {};

  constructor(users: Iterable<User>) {
    this.learn(users);
  }

  /** From now on, `want` is called with everybody who is read and not known, or outdated. */
  onWanted(want: (id: number) => void): void {
    this.#want = want;
  }

  get(id: number): User | undefined {
    const entry = this.#entryOf(id);
    const user = entry.user.value;
    if (!entry.missing && (user === undefined || entry.stale)) this.#want(id);
    return user;
  }

  /** Whether a person is known; requests nobody. */
  has(id: number): boolean {
    return this.#entryOf(id).user.value !== undefined;
  }

  /** A point in time: take it before a request, and pass it to `learn` with the answer. */
  get moment(): number {
    return this.#learnings;
  }

  /** Whether something was learned of this person after that point in time. */
  hasLearned(id: number, since: number): boolean {
    return (this.#entries.get(id)?.learnt ?? 0) > since;
  }

  /**
   * Applies what the server says. Readers are notified only if something is new.
   * @param asked when it was requested: whatever was learned since is newer
   */
  learn(users: Iterable<User>, asked = Infinity): void {
    let news = false;
    const now = ++this.#learnings;
    batch(() => {
      for (const told of users) {
        const entry = this.#entryOf(told.id);
        if (entry.learnt > asked) continue;
        Object.assign(entry, { learnt: now, stale: false, missing: false });
        const user = userOf(told);
        if (agrees(entry.user.peek(), user)) continue;
        entry.user.value = user;
        news = true;
      }
      if (news) this.#version.value++;
    });
    if (this.#entries.size > MOST_KEPT) this.#forgetSome();
  }

  /** The same, but only for people already known. */
  refresh(users: Iterable<User>, asked: number): void {
    const known = [...users].filter(({ id }) => this.#entries.get(id)?.user.peek() !== undefined);
    this.learn(known, asked);
  }

  /** The server was asked for these people and did not return them. */
  miss(ids: Iterable<number>): void {
    for (const id of ids) {
      const entry = this.#entryOf(id);
      if (entry.user.peek() === undefined) entry.missing = true;
      entry.stale = false;
    }
  }

  /**
   * Changes may have been missed, and these people are up to date now. Of the others, those on the
   * screen are requested again at once, the rest when they are read.
   */
  outdate(told: Iterable<User>): void {
    // Answers to earlier requests do not cover what was missed since.
    const learnt = ++this.#learnings;
    for (const entry of this.#entries.values()) {
      Object.assign(entry, { learnt, stale: true, missing: false });
    }
    this.learn(told);
    for (const [id, entry] of this.#entries) if (entry.watched && entry.stale) this.#want(id);
  }

  /** Another history of the database: the ids belong to other people. */
  clear(): void {
    batch(() => {
      for (const entry of this.#entries.values()) entry.user.value = undefined;
      this.#version.value++;
    });
  }

  /** For searching among everybody known: subscribes to every change. */
  *values(): IterableIterator<User> {
    void this.#version.value;
    for (const { user } of this.#entries.values()) {
      const known = user.peek();
      if (known !== undefined) yield known;
    }
  }

  #entryOf(id: number): Entry {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = createEntry();
      this.#entries.set(id, entry);
    }
    return entry;
  }

  #forgetSome(): void {
    let left = this.#entries.size - MOST_KEPT + FORGOTTEN_AT_ONCE;
    for (const [id, entry] of this.#entries) {
      if (left === 0) return;
      if (entry.watched) continue;
      this.#entries.delete(id);
      left--;
    }
  }
}

function createEntry(): Entry {
  const entry: Entry = {
    user: signal<User | undefined>(undefined, {
      watched: () => void (entry.watched = true),
      unwatched: () => void (entry.watched = false),
    }),
    watched: false,
    stale: false,
    missing: false,
    learnt: 0,
  };
  return entry;
}

/** A member of a room, or the user themselves, has more fields than a user. */
function userOf(
  { id, username, displayName, role, avatar, disabled, status, timeZone, namesake }: User,
): User {
  const user = {
    ...{ id, username, displayName, role, avatar, disabled },
    status: status ?? null, // a server of the version before has none
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  return namesake ? { ...user, namesake } : user;
}

/** Whether all of this is already known. */
export function agrees(known: User | undefined, news: User): boolean {
  return known !== undefined && known.namesake === news.namesake &&
    known.timeZone === news.timeZone &&
    (Object.keys(news) as (keyof User)[]).every((key) =>
      known[key] === news[key] ||
      key === "status" && JSON.stringify(known[key]) === JSON.stringify(news[key])
    );
}
