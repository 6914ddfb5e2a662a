/**
 * The actions that are plain HTTP: rooms, the user's membership, people. Changes go into the state
 * at once; the events that follow repeat them. Fetched once the page is at rest, or with the first
 * of them (`directory.ts`).
 */
import { LIMITS, MEMBERS_PAGE } from "../protocol/limits.ts";
import type { MemberRoom, Room } from "../protocol/rooms.ts";
import type { Member, Membership, MembersPage } from "../protocol/members.ts";
import type { User } from "../protocol/people.ts";
import { cleanText } from "../protocol/text.ts";
import type { Api } from "./api.ts";
import type { ChatActions, HiddenPage } from "./model.ts";
import type { Rooms } from "./rooms.ts";
import { type EngineState, learnPresence, setIn } from "./state.ts";

export type DirectoryCalls = Pick<
  ChatActions,
  | "browseRooms"
  | "createRoom"
  | "openDirect"
  | "updateRoom"
  | "joinRoom"
  | "leaveRoom"
  | "hideRoom"
  | "hiddenRooms"
  | "members"
  | "addMember"
  | "removeMember"
  | "setNotify"
  | "setFavourite"
  | "searchUsers"
  | "searchMembers"
  | "membersAmong"
>;

/** What the actions work with. */
export interface DirectoryMeans {
  state: EngineState;
  rooms: Rooms;
  api: Api;
}

export function createDirectoryCalls(means: DirectoryMeans): DirectoryCalls {
  return { ...roomActions(means), ...membershipActions(means), ...peopleActions(means) };
}

function roomActions({ state, rooms, api }: DirectoryMeans) {
  const create = (room: object) => adopt(rooms, api<MemberRoom>("POST", "/api/rooms", room));
  return {
    async browseRooms(q) {
      const path = `/api/rooms?scope=public&q=${query(q)}`;
      return (await api<{ rooms: Room[] }>("GET", path)).rooms;
    },
    createRoom: (kind, name, topic) => create({ kind, name, topic }),
    openDirect: (users) => create({ kind: "direct", users }),
    async updateRoom(room, change) {
      const { name, topic, archived } = await api<Room>("PATCH", `/api/rooms/${room}`, change);
      const known = state.rooms.peek().get(room);
      if (known !== undefined) setIn(state.rooms, room, { ...known, name, topic, archived });
    },
    hiddenRooms(q, before) {
      const place = before === null ? "" : `&before=${before}`;
      return api<HiddenPage>("GET", `/api/rooms?scope=hidden&q=${query(q)}${place}`);
    },
  } satisfies Partial<DirectoryCalls>;
}

/** What members choose for themselves. */
type Choices = Pick<Membership, "notify" | "favourite">;

/** The user's own membership of a room. */
function membershipActions({ state, rooms, api }: DirectoryMeans) {
  const own = (room: number) => memberPath(room, state.me.peek().id);
  const change = (room: number, what: { hidden: boolean } | Partial<Choices>) =>
    api<Membership>("PATCH", `/api/rooms/${room}/membership`, what);
  async function choose(room: number, what: Partial<Choices>) {
    const { notify, favourite } = await change(room, what);
    const known = state.rooms.peek().get(room);
    if (known === undefined) return;
    setIn(state.rooms, room, { ...known, membership: { ...known.membership, notify, favourite } });
  }
  const load = (room: number) => adopt(rooms, api<MemberRoom>("GET", `/api/rooms/${room}`));
  return {
    async joinRoom(room) {
      await api("PUT", own(room));
      await load(room);
    },
    async leaveRoom(room) {
      await api("DELETE", own(room));
      rooms.gone(room);
    },
    async hideRoom(room) {
      await change(room, { hidden: true });
      rooms.gone(room, true);
    },
    setNotify: (room, notify) => choose(room, { notify }),
    setFavourite: (room, favourite) => choose(room, { favourite }),
  } satisfies Partial<DirectoryCalls>;
}

/** A room's members, and searches for people. */
function peopleActions({ state, api }: DirectoryMeans) {
  const people = state.users.peek();
  async function find(parameters: string): Promise<User[]> {
    const { moment } = people;
    const { users } = await api<{ users: User[] }>("GET", `/api/users?${parameters}`);
    people.learn(users, moment);
    return users;
  }
  return {
    /** Page by page: thousands in one answer would block the server and this tab. */
    async members(room, onPart = () => {}) {
      const all: Member[] = [];
      let next: number | null = 0;
      do {
        const { moment } = people;
        const path = `/api/rooms/${room}/members?limit=${MEMBERS_PAGE}&after=${next}`;
        const page: MembersPage = await api("GET", path);
        all.push(...page.members);
        // Thousands of people that are not on the screen are not kept.
        people.refresh(page.members, moment);
        learnPresence(state.presence, page.presence);
        next = page.next;
        onPart(page.members);
      } while (next !== null);
      return all;
    },
    addMember: (room, userId) => api("PUT", memberPath(room, userId)),
    removeMember: (room, userId) => api("DELETE", memberPath(room, userId)),
    searchUsers: (q) => find(`q=${query(q)}`),
    searchMembers: (room, q) => find(`q=${query(q)}&room=${room}`),
    membersAmong: (room, users) => find(`ids=${users.join(",")}&room=${room}`),
  } satisfies Partial<DirectoryCalls>;
}

/** The room enters the list as soon as the server answers. */
async function adopt(rooms: Rooms, asked: Promise<MemberRoom>): Promise<MemberRoom> {
  const room = await asked;
  rooms.merge(room);
  return room;
}

function memberPath(room: number, userId: number): string {
  return `/api/rooms/${room}/members/${userId}`;
}

/** As much as the server reads. A pasted lone surrogate would throw. */
function query(q: string): string {
  return encodeURIComponent(cleanText(q.slice(0, LIMITS.roomNameLength)));
}
