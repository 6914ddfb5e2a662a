/** Pages of one room as its members open it: everything that can stand in a message, by chance. */
import type { Bootstrap } from "../../lib/client/model.ts";
import type { CustomEmoji } from "../../lib/protocol/custom_emoji.ts";
import type { File } from "../../lib/protocol/files.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Link } from "../../lib/protocol/links.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { User } from "../../lib/protocol/people.ts";
import type { MemberRoom, RoomKind } from "../../lib/protocol/rooms.ts";
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import { memberRoom, message } from "./model_message.ts";
import type { Random } from "./random.ts";

const NAMES = ["Ann Lee", "Боб", "דנה", "@carl", "Eve <b>", "Zoë & Co", "🙂", "o'Neil"];
const TEXTS = [
  "hello",
  "<#0> <#1> &lt;#2> <!-- --> </script>",
  "**bold** _and_ `code` @user2 @user3",
  "see #general and #design team, #дом",
  "escaped \\#general &#35;general",
  ":party: and :unknown: at 10:30",
  ":party:",
  "🎉🎉",
  "https://example.org/a?b=c&d=e and mail@example.org",
  "- [ ] task of @user1\n- [x] done\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |",
  "```ts\nconst a = '<b>';\n```",
  "long line ".repeat(400),
  "@room everybody, @here too",
  "שלום עולם",
];
const EMOJI: CustomEmoji = { name: "party", url: "/emoji/party?v=1", userId: 1, createdAt: 0 };
/** 14 March 2026, 09:00 UTC. */
const MORNING = Date.UTC(2026, 2, 14, 9);
const HOUR = 3_600_000;

export interface World {
  users: User[];
  messages: Message[];
  rooms: MemberRoom[];
}

const chance = (random: Random, part = 0.5) => random.next() < part;

export function randomWorld(random: Random): World {
  const users = Array.from({ length: 8 }, (_, at) => randomUser(random, at + 1));
  const messages: Message[] = [];
  let ts = MORNING;
  for (let seq = 1; seq <= 20; seq++) {
    ts += random.pick([1_000, 60_000, 6 * 60_000, 20 * HOUR]);
    messages.push(randomMessage(random, seq, ts, users, messages));
  }
  const rooms = [
    random.pick(["general", "a <b> & דנה", null]),
    "design",
    "design team",
    "Дом",
    null,
  ].map((name, at) => randomRoom(random, at + 1, name));
  return { users, messages, rooms };
}

function randomUser(random: Random, id: number): User {
  const status = { emoji: random.pick(["🏖", ":party:", ":gone:"]), text: "away <b>", until: null };
  return {
    id,
    username: `user${id}`,
    displayName: random.pick(NAMES),
    role: random.pick(["owner", "admin", "member", "guest"]),
    avatar: chance(random, 0.3) ? `/avatars/${id}?v=1` : null,
    disabled: false,
    status: chance(random, 0.3) ? status : null,
    ...(chance(random, 0.3) ? { namesake: true } : {}),
  };
}

function randomMessage(
  random: Random,
  seq: number,
  ts: number,
  users: readonly User[],
  before: readonly Message[],
): Message {
  const { id: userId, username } = random.pick(users);
  const someone = () => random.pick(users).id;
  const some = (most: number) => [...new Set(Array.from({ length: random.below(most) }, someone))];
  const replyTo = chance(random, 0.3) ? random.pick([...before, null])?.id ?? 4_000 : null;
  const last = { lastSeq: seq, lastTs: ts, users: some(5) };
  const reactions = Object.fromEntries(
    ["👍", ":party:", "🎉"].filter(() => chance(random, 0.2)).map((
      sign,
    ) => [sign, [someone(), ...some(9)]]),
  );
  const known = {
    ...{ userId, username, ts, text: random.pick(TEXTS), replyTo, reactions },
    mentions: some(4),
    editedAt: chance(random, 0.2) ? ts + 1 : null,
    replies: chance(random, 0.2) ? { count: random.below(3), ...last } : null,
    thread: replyTo !== null && chance(random) ? replyTo : null,
    files: chance(random, 0.2) ? [randomFile(random, seq)] : [],
    links: chance(random, 0.2) ? [randomLink(random)] : [],
    ...(chance(random, 0.1) ? { mentionsAll: random.pick(["here", "room"] as const) } : {}),
  };
  const gone = { deletedAt: ts + 1, text: "", mentions: [], files: [], links: [] };
  return message(seq, { ...known, ...(chance(random, 0.1) ? gone : {}) });
}

