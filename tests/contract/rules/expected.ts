/**
 * Who may do what, written out: every operation, by the role of who acts and by where they stand to
 * the room. A new operation is refused by `rules_test.ts` until it has a row here.
 *
 * `A` allowed, `F` forbidden, `-` not_found, for each of `ROLES` in their order.
 */
import type { CommandName } from "../../../lib/chat/chat.ts";
import type { Rule } from "../../../lib/chat/command.ts";
import { mayHear } from "../../../lib/protocol/file_permissions.ts";
import * as rules from "../../../lib/protocol/permissions.ts";
import { maySeeReaders } from "../../../lib/protocol/seen_permissions.ts";
import { HOUR, START } from "../store/stage.ts";
import { mayFollow, mayTitle } from "../../../lib/protocol/thread_permissions.ts";
import { mayRemoveLink, mayRestore } from "../../../lib/protocol/message_permissions.ts";
import type { Case, Cell } from "./world.ts";

/** What the session says is right for all but the disabled: its request was on its way. */
export const ROLES = ["owner", "admin", "member", "bot", "guest", "disabled"] as const;
export type Role = (typeof ROLES)[number];

const OUTSIDE = {
  privateOutside: "-----F",
  directOutside: "-----F",
  groupOutside: "-----F",
  nowhere: "-----F",
};
/** Of rooms that one is in. */
const INSIDE = {
  publicMember: "AAAAAF",
  publicOwner: "AAAAAF",
  privateMember: "AAAAAF",
  privateOwner: "AAAAAF",
  direct: "AAAAAF",
  group: "AAAAAF",
  archivedMember: "AAAAAF",
  archivedOwner: "AAAAAF",
};

const SEE = { ...OUTSIDE, ...INSIDE, publicOutside: "AAAA-F", archivedOutside: "AAAA-F" };
const READ = { ...SEE, publicOutside: "FFFF-F", archivedOutside: "FFFF-F" };
const WRITE = { ...READ, archivedMember: "FFFFFF", archivedOwner: "FFFFFF" };
const MANAGE = {
  ...READ,
  publicMember: "AAFFFF",
  privateMember: "AAFFFF",
  archivedMember: "AAFFFF",
  direct: "FFFFFF",
  group: "FFFFFF",
};
const JOIN = { ...SEE, archivedOutside: "FFFF-F" };
const ADD = {
  ...WRITE,
  publicMember: "AAAAFF",
  publicOwner: "AAAAFF",
  privateMember: "AAAAFF",
  privateOwner: "AAAAFF",
  direct: "FFFFFF",
  group: "FFFFFF",
};
const LEAVE = { ...READ, direct: "FFFFFF" };
const HIDE = {
  ...READ,
  publicMember: "FFFFFF",
  publicOwner: "FFFFFF",
  privateMember: "FFFFFF",
  privateOwner: "FFFFFF",
  archivedMember: "FFFFFF",
  archivedOwner: "FFFFFF",
};
/** Of direct rooms alone. */
const SEEN = {
  ...READ,
  publicMember: "FFFFFF",
  publicOwner: "FFFFFF",
  privateMember: "FFFFFF",
  privateOwner: "FFFFFF",
  archivedMember: "FFFFFF",
  archivedOwner: "FFFFFF",
};
/** A message is not there for whoever cannot read it, be its room ever so public. */
const READ_MESSAGE = { ...READ, publicOutside: "-----F", archivedOutside: "-----F" };
const CHANGE_OWN = { ...WRITE, publicOutside: "-----F", archivedOutside: "-----F" };
const EDIT_OTHERS = {
  ...CHANGE_OWN,
  publicMember: "FFFFFF",
  publicOwner: "FFFFFF",
  privateMember: "FFFFFF",
  privateOwner: "FFFFFF",
  direct: "FFFFFF",
  group: "FFFFFF",
};
const DELETE_OTHERS = {
  ...CHANGE_OWN,
  publicMember: "AAFFFF",
  privateMember: "AAFFFF",
  direct: "FFFFFF",
  group: "FFFFFF",
};

