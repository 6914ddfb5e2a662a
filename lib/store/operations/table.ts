/** Every operation of the store by its name; the compiler holds it to the store's interface. */
import * as accounts from "./accounts.ts";
import * as history from "./history.ts";
import * as listing from "./listing.ts";
import * as marks from "./marks.ts";
import * as members from "./members.ts";
import * as membership from "./membership.ts";
import * as messages from "./messages.ts";
import * as meta from "./meta.ts";
import type { OperationName, OperationTable } from "./operation.ts";
import * as people from "./people.ts";
import * as rooms from "./rooms.ts";
import * as sending from "./sending.ts";
import * as sessions from "./sessions.ts";
import * as sync from "./sync.ts";

export const OPERATIONS: OperationTable = {
  epoch: meta.epoch,
  instance: meta.instance,
  probe: meta.probe,

  hasAccounts: accounts.hasAccounts,
  createAccount: accounts.createAccount,
  credentials: accounts.credentials,
  credentialsOf: accounts.credentialsOf,
  changePassword: accounts.changePassword,
  user: people.user,
  searchUsers: people.searchUsers,
  searchMembers: people.searchMembers,
  usersById: people.usersById,
  updateMe: accounts.updateMe,
  updateUser: accounts.updateUser,

  createSession: sessions.createSession,
  session: sessions.session,
  sessions: sessions.sessions,
  touchSessions: sessions.touchSessions,
  revokeSession: sessions.revokeSession,
  endedSession: sessions.endedSession,

  snapshot: sync.snapshot,
  hiddenRooms: listing.hiddenRooms,
  surplusRooms: listing.surplusRooms,
  hideRooms: listing.hideRooms,
  publicRooms: rooms.publicRooms,
  room: rooms.room,
  memberRooms: membership.memberRooms,
  createRoom: rooms.createRoom,
  openDirect: rooms.openDirect,
  updateRoom: rooms.updateRoom,
  members: members.members,
  membersPage: members.membersPage,
  requireWriter: members.requireWriter,
  addMember: members.addMember,
  removeMember: members.removeMember,
  updateMembership: marks.updateMembership,
  rememberRoom: marks.rememberRoom,
  markRead: marks.markRead,

  addMessage: sending.addMessage,
  editMessage: messages.editMessage,
  deleteMessage: messages.deleteMessage,
  react: messages.react,
  history: history.history,
  changes: sync.changes,
  roomChanges: sync.roomChanges,
};

/** A table itself is no proof against a name from outside; this is. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}
