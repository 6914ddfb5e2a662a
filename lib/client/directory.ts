/**
 * The actions that are plain HTTP: rooms, members, people. What they change is put
 * into the state at once; the events that follow say the same again.
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

export type Directory = Pick<
  ChatActions,
  | "browseRooms"
  | "createRoom"
  | "openDirect"
  | "updateRoom"
  | "joinRoom"
  | "leaveRoom"
  | "hideRoom"
  | "showRoom"
  | "hiddenRooms"
  | "members"
  | "addMember"
  | "removeMember"
  | "setNotify"
  | "rememberRoom"
  | "searchUsers"
  | "searchMembers"
  | "membersAmong"
>;

/** @param keptRoom the room that the server knows to be the last, since it wrote its page */
export function createDirectory(
  state: EngineState,
  rooms: Rooms,
  api: Api,
  keptRoom: number | null,
): Directory {
  const me = () => state.me.peek().id;
  const member = (room: number, userId: number) => `/api/rooms/${room}/members/${userId}`;
  let remembered = keptRoom;
  /** As much as the server looks at. Half a surrogate pair, pasted, would throw. */
  const query = (q: string) => encodeURIComponent(cleanText(q.slice(0, LIMITS.roomNameLength)));

  function adopt(room: MemberRoom): MemberRoom {
    rooms.merge(room);
    return room;
  }

  async function findUsers(parameters: string): Promise<User[]> {
    const people = state.users.peek();
    const { moment } = people;
    const { users } = await api<{ users: User[] }>("GET", `/api/users?${parameters}`);
    people.learn(users, moment);
    return users;
  }

  /** Page by page: thousands in one answer would hold up the server and this tab. */
  async function members(room: number, onPart: (part: Member[]) => void): Promise<Member[]> {
    const people = state.users.peek();
    const all: Member[] = [];
    let next: number | null = 0;
    do {
      const { moment } = people;
      const path = `/api/rooms/${room}/members?limit=${MEMBERS_PAGE}&after=${next}`;
      const page: MembersPage = await api("GET", path);
      all.push(...page.members);
      // Thousands whom nobody looks at are not kept.
      people.refresh(page.members, moment);
      learnPresence(state.presence, page.presence);
      next = page.next;
      onPart(page.members);
    } while (next !== null);
    return all;
  }

  return {
    async browseRooms(q) {
      const path = `/api/rooms?scope=public&q=${query(q)}`;
      return (await api<{ rooms: Room[] }>("GET", path)).rooms;
    },
    createRoom: async (kind, name, topic) =>
      adopt(await api<MemberRoom>("POST", "/api/rooms", { kind, name, topic })),
    openDirect: async (users) =>
      adopt(await api<MemberRoom>("POST", "/api/rooms", { kind: "direct", users })),
    async updateRoom(room, change) {
      const { name, topic, archived } = await api<Room>("PATCH", `/api/rooms/${room}`, change);
      const known = state.rooms.peek().get(room);
      if (known !== undefined) setIn(state.rooms, room, { ...known, name, topic, archived });
    },
    async joinRoom(room) {
      await api("PUT", member(room, me()));
      adopt(await api<MemberRoom>("GET", `/api/rooms/${room}`));
    },
    async leaveRoom(room) {
      await api("DELETE", member(room, me()));
      rooms.gone(room);
    },
    async hideRoom(room) {
      await api("PATCH", `/api/rooms/${room}/membership`, { hidden: true });
      rooms.gone(room, true);
    },
    async showRoom(room) {
      await api("PATCH", `/api/rooms/${room}/membership`, { hidden: false });
      adopt(await api<MemberRoom>("GET", `/api/rooms/${room}`));
    },
    async hiddenRooms(q, before) {
      const place = before === null ? "" : `&before=${before}`;
      const path = `/api/rooms?scope=hidden&q=${query(q)}${place}`;
      return await api<HiddenPage>("GET", path);
    },
    members: (room, onPart = () => {}) => members(room, onPart),
    addMember: (room, userId) => api("PUT", member(room, userId)),
    removeMember: (room, userId) => api("DELETE", member(room, userId)),
    async setNotify(room, notify) {
      const path = `/api/rooms/${room}/membership`;
      const changed = await api<Membership>("PATCH", path, { notify });
      const known = state.rooms.peek().get(room);
      if (known === undefined) return;
      const membership = { ...known.membership, notify: changed.notify };
      setIn(state.rooms, room, { ...known, membership });
    },
    rememberRoom(room) {
      if (room === remembered) return;
      remembered = room;
      api("PUT", "/api/me/room", { room }).catch(() => {});
    },
    searchUsers: (q) => findUsers(`q=${query(q)}`),
    searchMembers: (room, q) => findUsers(`q=${query(q)}&room=${room}`),
    membersAmong: (room, users) => findUsers(`ids=${users.join(",")}&room=${room}`),
  };
}