export type Situation = keyof typeof SEE;
export const SITUATIONS = Object.keys(SEE) as Situation[];

export interface RoomRow {
  command: CommandName;
  /** What is done, where a command does several things. */
  what?: string;
  /** Which of the command's rules says so. */
  rule: Rule;
  expected: Record<Situation, string>;
  /** Needs a room of its own, since it changes who is there or what. */
  alone?: true;
  input(cell: Cell): unknown;
}

/** A day after the world's time. */
const FAR = START + 24 * HOUR;
const PICTURE = {
  blob: "0123456789abcdef0123456789abcdef",
  type: "image/webp",
  size: 9,
  width: 1,
  height: 1,
};
const V = "0123456789abcdef";
const SMALL_PICTURE = { version: V, type: "image/webp", data: "AAAA" };
const room = ({ room }: Cell) => ({ room });
const self = ({ room, actor }: Cell) => ({ room, userId: actor });
const edit = (message: number) => ({ message, text: "changed" });

/** Of what happens in a room. */
export const IN_ROOMS: RoomRow[] = [
  { command: "getRoom", rule: rules.maySeeRoom, expected: SEE, input: room },
  { command: "history", rule: rules.mayRead, expected: READ, input: room },
  {
    command: "changes",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), since: 0 }),
  },
  { command: "listFiles", rule: rules.mayRead, expected: READ, input: room },
  { command: "listLinks", rule: rules.mayRead, expected: READ, input: room },
  { command: "previewRoom", rule: rules.maySeeRoom, expected: SEE, input: room },
  { command: "listSeen", rule: maySeeReaders, expected: SEEN, input: room },
  { command: "listMembers", rule: rules.mayRead, expected: READ, input: room },
  { command: "pageMembers", rule: rules.mayRead, expected: READ, input: room },
  {
    command: "searchMembers",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), q: "m" }),
  },
  {
    command: "listUsers",
    what: "of a room",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), ids: [cell.mate] }),
  },
  {
    command: "markRead",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), seq: 1 }),
  },
  {
    command: "markUnread",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), seq: 1 }),
  },
  { command: "rememberRoom", rule: rules.mayRead, expected: READ, input: room },
  {
    command: "updateMembership",
    what: "notify",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), notify: "none" }),
  },
  {
    command: "updateMembership",
    what: "favourite",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), favourite: true }),
  },
  {
    command: "updateMembership",
    what: "hide",
    rule: rules.mayHide,
    expected: HIDE,
    alone: true,
    input: (cell) => ({ ...room(cell), hidden: true }),
  },
  { command: "typing", rule: rules.mayWrite, expected: WRITE, input: room },
  {
    command: "sendMessage",
    rule: rules.mayWrite,
    expected: WRITE,
    input: (cell) => ({ ...room(cell), clientId: cell.clientId, text: "hello" }),
  },
  {
    command: "updateRoom",
    rule: rules.mayManageRoom,
    expected: MANAGE,
    input: (cell) => ({ ...room(cell), topic: "new" }),
  },
  {
    command: "setRoomPicture",
    rule: rules.mayManageRoom,
    expected: MANAGE,
    input: (cell) => ({ ...room(cell), picture: SMALL_PICTURE }),
  },
  {
    command: "removeRoomPicture",
    rule: rules.mayManageRoom,
    expected: MANAGE,
    input: room,
  },
  {
    command: "addMember",
    what: "join",
    rule: rules.mayJoin,
    expected: JOIN,
    alone: true,
    input: self,
  },
  {
    command: "addMember",
    what: "bring somebody in",
    rule: rules.mayAdd,
    expected: ADD,
    alone: true,
    input: (cell) => ({ ...room(cell), userId: cell.newcomer }),
  },
  {
    command: "removeMember",
    what: "leave",
    rule: rules.mayLeave,
    expected: LEAVE,
    alone: true,
    input: self,
  },
  {
    command: "removeMember",
    what: "put somebody out",
    rule: rules.mayRemove,
    expected: MANAGE,
    alone: true,
    input: (cell) => ({ ...room(cell), userId: cell.mate }),
  },
  {
    command: "editMessage",
    what: "one's own",
    rule: rules.mayEdit,
    expected: CHANGE_OWN,
    input: ({ own }) => edit(own),
  },
  {
    command: "editMessage",
    what: "another's",
    rule: (standing, facts) => rules.mayEdit(standing, { ...facts, isAuthor: false }),
    expected: EDIT_OTHERS,
    input: ({ others }) => edit(others),
  },
  {
    command: "react",
    rule: rules.mayReact,
    expected: CHANGE_OWN,
    input: ({ others }) => ({ message: others, emoji: "👍", on: true }),
  },
  {
    command: "thread",
    rule: rules.mayReadMessage,
    expected: READ_MESSAGE,
    input: ({ others }) => ({ message: others }),
  },
  {
    command: "followThread",
    rule: mayFollow,
    expected: READ_MESSAGE,
    input: ({ others }) => ({ message: others, on: true }),
  },
  {
    command: "markThreadRead",
    rule: mayFollow,
    expected: READ_MESSAGE,
    input: ({ others }) => ({ message: others, seq: 1 }),
  },
  {
    command: "titleThread",
    what: "one's own",
    rule: (standing) => mayTitle(standing, { writes: true, empty: false }),
    expected: CHANGE_OWN,
    input: ({ own }) => ({ message: own, title: "a title" }),
  },
  {
    command: "titleThread",
    what: "where one has not written",
    rule: mayTitle,
    expected: DELETE_OTHERS,
    input: ({ others }) => ({ message: others, title: "another title" }),
  },
  { command: "listTopics", rule: rules.mayRead, expected: READ, input: room },
  {
    command: "setDraft",
    rule: rules.mayRead,
    expected: READ,
    input: (cell) => ({ ...room(cell), text: "I would rather" }),
  },
  { command: "dropDraft", rule: rules.mayRead, expected: READ, input: room },
  {
    command: "listVersions",
    rule: rules.mayReadMessage,
    expected: READ_MESSAGE,
    input: ({ others }) => ({ message: others }),
  },
  {
    command: "removeLink",
    what: "one's own",
    rule: mayRemoveLink,
    expected: CHANGE_OWN,
    input: ({ own }) => ({ message: own, url: "https://site.example/" }),
  },
  {
    command: "removeLink",
    what: "another's",
    rule: (standing, facts) => mayRemoveLink(standing, { ...facts, isAuthor: false }),
    expected: DELETE_OTHERS,
    input: ({ others }) => ({ message: others, url: "https://site.example/" }),
  },
  {
    command: "restoreMessage",
    what: "one's own, which is not deleted",
    rule: mayRestore,
    expected: CHANGE_OWN,
    input: ({ own }) => ({ message: own }),
  },
  {
    command: "restoreMessage",
    what: "another's, which is not deleted",
    rule: (standing, facts) =>
      mayRestore(standing, { ...facts, isAuthor: false, byUser: false, inTime: false }),
    expected: DELETE_OTHERS,
    input: ({ others }) => ({ message: others }),
  },
  {
    command: "saveMessage",
    rule: rules.maySave,
    expected: READ_MESSAGE,
    input: ({ others }) => ({ message: others, on: true }),
  },
  {
    command: "scheduleMessage",
    rule: rules.mayWrite,
    expected: WRITE,
    input: (cell) => ({
      ...room(cell),
      clientId: `${cell.clientId}-later`,
      text: "later",
      at: FAR,
    }),
  },
  {
    command: "remind",
    rule: rules.mayRemind,
    expected: READ_MESSAGE,
    input: ({ others }) => ({ message: others, at: FAR }),
  },
  {
    command: "dropReminder",
    rule: rules.mayRemind,
    expected: READ_MESSAGE,
    input: ({ own }) => ({ message: own }),
  },
  {
    command: "hearMessage",
    rule: mayHear,
    expected: READ_MESSAGE,
    input: ({ others }) => ({ message: others }),
  },
  {
    command: "saveMessage",
    what: "what is not saved, out",
    rule: rules.maySave,
    expected: READ_MESSAGE,
    input: ({ own }) => ({ message: own, on: false }),
  },
  {
    command: "deleteMessage",
    what: "one's own",
    rule: rules.mayDelete,
    expected: CHANGE_OWN,
    alone: true,
    input: ({ own }) => ({ message: own }),
  },
  {
    command: "deleteMessage",
    what: "another's",
    rule: (standing, facts) => rules.mayDelete(standing, { ...facts, isAuthor: false }),
    expected: DELETE_OTHERS,
    alone: true,
    input: ({ others }) => ({ message: others }),
  },
];

