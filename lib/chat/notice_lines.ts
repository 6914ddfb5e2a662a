/**
 * How notices are written for other nodes: a line of JSON each. A message's line is headed by what a
 * node must know to deliver it, so that nobody reads the rest again: its text goes out as it came.
 *
 *     m ROOM REV ACCESS {"type":"message",…}
 *
 * Nodes of two versions talk while one replaces the other: a line may gain fields, but no meaning.
 * In a message's line their place is behind ACCESS: whatever stands there is passed over.
 * Whoever else may publish there can make up what nodes only signal. Who is in a room, and whose
 * session has ended, is not read from here: that comes from the database alone.
 */
import type { Message } from "../protocol/messages.ts";
import { type DurableChange, type MessageNotice, messageText, type Notice } from "./notice.ts";

/** For `lib/bus/carried.ts`. */
export const NOTICE_LINES = { write: writeNotice, read: readNotice, brief: briefNotice };

function writeNotice(notice: Notice): string {
  if (notice.type !== "message") return JSON.stringify(notice);
  return `m ${notice.room} ${notice.rev} ${notice.access} ${messageText(notice)}`;
}

/** `null` for what this version does not know. Throws for what no node writes. */
function readNotice(line: string): Notice | null {
  if (line.startsWith("m ")) return readMessage(line);
  const notice = JSON.parse(line);
  if (typeof notice?.type !== "string" || Object.hasOwn(DURABLE, notice.type)) return null;
  // One that a listener stumbles over would take along those that came with it.
  if (SHAPES.get(notice.type)?.(notice) === false) throw new Error("No notice of a node.");
  return notice;
}

/** What nodes read from the database alone. */
const DURABLE: Record<DurableChange["type"], true> = {
  joined: true,
  left: true,
  room: true,
  membership: true,
  user: true,
  settings: true,
  saved: true,
  heard: true,
  draft: true,
  unread: true,
  scheduled: true,
  reminder: true,
  reminderSet: true,
  follow: true,
  signIn: true,
  signInsSeen: true,
  requests: true,
  revoked: true,
  emoji: true,
  workspace: true,
};

/** What each signal's readers rely on. */
const SHAPES = new Map<string, (notice: Record<string, unknown>) => boolean>([
  ["message", () => false], // it has a line of its own
  ["events", () => true],
  ["moved", ({ room, rev, access }) => areWhole([room, rev, access])],
  ["typing", ({ room, userId }) => areWhole([room, userId])],
  ["read", ({ userId, room, seq, seenAt = 0 }) => areWhole([userId, room, seq, seenAt])],
  ["threads", ({ room, roots }) => areWhole([room]) && areWhole(roots)],
  ["thread", ({ room, root, states }) => areWhole([room, root]) && areStates(states)],
  [
    "presence",
    ({ node, version, people }) =>
      typeof node === "string" && areWhole([version]) && arePeople(people),
  ],
  [
    "spending",
    ({ node, spent }) => typeof node === "string" && Array.isArray(spent) && spent.every(isSpent),
  ],
]);

function areWhole(values: unknown): boolean {
  return Array.isArray(values) && values.every(Number.isSafeInteger);
}

function areStates(states: unknown): boolean {
  return Array.isArray(states) &&
    states.every((state) =>
      areWhole([state?.userId, state?.readSeq]) &&
      typeof state.following === "boolean" && typeof state.fresh === "boolean"
    );
}

/** As `PeopleThere` in the hub. */
function arePeople(people: unknown): boolean {
  return Array.isArray(people) && people.length % 2 === 0 && areWhole(people);
}

/** As `Spent` of the limits. */
function isSpent(spent: unknown): boolean {
  if (!Array.isArray(spent)) return false;
  const [limit, key, amount, renewed] = spent;
  const isKey = typeof key === "string" || Number.isSafeInteger(key);
  return typeof limit === "string" && isKey && Number.isSafeInteger(amount) &&
    typeof renewed === "boolean";
}

/**
 * Where a message is too long to be carried, or there are too many to whom something is new in a
 * thread, others are told to look; the rest always fits.
 */
function briefNotice(notice: Notice): Notice | null {
  if (notice.type === "thread") {
    return { type: "threads", room: notice.room, roots: [notice.root] };
  }
  if (notice.type !== "message") return null;
  const { room, rev, access } = notice;
  return { type: "moved", room, rev, access };
}

function readMessage(line: string): MessageNotice {
  const room = line.indexOf(" ", 2);
  const rev = line.indexOf(" ", room + 1);
  const access = line.indexOf(" ", rev + 1);
  const text = line.indexOf(" {", access);
  if (text === -1) throw new Error("No message.");
  return new HeardMessage(
    whole(line.slice(2, room)),
    whole(line.slice(room + 1, rev)),
    whole(line.slice(rev + 1, access)),
    line.slice(text + 1),
  );
}

function whole(text: string): number {
  const value = Number(text);
  if (text === "" || !Number.isSafeInteger(value)) throw new Error("No number of a message.");
  return value;
}

/** A message that another node stored. */
class HeardMessage implements MessageNotice {
  readonly type = "message";
  readonly heard = true;

  constructor(
    readonly room: number,
    readonly rev: number,
    readonly access: number,
    readonly text: string,
  ) {}

  /** Read only if somebody asks: nobody does who just delivers it. */
  get message(): Message {
    return JSON.parse(this.text).message;
  }
}
