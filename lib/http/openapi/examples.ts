/**
 * The people, rooms and messages of the examples: those of a new server, on which a test runs the
 * requests' examples in order. The compiler checks them against the types, a test against the
 * schemas.
 */
import type { AuditEntry } from "../../protocol/audit.ts";
import type { PhoneClaim, PhoneLink, SignIn } from "../../protocol/devices.ts";
import type { Me } from "../../protocol/accounts.ts";
import type { Invitation, InvitedRoom } from "../../protocol/invites.ts";
import type { JoinRequest } from "../../protocol/join_requests.ts";
import type { Member, Membership } from "../../protocol/members.ts";
import type { StaffAccount } from "../../protocol/staff.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom, Room } from "../../protocol/rooms.ts";
import type { LinkedAccount } from "../../protocol/oidc.ts";
import type { Session } from "../../protocol/sessions.ts";
import type { InviteWithLink } from "../invites.ts";
import { MORNING } from "./examples/base.ts";

export { edited, message, reply, titled } from "./examples/messages.ts";
export { MORNING };

const MONTH = 30 * 24 * 3_600_000;

export const EXAMPLE_PASSWORD = "a long walk to the sea";

export const ann: User = {
  id: 1,
  username: "ann",
  displayName: "Ann Lee",
  role: "owner",
  ...{ avatar: null, disabled: false, status: null },
};

export const bob: User = { ...ann, id: 2, username: "bob", displayName: "bob", role: "member" };
export const cleo: User = { ...bob, id: 3, username: "cleo", displayName: "cleo", role: "guest" };

export const annHerself: Me & { sessionId: number; instance: string } = {
  ...ann,
  language: "en",
  theme: "dark",
  showLocalTime: true,
  sessionId: 1,
  instance: "1f0c3a86-0f5e-4c55-9a43-9a0d1be4f7c2",
};

export const signedIn = {
  user: ann,
  token: "eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOjF9.c2lnbmF0dXJl",
  expiresAt: MORNING + MONTH,
};

export const linkedAccount: LinkedAccount = {
  id: 1,
  provider: "work",
  label: "ann@example.org",
  createdAt: MORNING,
  lastUsed: MORNING,
};

export const session: Session = {
  id: 1,
  device: "Firefox on Linux",
  address: "192.0.2.7",
  createdAt: MORNING,
  lastSeen: MORNING + 60_000,
  expiresAt: MORNING + MONTH,
  way: "password",
  current: true,
};

export const signIn: SignIn = {
  id: 2,
  at: MORNING,
  device: "Chrome on Android",
  address: "198.51.100.3",
  way: "phone",
  ended: false,
};

export const LINK_CODE = "0tXq2mC1pYB6Uq1i4nA5t0xJw7fE9gHk3lMzVbNcRdS";

export const phoneLink: PhoneLink = {
  id: 1,
  state: "waiting",
  url: `https://chat.example.org/link/${LINK_CODE}`,
  device: null,
  address: null,
  check: null,
  expiresAt: MORNING + 120_000,
};

export const askedPhoneLink: PhoneLink = {
  ...phoneLink,
  state: "asked",
  url: null,
  device: signIn.device,
  address: signIn.address,
  check: "4071",
};

export const phoneClaim: PhoneClaim = {
  ticket: "Zk2v9QpLw4sTn8xYb1cFh6jRm3dGa7eUi5oKy0tXqCM",
  check: "4071",
  user: ann,
  expiresAt: MORNING + 120_000,
};

export const general: Room = {
  id: 1,
  kind: "public",
  name: "general",
  topic: "",
  head: 0,
  createdBy: 1,
  createdAt: MORNING,
  archived: false,
  memberCount: 3,
};

export const membership: Membership = {
  role: "owner",
  readSeq: 1,
  unread: 0,
  mentions: 0,
  threads: 0,
  notify: "all",
  joinedAt: MORNING,
  favourite: false,
};

export const readingGroup: MemberRoom = {
  ...general,
  id: 2,
  kind: "private",
  name: "Reading group",
  topic: "A book a month",
  head: 1,
  memberCount: 2,
  membership,
};

export const withBob: MemberRoom = {
  ...readingGroup,
  id: 3,
  kind: "direct",
  name: null,
  topic: "",
  head: 0,
  users: [1, 2],
  membership: { ...membership, readSeq: 0 },
};

export const member: Member = { ...bob, membership: { role: "member", joinedAt: MORNING } };

export const invite: InviteWithLink = {
  id: 1,
  code: "k3v9m2pxr7tw4hzq8nyb5cjd6f",
  url: "https://chat.example.org/join/k3v9m2pxr7tw4hzq8nyb5cjd6f",
  role: "member",
  rooms: [2],
  uses: 5,
  used: 0,
  expiresAt: null,
  createdBy: 1,
  createdAt: MORNING,
  state: "open",
};

const invitedRoom: InvitedRoom = { id: 2, name: "Reading group", kind: "private" };

export const invitesPage = { invites: [invite], people: [ann], rooms: [invitedRoom], next: null };

export const invitation: Invitation = {
  role: "member",
  invitedBy: { username: "ann", displayName: "Ann Lee" },
  rooms: [invitedRoom],
  expiresAt: null,
};

export const joinRequest: JoinRequest = {
  id: 1,
  username: "dora",
  displayName: "Dora",
  note: "I sing in the choir, second row.",
  address: "203.0.113.7",
  createdAt: MORNING,
  state: "waiting",
  decidedBy: null,
  decidedAt: null,
  userId: null,
};

export const auditEntry: AuditEntry = {
  id: 1,
  at: MORNING,
  actor: { kind: "user", id: 1, username: "ann" },
  action: "user.role",
  target: { kind: "user", id: 3, username: "cleo" },
  detail: { from: "member", to: "guest" },
  address: "203.0.113.7",
};

export const resetLink = {
  url: "https://chat.example.org/reset/3q2-7wAAESIzRFVmd4iZqrvM3e7_AAECAwQFBgcICQo",
  expiresAt: 1_767_312_000_000,
};

export const myEmail = { address: null, pending: "ann@example.org", sendsMail: true };
export const staffAccount: StaffAccount = {
  ...cleo,
  createdAt: MORNING,
  lastSeen: MORNING,
  sessions: 1,
  secondFactor: false,
  erasedAt: null,
  erasing: false,
};

export const former: User = {
  ...cleo,
  username: "former-member-3",
  displayName: "Former member",
  role: "member",
  disabled: true,
};
