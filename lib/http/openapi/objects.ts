/**
 * The schemas of what the server answers. Each is checked against the type that the code uses: a
 * field added to only one of them does not compile. What the document calls by name has a name
 * here. Loaded only with the document.
 */
import * as z from "zod";
import type { CommandResult as Result } from "../../chat/chat.ts";
import type { Parsed } from "../../protocol/json_text.ts";
import { LIMITS, MESSAGES_ASKED } from "../../protocol/limits.ts";
import type { Me } from "../../protocol/accounts.ts";
import type { Member, Membership } from "../../protocol/members.ts";
import type { HiddenRooms } from "../../protocol/listing.ts";
import type { MemberRoom, Room } from "../../protocol/rooms.ts";
import type { Session } from "../../protocol/sessions.ts";
import { CONFIRM_METHODS, type ConfirmState } from "../../protocol/confirming.ts";
import { AUDIT_NAMED } from "./objects/audit.ts";
import { id, of, seq, time } from "./objects/base.ts";
import { phoneClaim, phoneLink, phoneWaiting, signIn, signIns } from "./objects/devices.ts";
import { factorState, recoveryCodes, totpSecret, totpStep } from "./objects/second_factor.ts";
import { INVITE_OBJECTS } from "./objects/invites.ts";
import { EMOJI_NAMED } from "./objects/custom_emoji.ts";
import { JOIN_REQUEST_OBJECTS } from "./objects/join_requests.ts";
import { FILES_NAMED } from "./objects/files.ts";
import { LATER_NAMED } from "./objects/later.ts";
import { file, message } from "./objects/messages.ts";
import { THREAD_NAMED } from "./objects/threads.ts";
import { user } from "./objects/people.ts";
import { myEmail, resetLink } from "./objects/recovery.ts";
import { STAFF_NAMED } from "./objects/staff.ts";
import { publicWorkspace, workspaceHealth, workspaceStates } from "./objects/workspace.ts";
import { WAYS_IN } from "../../protocol/ways_in.ts";
import { problem } from "./problem.ts";

export { id } from "./objects/base.ts";
export { file, message, publicWorkspace, user, workspaceHealth, workspaceStates };

const settings = {
  language: z.enum(["en", "ru"]).nullable().meta({
    description: "`null`: the language the browser asks for.",
  }),
  theme: z.enum(["light", "dark", "system"]),
  showLocalTime: z.boolean().meta({ description: "Whether others see `timeZone`." }),
};

export const me = of<Me & { sessionId: number; instance: string }>()(user.extend({
  ...settings,
  sessionId: id.meta({ description: "The session of this request; for `X-Confab-Session`." }),
  instance: z.string().meta({ description: "The server's database; for `X-Confab-Instance`." }),
}));

export const room = of<Room>()(z.object({
  id,
  kind: z.enum(["public", "private", "direct"]),
  name: z.string().nullable().meta({ description: "`null` for direct rooms." }),
  topic: z.string(),
  head: seq.meta({ description: "The counter that every change in the room raises by exactly 1." }),
  createdBy: id,
  createdAt: time,
  archived: z.boolean(),
  memberCount: z.int().nonnegative(),
  picture: z.string().optional().meta({ description: "The address of its picture, if any." }),
  users: z.array(id).optional().meta({ description: "Only of a direct room: its people." }),
  group: z.literal(true).optional().meta({
    description: "A direct room made for three or more people, which can be left.",
  }),
}));

const role = z.enum(["owner", "member"]);

export const membership = of<Membership>()(z.object({
  role,
  readSeq: seq.meta({ description: "Read up to this `seq`." }),
  unread: z.int().min(0).max(LIMITS.unreadCount).meta({
    description: `Messages by others after \`readSeq\`, counted up to ${LIMITS.unreadCount}.`,
  }),
  mentions: z.int().min(0).max(LIMITS.unreadCount),
  threads: z.int().min(0).max(LIMITS.unreadCount).meta({
    description: "Threads that you follow in the room, with something new.",
  }),
  notify: z.enum(["all", "mentions", "none"]),
  joinedAt: time,
  favourite: z.boolean().meta({ description: "Among the first in your list." }),
  hidden: z.literal(true).optional().meta({
    description: "Not in the member's room list until something happens in the room.",
  }),
}));

export const memberRoom = of<MemberRoom>()(room.extend({ membership }));

export const member = of<Member>()(
  user.extend({ membership: z.object({ role, joinedAt: time }) }),
);

const presence = z.record(z.string(), z.enum(["online", "away", "offline"])).meta({
  description: "User id → presence. A user who is not listed is offline.",
});

export const hiddenRooms = of<HiddenRooms>()(z.object({
  rooms: z.int().nonnegative(),
  unread: z.boolean(),
}));