export interface Row {
  command: CommandName;
  what?: string;
  expected: string;
  /**
   * A session that is behind a change of role passes, and sees no more than the role may: such a
   * list is cut to it in the transaction.
   */
  overtaken?: "sees no more";
  input(from: Case): unknown;
}

const create = (kind: "public" | "private") => ({ id }: Case) => ({ kind, name: `${kind} ${id}` });
const direct = (of: (from: Case) => number) => (from: Case) => ({
  kind: "direct",
  users: [of(from)],
});
const role = (of: (from: Case) => number) => (from: Case) => ({ userId: of(from), role: "bot" });

/** Of what is done to another account: never one's own, nor the owner's; an admin's by the owner. */
const changing = (command: CommandName, more: Record<string, unknown>): Row[] =>
  ([
    ["oneself", "FFFFFF", ({ actor }) => actor],
    ["the owner", "FFFFFF", ({ owner }) => owner],
    ["an admin", "AFFFFF", ({ admin }) => admin],
    ["a member", "AAFFFF", ({ stranger }) => stranger],
    ["nobody", "--FFFF", ({ nobody }) => nobody],
  ] as [string, string, (from: Case) => number][]).map(([what, expected, of]) => ({
    command,
    what,
    expected,
    input: (from) => ({ userId: of(from), ...more }),
  }));