function randomFile(random: Random, id: number): File {
  const type = random.pick([
    "image/png",
    "video/mp4",
    "audio/mpeg",
    "application/pdf",
    "text/plain",
    "x/y",
  ]);
  const isSound = type.startsWith("audio") || type.startsWith("video");
  return {
    ...{ id, name: "a <b>.png", type, size: 1000, width: 300, height: 200, url: `/files/${id}` },
    duration: isSound ? 12.3 : null,
    thumbnail: chance(random) ? `/files/${id}/small` : null,
    alt: random.pick(["", "a <cat>"]),
    blur: null,
    ...(isSound && chance(random) ? { voice: { waveform: [1, 50, 100] } } : {}),
  };
}

function randomLink(random: Random): Link {
  const of = {
    url: "https://example.org/",
    title: "An <example>",
    description: "",
    site: "example.org",
  };
  return {
    ...of,
    image: null,
    width: null,
    height: null,
    ...(chance(random, 0.2) ? { video: { kind: "youtube", id: "abc" } } : {}),
  };
}

function randomRoom(random: Random, id: number, name: string | null): MemberRoom {
  const kind: RoomKind = name === null ? "direct" : random.pick(["public", "private"]);
  return {
    ...memberRoom(20),
    ...{ id, name, kind, archived: chance(random, 0.2), memberCount: 1 + random.below(9) },
    topic: random.pick(["", "what it is about & <more>"]),
    ...(kind === "direct" ? { users: [1, 2, ...(chance(random) ? [3] : [])] } : {}),
    ...(kind === "direct" && chance(random) ? { group: true } : {}),
  };
}

/** The world's first room as one of its people opens it. */
export function randomPage(random: Random, { users, messages, rooms }: World): Bootstrap {
  const self = random.pick(users);
  const some = () => messages.map(({ id }) => id).filter(() => chance(random, 0.2));
  const own = rooms.filter(({ id }) => id === 1 || chance(random, 0.7)).map((room) => ({
    ...room,
    membership: {
      ...room.membership,
      role: random.pick(["owner", "member"] as const),
      readSeq: random.below(21),
      unread: random.pick([0, 0, 3, 120]),
      mentions: random.pick([0, 0, 2]),
      threads: random.pick([0, 0, 1]),
      notify: random.pick(["all", "mentions", "none"] as const),
      favourite: chance(random, 0.3),
    },
  }));
  const language = random.pick(["en", "ru"] as const);
  const isSettled = chance(random);
  return {
    ...{ epoch: "epoch", instance: "instance", sessionId: 1 + random.below(1000), limits: LIMITS },
    me: {
      ...self,
      language: isSettled ? language : null,
      theme: random.pick(["system", "dark"]),
      showLocalTime: true,
    },
    rooms: own,
    hidden: { rooms: random.below(2), unread: chance(random) },
    users: users.filter(() => chance(random, 0.8)),
    saved: some(),
    threads: some().map((root) => ({ room: 1, root, readSeq: 0 })),
    later: { scheduled: 0, failed: random.below(2), due: random.below(3) },
    emoji: chance(random, 0.7) ? [EMOJI] : [],
    workspace: STANDARD_HERE,
    room: 1,
    page: { messages, head: 20, hasBefore: chance(random), hasAfter: chance(random, 0.2) },
    highlightSeq: chance(random, 0.2) ? 1 + random.below(20) : null,
    home: chance(random, 0.3),
    language: isSettled ? random.pick(["en", "ru"]) : language,
  };
}