export const session = of<Session>()(z.object({
  id,
  device: z.string(),
  address: z.string(),
  createdAt: time,
  lastSeen: time,
  expiresAt: time,
  way: z.enum(WAYS_IN).meta({ description: "How you proved who you are." }),
  current: z.boolean().meta({ description: "The session of this request." }),
}));

export const confirmState = of<ConfirmState>()(z.object({
  methods: z.array(z.enum(CONFIRM_METHODS)),
  until: time.nullable().meta({ description: "`null`: confirm first." }),
}));

export const sessions = z.object({ sessions: z.array(session) });

export const signedIn = z.object({ user, token: z.string(), expiresAt: time });

export const roomList = of<Parsed<Result<"listRooms">["list"]>>()(
  z.object({ rooms: z.array(memberRoom), hidden: hiddenRooms }),
);
export const publicRooms = z.object({ rooms: z.array(room) });
export const hiddenRoomsPage = of<Result<"listHiddenRooms">>()(z.object({
  rooms: z.array(memberRoom),
  next: id.nullable().meta({ description: "The next page's `before`; `null` after the last." }),
}));

export const users = z.object({ users: z.array(user).max(50) });
export const usersWithPresence = z.object({ users: z.array(user), presence });
export const members = z.object({ members: z.array(member) });
export const membersPage = z.object({
  members: z.array(member),
  presence,
  next: id.nullable().meta({ description: "The next page's `after`; `null` after the last." }),
});

export const historyPage = of<Parsed<Result<"history">>>()(z.object({
  messages: z.array(message).max(LIMITS.pageMax).meta({ description: "Ascending by `seq`." }),
  head: seq,
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
}));

export const foundMessages = of<Result<"listMessages">>()(z.object({
  messages: z.array(message).max(MESSAGES_ASKED).meta({ description: "Ascending by `id`." }),
}));

export const savedPage = of<Result<"listSaved">>()(z.object({
  messages: z.array(message).max(LIMITS.pageMax).meta({ description: "The last saved first." }),
  next: id.nullable().meta({ description: "The next page's `before`; `null` after the last." }),
}));

export const changes = of<Result<"changes">>()(z.object({
  messages: z.array(message).max(LIMITS.changesPage).meta({ description: "Ascending by `rev`." }),
  head: seq,
  more: z.boolean().meta({ description: "Ask again, from the `rev` of the last message." }),
  reset: z.boolean().meta({
    description: "You are too far behind: drop what you have of the room and load the newest page.",
  }),
}));

export const health = z.object({ status: z.literal("ok") });
export const readiness = z.object({
  status: z.literal("ready"),
  database: z.enum(["sqlite", "postgresql"]),
  bus: z.object({
    kind: z.enum(["memory", "redis", "notify"]),
    connected: z.boolean(),
  }).meta({ description: "What carries messages between servers: `memory` if there is one." }),
  degraded: z.array(z.object({
    part: z.enum(["bus", "deliveries", "files"]),
    detail: z.string(),
  })).meta({ description: "What is away while the work goes on; empty when all is well." }),
});
export const openapi = z.object({ openapi: z.string() }).catchall(z.unknown()).meta({
  description: "This document (OpenAPI 3.1).",
});

export const metrics = z.string().meta({ description: "Prometheus's text format, version 0.0.4." });

/** By their names in the document. */
export const NAMED: Record<string, z.ZodType> = {
  User: user,
  Me: me,
  SignedIn: signedIn,
  Session: session,
  Sessions: sessions,
  SignIn: signIn,
  SignIns: signIns,
  PhoneLink: phoneLink,
  PhoneClaim: phoneClaim,
  PhoneWaiting: phoneWaiting,
  MyEmail: myEmail,
  ResetLink: resetLink,
  Room: room,
  Membership: membership,
  MemberRoom: memberRoom,
  RoomList: roomList,
  PublicRooms: publicRooms,
  HiddenRooms: hiddenRooms,
  HiddenRoomsPage: hiddenRoomsPage,
  Member: member,
  Members: members,
  MembersPage: membersPage,
  Users: users,
  UsersWithPresence: usersWithPresence,
  File: file,
  Message: message,
  HistoryPage: historyPage,
  FoundMessages: foundMessages,
  Changes: changes,
  SavedPage: savedPage,
  ...THREAD_NAMED,
  ...INVITE_OBJECTS,
  ...JOIN_REQUEST_OBJECTS,
  FactorState: factorState,
  TotpSecret: totpSecret,
  RecoveryCodes: recoveryCodes,
  TotpStep: totpStep,
  ...FILES_NAMED,
  ...EMOJI_NAMED,
  ...LATER_NAMED,
  ...AUDIT_NAMED,
  ...STAFF_NAMED,
  Workspace: publicWorkspace,
  WorkspaceHealth: workspaceHealth,
  WorkspaceSettings: workspaceStates,
  Health: health,
  Readiness: readiness,
  Problem: problem,
};