/** Of what the account decides, or another account. */
export const ELSEWHERE: Row[] = [
  { command: "snapshot", expected: "AAAAAF", input: () => ({}) },
  { command: "listRooms", expected: "AAAAAF", input: () => ({}) },
  { command: "listHiddenRooms", expected: "AAAAAF", input: () => ({}) },
  { command: "listAccounts", expected: "AAFFFF", input: () => ({}) },
  { command: "getAccount", expected: "AAFFFF", input: ({ stranger }) => ({ id: stranger }) },
  {
    command: "getAccount",
    what: "nobody",
    expected: "--FFFF",
    input: ({ nobody }) => ({ id: nobody }),
  },
  ...changing("signOutUser", {}),
  ...changing("removeUserAvatar", {}),
  {
    command: "handOver",
    what: "to oneself",
    expected: "FFFFFF",
    input: ({ actor }) => ({ userId: actor }),
  },
  {
    command: "handOver",
    what: "to nobody",
    expected: "-FFFFF",
    input: ({ nobody }) => ({ userId: nobody }),
  },
  {
    command: "handOver",
    what: "to a disabled account",
    expected: "FFFFFF",
    input: ({ disabled }) => ({ userId: disabled }),
  },
  { command: "listAudit", expected: "AAFFFF", input: () => ({}) },
  { command: "createInvite", expected: "AAFFFF", input: () => ({}) },
  {
    command: "createInvite",
    what: "into a room of one's own",
    expected: "AAFFFF",
    input: ({ home }) => ({ role: "guest", rooms: [home] }),
  },
  {
    command: "createInvite",
    what: "into no room",
    expected: "--FFFF",
    input: ({ nobody }) => ({ rooms: [nobody] }),
  },
  { command: "listInvites", expected: "AAAAAF", input: () => ({}) },
  {
    command: "revokeInvite",
    what: "nobody's",
    expected: "-----F",
    input: ({ nobody }) => ({ id: nobody }),
  },
  {
    command: "acceptInvite",
    what: "nobody's",
    expected: "-----F",
    input: () => ({ code: "nobody's" }),
  },
  { command: "listConnections", expected: "AAAAAF", input: () => ({}) },
  {
    command: "removeConnection",
    what: "that nobody has",
    expected: "-----F",
    input: ({ nobody }) => ({ connection: nobody }),
  },
  { command: "exportAudit", expected: "AAFFFF", input: () => ({ format: "csv" }) },
  { command: "listJoinRequests", expected: "AAFFFF", input: () => ({}) },
  {
    command: "decideJoinRequest",
    what: "nobody's",
    expected: "--FFFF",
    input: ({ nobody }) => ({ id: nobody, state: "accepted" }),
  },
  { command: "getEmail", expected: "AAAAAF", input: () => ({}) },
  {
    command: "setEmail",
    expected: "AAAAAF",
    input: ({ id }) => ({ address: `someone-${id}@example.org` }),
  },
  { command: "removeEmail", expected: "AAAAAF", input: () => ({}) },
  { command: "previewPicture", expected: "AAAAAF", input: () => ({ key: "nobody's" }) },
  { command: "listScheduled", expected: "AAAAAF", input: () => ({}) },
  { command: "listReminders", expected: "AAAAAF", input: () => ({}) },
  // Nobody's: one's own and another's are in tests/contract/store/scheduled.ts.
  {
    command: "changeScheduled",
    expected: "-----F",
    input: ({ nobody }) => ({ scheduled: nobody, text: "b" }),
  },
  {
    command: "cancelScheduled",
    expected: "-----F",
    input: ({ nobody }) => ({ scheduled: nobody }),
  },
  {
    command: "sendScheduled",
    expected: "-----F",
    input: ({ nobody }) => ({ scheduled: nobody }),
  },
  { command: "beginUpload", expected: "AAAAAF", input: () => ({ name: "a.txt", size: 1 }) },
  {
    command: "beginForm",
    expected: "AAAAAF",
    input: () => ({ name: "a.txt", size: 1, ahead: 1 }),
  },
  { command: "findUpload", expected: "-----F", input: ({ nobody }) => ({ file: nobody }) },
  { command: "findFile", expected: "-----F", input: ({ nobody }) => ({ file: nobody }) },
  { command: "deleteFile", expected: "-----F", input: ({ nobody }) => ({ file: nobody }) },
  {
    command: "describeFile",
    expected: "-----F",
    input: ({ nobody }) => ({ file: nobody, alt: "a" }),
  },
  { command: "listMessages", expected: "AAAAAF", input: () => ({ ids: [1] }) },
  { command: "listDrafts", expected: "AAAAAF", input: () => ({}) },
  { command: "listSaved", expected: "AAAAAF", input: () => ({}) },
  { command: "listHeard", expected: "AAAAAF", input: () => ({ messages: [1] }) },
  { command: "listThreads", expected: "AAAAAF", input: () => ({}) },
  { command: "updateMe", expected: "AAAAAF", input: () => ({ theme: "dark" }) },
  {
    command: "updateMe",
    what: "status",
    expected: "AAAAAF",
    input: () => ({ status: { emoji: "🌴" } }),
  },
  { command: "listEmoji", expected: "AAAAAF", input: () => ({}) },
  { command: "emojiNamed", expected: "AAAAAF", input: () => ({ names: ["parrot"] }) },
  { command: "emojiPicture", expected: "AAAAAF", input: () => ({ name: "parrot" }) },
  { command: "nameEmoji", expected: "AAAAFF", input: () => ({ name: "kea" }) },
  {
    command: "addEmoji",
    expected: "AAAAFF",
    input: ({ id }) => ({ name: `parrot${id}`, picture: PICTURE }),
  },
  // Nobody's: one's own and another's are in tests/contract/store/custom_emoji.ts.
  { command: "removeEmoji", expected: "-----F", input: () => ({ name: "nobodys" }) },
  { command: "takePicture", expected: "AAAAAF", input: () => ({}) },
  // There are none: whose are seen by whom is in tests/contract/store/avatars.ts.
  {
    command: "avatarPicture",
    expected: "-----F",
    input: ({ actor }) => ({ id: actor, version: V }),
  },
  { command: "roomPicture", expected: "-----F", input: () => ({ room: 999_999, version: V }) },
  { command: "setAvatar", expected: "AAAAAF", input: () => ({ picture: SMALL_PICTURE }) },
  { command: "removeAvatar", expected: "AAAAAF", input: () => ({}) },
  {
    command: "setLogo",
    expected: "AAFFFF",
    input: () => ({ version: "0123456789abcdef", type: "image/png", data: "AAAA" }),
  },
  { command: "getHealth", expected: "AAFFFF", input: () => ({}) },
  { command: "getWorkspace", expected: "AAFFFF", input: () => ({}) },
  { command: "updateWorkspace", expected: "AAFFFF", input: () => ({ name: "Harbour" }) },
  {
    command: "browseRooms",
    expected: "AAAAFF",
    overtaken: "sees no more",
    input: () => ({ q: "" }),
  },
  { command: "createRoom", what: "public", expected: "AAAAFF", input: create("public") },
  { command: "createRoom", what: "private", expected: "AAAAFF", input: create("private") },
  {
    command: "createRoom",
    what: "direct, new",
    expected: "AAAAFF",
    input: direct(({ stranger }) => stranger),
  },
  {
    command: "createRoom",
    what: "direct, there already",
    expected: "AAAAFF",
    input: direct(({ friend }) => friend),
  },
  {
    command: "createRoom",
    what: "direct, with a disabled account",
    expected: "----FF",
    input: direct(({ disabled }) => disabled),
  },
  {
    command: "createRoom",
    what: "direct, with nobody",
    expected: "----FF",
    input: direct(({ nobody }) => nobody),
  },
  { command: "searchUsers", expected: "AAAAFF", input: () => ({ q: "s" }) },
  { command: "listUsers", expected: "AAAAAF", input: ({ stranger }) => ({ ids: [stranger] }) },
  {
    command: "getUser",
    what: "oneself",
    expected: "AAAAAF",
    input: ({ actor }) => ({ id: actor }),
  },
  {
    command: "getUser",
    what: "who shares a room",
    expected: "AAAAAF",
    input: ({ friend }) => ({ id: friend }),
  },
  {
    command: "getUser",
    what: "a stranger",
    expected: "AAAA-F",
    input: ({ stranger }) => ({ id: stranger }),
  },
  {
    command: "getUser",
    what: "nobody",
    expected: "-----F",
    input: ({ nobody }) => ({ id: nobody }),
  },
  { command: "updateUser", what: "oneself", expected: "FFFFFF", input: role(({ actor }) => actor) },
  {
    command: "updateUser",
    what: "the owner",
    expected: "FFFFFF",
    input: role(({ owner }) => owner),
  },
  {
    command: "updateUser",
    what: "an admin",
    expected: "AFFFFF",
    input: role(({ admin }) => admin),
  },
  {
    command: "updateUser",
    what: "a member",
    expected: "AAFFFF",
    input: role(({ stranger }) => stranger),
  },
  {
    command: "updateUser",
    what: "nobody",
    expected: "--FFFF",
    input: role(({ nobody }) => nobody),
  },
  {
    command: "removeFactors",
    what: "oneself",
    expected: "FFFFFF",
    input: ({ actor }) => ({ userId: actor }),
  },
  {
    command: "removeFactors",
    what: "the owner",
    expected: "FFFFFF",
    input: ({ owner }) => ({ userId: owner }),
  },
  {
    command: "removeFactors",
    what: "an admin",
    expected: "AFFFFF",
    input: ({ admin }) => ({ userId: admin }),
  },
  {
    command: "removeFactors",
    what: "a member",
    expected: "AAFFFF",
    input: ({ stranger }) => ({ userId: stranger }),
  },
  {
    command: "removeFactors",
    what: "nobody",
    expected: "--FFFF",
    input: ({ nobody }) => ({ userId: nobody }),
  },
  {
    command: "resetUser",
    what: "oneself",
    expected: "FFFFFF",
    input: ({ actor }) => ({ userId: actor }),
  },
  {
    command: "resetUser",
    what: "the owner",
    expected: "FFFFFF",
    input: ({ owner }) => ({ userId: owner }),
  },
  {
    command: "resetUser",
    what: "an admin",
    expected: "AFFFFF",
    input: ({ admin }) => ({ userId: admin }),
  },
  {
    command: "resetUser",
    what: "a member",
    expected: "AAFFFF",
    input: ({ stranger }) => ({ userId: stranger }),
  },
  {
    command: "resetUser",
    what: "a disabled account",
    expected: "FFFFFF",
    input: ({ disabled }) => ({ userId: disabled }),
  },
  {
    command: "resetUser",
    what: "nobody",
    expected: "--FFFF",
    input: ({ nobody }) => ({ userId: nobody }),
  },
  {
    command: "addMember",
    what: "a disabled account",
    expected: "----FF",
    input: ({ home, disabled }) => ({ room: home, userId: disabled }),
  },
  {
    command: "addMember",
    what: "nobody",
    expected: "----FF",
    input: ({ home, nobody }) => ({ room: home, userId: nobody }),
  },
  {
    command: "removeMember",
    what: "who is not in",
    expected: "-----F",
    input: ({ home, stranger }) => ({ room: home, userId: stranger }),
  },
  // Last, since nothing can be tried with whom they were done to.
  ...changing("eraseUser", { texts: "keep" }),
  {
    command: "handOver",
    what: "to a member",
    expected: "AFFFFF",
    input: ({ friend }) => ({ userId: friend }),
  },
];

/** Operations of the store that no command reaches, and why none of the rows above is needed. */
export const FOR_THE_PROGRAM = {
  nextStatusEnd: "when the next one ends, by the clock alone",
  endStatuses: "what is over, by the clock alone: tests/contract/store/status.ts",
  findDraft: "read for the user's own connections: tests/contract/store/drafts.ts",
  finishUpload: "what arrived is looked at first: tests/contract/store/files.ts",
  growUpload: "more comes of a form than it had room for: the same",
  forgetFiles: "takes away rows whose bytes are away: the same",
  giveUpFiles: "what nobody waits for: the same",
  namedBlobs: "which bytes are somebody's: the same",
  goneFiles: "what is to be taken away: the same",
  purgeDeleted: "takes away what nobody can bring back: tests/contract/store/undo.ts",
  eraseMore: "takes away what staff have decided: tests/contract/store/staff.ts",
  epoch: "names the history",
  instance: "names the database",
  probe: "asks whether anything can be written",
  eventsAfter: "looks for what the operator's commands have changed",
  hasAccounts: "whether the next account is the first",
  createAccount: "asks maySignUp: tests/contract/store/accounts.ts",
  credentials: "for the login, which asks mayAct of who knows the password",
  credentialsOf: "the same, of the caller",
  changePassword: "of the caller: refuses a disabled account, below",
  openSession: "of the caller: refuses a disabled account, below",
  getSession: "who asks, found before any rule; a disabled account has none",
  confirmMethods: "the caller's own",
  confirmSession: "the caller's own, another's is not there: tests/contract/store/sessions.ts",
  listSessions: "the caller's own",
  revokeSession: "the caller's own, another's is not there: below",
  listPasskeys: "the caller's own, or of whoever has the ticket",
  passkeysAfterPassword: "the caller's own",
  findPasskey: "of whoever shows it",
  addPasskey: "of the caller: refuses a disabled account",
  usePasskey: "of whoever has shown it; the session it opens refuses a disabled account",
  renamePasskey: "the caller's own, another's is not there: tests/contract/store/passkeys.ts",
  removePasskey: "the same",
  setPasskeysAfterPassword: "the caller's own",
  noteFailedSignIn: "nobody is signed in; what comes of it, staff read",
  secondFactors: "whether the caller has what the host requires",
  factorState: "the caller's own",
  beginTotp: "the caller's own: refuses a disabled account",
  nextTotp: "the caller's own",
  confirmTotp: "the caller's own: refuses a disabled account",
  totpSecret: "for the comparison of the caller's own code",
  spendFactor: "the caller's own",
  removeTotp: "the caller's own: refuses a disabled account",
  replaceRecoveryCodes: "the same",
  pendingSignIn: "of whoever has the ticket",
  tryPendingSignIn: "the same",
  finishSignIn: "the same: refuses a disabled account, tests/contract/store/second_factor.ts",
  userOfIdentity: "of whoever the provider has just named",
  linkIdentity: "of the caller: refuses a disabled account, tests/contract/store/oidc.ts",
  followRole: "asks mayFollowProvider: tests/contract/store/oidc.ts",
  upstreamOf: "of the caller's own session",
  endUpstream: "of the provider itself, whose signature was verified",
  spendOnce: "of whoever has what was sealed",
  touchSessions: "when sessions were last seen",
  endedSession: "why a session is gone, to its own token",
  invitation: "for whoever holds its link",
  listSignIns: "of the caller: refuses a disabled account: tests/contract/store/devices.ts",
  seeSignIns: "the same",
  makePhoneLink: "the same",
  phoneLink: "the same",
  decidePhoneLink: "the same",
  offeredPhoneLink: "for whoever has the code; of a disabled account there is none",
  claimPhoneLink: "the same",
  claimedPhoneLink: "for whoever has the ticket; of a disabled account there is none",
  spendPhoneLink: "the same",
  askToJoin: "for strangers, where the workspace lets them ask",
  askedCredentials: "for the login, which tells who knows the password",
  memberRooms: "for the hub, which knows who is in the room",
  threadStates: "the same",
  roomChanges: "the same",
  logoData: "the picture, to everybody",
  storedWorkspace: "what is set, which the program keeps in memory",
  surplusRooms: "tidies the list that the caller asked for",
  hideRooms: "the same",
  findEmailProof: "whose link it is, for whoever has it",
  proveEmail: "the same: asks mayAct of the link's account",
  findByEmail: "for those who sign in by another provider: asks mayAct of the account",
  queueReset: "looks nothing up: anybody may ask",
  takeJobs: "what is to be done, the program asks",
  jobQueue: "the same",
  giveUpJob: "the same",
  linksToShow: "what is to be looked at, the program asks",
  keepPreview: "the same: what it has found",
  showLinks: "the same: shows only what the message links to",
  sweepPreviews: "the same: what no message shows any more",
  failScheduled: "the same: what the queue has tried to send",
  tellReminder: "the same: asks who may read, tests/contract/store/reminders.ts",
  takeLetters: "what waits to be sent",
  readyLetter: "the same",
  sentLetter: "the same",
  waitingLetters: "the same, for the page of the server's health",
  findReset: "whose link it is, for whoever has it",
  useReset: "the same: asks mayAct of the link's account",
} as const;
