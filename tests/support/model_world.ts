/**
 * One client, one model server, and everything that can happen between them; then peace, and a
 * comparison: the client's state must equal a fresh fetch, every message must be stored once.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ChatClient } from "../../lib/client/chat_client.ts";

import type { Message } from "../../lib/protocol/messages.ts";
import { Link, type LinkOptions, settle } from "./model_link.ts";
import { type Backup, ModelServer, Refused } from "./model_server.ts";

const ME = 1;
const OTHER = 2;
const ROOMS = [1, 2, 3];

/** One thing that happens; `pick` chooses among what is there. */
export interface Step {
  what: keyof typeof STEPS;
  room: number;
  pick: number;
}

interface World {
  server: ModelServer;
  link: Link;
  client: ChatClient;
  /** What the client wrote, by room, in order. */
  written: { room: number; text: string }[];
  backup: Backup | null;
  /** Names of own messages that a restored backup did not have. */
  lost: Set<string>;
}

/** Each step carries out one thing; refusals of actions are part of life. */
const STEPS = {
  write: ({ client, written }: World, { pick }: Step) => {
    const room = client.state.openRoom.value;
    if (room === null) return;
    const text = `mine ${written.length} ${pick % 3 === 0 ? "@user2" : ""}`.trim();
    written.push({ room, text });
    client.actions.send(text);
  },
  open: ({ client }: World, { room, pick }: Step) =>
    client.actions.openRoom(room, pick % 5 === 0 ? pick : undefined),
  close: ({ client }: World) => client.actions.closeRoom(),
  before: ({ client }: World) => client.actions.loadBefore(),
  after: ({ client }: World) => client.actions.loadAfter(),
  newest: ({ client }: World) => client.actions.jumpToNewest(),
  unread: ({ client }: World) => client.actions.showUnread(),
  place: ({ client }: World, { pick }: Step) => client.actions.showPlace(pick, 0),
  renewLine: ({ client }: World) => client.actions.renewDivider(),
  allRead: ({ client }: World) => client.actions.markAllRead(),
  markRead: ({ client }: World, { room, pick }: Step) => {
    const head = client.state.rooms.value.get(client.state.openRoom.value ?? room)?.head ?? 0;
    client.actions.markRead(Math.max(0, head - pick % 4));
  },
  react: ({ client }: World, { pick }: Step) => {
    const message = among(client.state.timeline.value?.messages ?? [], pick);
    return message && client.actions.react(message.id, "👍", pick % 2 === 0);
  },
  remove: ({ client }: World, { pick }: Step) => {
    const message = among(client.state.timeline.value?.messages ?? [], pick);
    return message?.userId === ME ? client.actions.remove(message.id) : undefined;
  },

  otherWrites: ({ server }: World, { room, pick }: Step) => {
    const text = pick % 3 === 0 ? "hello @user1" : "hello";
    server.send(OTHER, `other-${server.rooms.get(room)!.head}-${room}`, room, text);
  },
  otherEdits: ({ server }: World, { room, pick }: Step) => {
    const own = messagesOf(server, room).filter((message) => message.userId === OTHER);
    const message = among(own.filter(({ deletedAt }) => deletedAt === null), pick);
    if (message) server.edit(OTHER, message.id, pick % 2 === 0 ? "edited @user1" : "edited");
  },
  otherReacts: ({ server }: World, { room, pick }: Step) => {
    const message = among(messagesOf(server, room), pick);
    if (message?.deletedAt === null) server.react(OTHER, message.id, "🎉", pick % 3 > 0);
  },
  otherDeletes: ({ server }: World, { room, pick }: Step) => {
    const message = among(messagesOf(server, room), pick);
    if (message) server.remove(OTHER, message.id);
  },
  rename: ({ server }: World, { room, pick }: Step) => server.rename(room, `name ${pick}`),
  otherDeviceWrites: ({ server }: World, { room }: Step) => {
    const head = server.rooms.get(room)!.head;
    if (isMember(server, room)) server.send(ME, `device-${head}-${room}`, room, "elsewhere");
  },
  otherDeviceReads: ({ server }: World, { room, pick }: Step) => {
    const head = server.rooms.get(room)!.head;
    if (isMember(server, room)) server.read(ME, room, Math.max(0, head - pick % 5));
  },
  removed: ({ server }: World, { pick }: Step) => pick % 4 === 0 && server.leave(ME, 3),
  added: ({ server }: World) => server.join(ME, 3),
  refuse: ({ server }: World, { pick }: Step) => {
    const code = (["rate_limited", "unavailable", "internal"] as const)[pick % 3]!;
    server.refusals.push(new Refused(code, pick % 2 === 0 ? 700 : undefined));
  },
  loseEvent: ({ server }: World) => server.lose++,

  backUp: (world: World) => void (world.backup = world.server.backUp()),
  restore: (world: World) => {
    const { server, link, backup, lost } = world;
    if (backup === null) return;
    const before = namesOf(server);
    server.restore(backup);
    const after = new Set(namesOf(server));
    for (const name of before) if (!after.has(name)) lost.add(name);
    link.cut();
  },

  accept: ({ link }: World) => link.accept(),
  toServer: ({ link }: World, { pick }: Step) => link.toServer(1 + pick % 4),
  toClient: ({ link }: World, { pick }: Step) => link.toClient(1 + pick % 4),
  batch: ({ link }: World) => link.mergeFrames(),
  double: ({ link }: World) => link.double(),
  cut: ({ link }: World, { pick }: Step) => link.cut(pick % 3),
  late: ({ link }: World) => link.deliverLate(),
  answerFetch: ({ link }: World) => link.answerFetch(),
  deliverFetch: ({ link }: World, { pick }: Step) => link.deliverFetch(pick),
  failFetch: ({ link }: World) => link.failFetch(),
  wait: ({ link }: World, { pick }: Step) => link.clock.advance(pick * 60),
  reconnect: ({ client }: World) => client.actions.reconnectNow(),
};

/** What happens most in life happens most here. */
const WEIGHTS: Partial<Record<keyof typeof STEPS, number>> = {
  write: 5,
  open: 3,
  otherWrites: 6,
  otherEdits: 2,
  accept: 6,
  toServer: 8,
  toClient: 8,
  wait: 5,
  answerFetch: 4,
  deliverFetch: 4,
};

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    what: fc.oneof(
      ...(Object.keys(STEPS) as (keyof typeof STEPS)[]).map((what) => ({
        weight: WEIGHTS[what] ?? 1,
        arbitrary: fc.constant(what),
      })),
    ),
    room: fc.constantFrom(...ROOMS),
    pick: fc.nat(30),
  }),
  { maxLength: 120, size: "max" },
);

/** Lives through the steps, makes peace, and fails where the client and the server disagree. */
export async function live(steps: readonly Step[], options: LinkOptions = {}): Promise<void> {
  const server = new ModelServer(ROOMS, [ME, OTHER]);
  for (const room of ROOMS) {
    for (let n = 0; n < 8; n++) server.send(OTHER, `early-${n}-${room}`, room, `early ${n}`);
  }
  const link = new Link(server, ME, options);
  const world: World = {
    server,
    link,
    client: link.client(),
    written: [],
    backup: null,
    lost: new Set(),
  };
  world.client.start();
  await settle();
  for (const step of steps) {
    try {
      const done: unknown = STEPS[step.what](world, step);
      if (done instanceof Promise) {
        done.catch(() => {});
        if (step.what === "wait") await done;
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    await settle();
  }
  await makePeace(world);
  await compare(world);
  world.client.stop();
  assert.equal(link.clock.pending, 0, "a stopped client leaves no timer behind");
}

/** Less than the silence after which a client reconnects: what it missed it must notice itself. */
async function makePeace({ server, link, client }: World): Promise<void> {
  server.lose = 0;
  server.refusals = [];
  client.actions.reconnectNow();
  await link.drain();
  for (const room of ROOMS) server.send(OTHER, `last-word-${room}-______`, room, "the last word");
  for (let half = 0; half < 80; half++) {
    await link.clock.advance(500);
    if (client.state.connection.value.state === "waiting") client.actions.reconnectNow();
    await link.drain();
  }
}

async function compare(world: World): Promise<void> {
  const { server, link, client } = world;
  assert.equal(client.state.connection.value.state, "online");
  const rooms = server.roomsOf(ME);
  const byId = <T extends { id: number }>(a: T, b: T) => a.id - b.id;
  assert.deepEqual([...client.state.rooms.value.values()].sort(byId), rooms.sort(byId));
  assert.deepEqual(storedNames(world), await survivors(world));
  for (const { id } of rooms) {
    const opening = client.actions.openRoom(id).catch(() => {});
    const cached = client.state.timeline.value;
    if (cached !== null) compareTimeline(server, id, cached);
    await link.drain();
    await opening;
    const { timeline, pending } = client.state;
    assert.notEqual(timeline.value, null);
    compareTimeline(server, id, timeline.value!);
    assert.equal(timeline.value!.loading, "none");
    assert.deepEqual(pending.value.filter(({ state }) => state === "pending"), []);
  }
}

function compareTimeline(
  server: ModelServer,
  room: number,
  timeline: NonNullable<ChatClient["state"]["timeline"]["value"]>,
): void {
  const all = messagesOf(server, room);
  const first = timeline.messages[0]?.seq ?? 0;
  const last = timeline.messages.at(-1)?.seq ?? 0;
  const expected = all.filter(({ seq }) =>
    (seq >= first || !timeline.hasBefore) && (seq <= last || !timeline.hasAfter)
  );
  assert.deepEqual(timeline.messages, expected);
  assert.equal(timeline.hasBefore, all.some(({ seq }) => seq < first));
}

/** What this client wrote and the server has, in the order in which it is there. */
function storedNames({ server, lost }: World): Record<number, string[]> {
  const stored: Record<number, string[]> = {};
  for (const room of ROOMS) {
    const names = messagesOf(server, room).map(({ clientId }) => clientId);
    stored[room] = names.filter((name) => name.startsWith("client-") && !lost.has(name));
    assert.equal(new Set(names).size, names.length, "each is stored once");
  }
  return stored;
}

function namesOf(server: ModelServer): string[] {
  return server.ownMessages(ME).map(({ clientId }) => clientId);
}

/** What should be there: everything but what was refused for good, in the order of writing. */
async function survivors({ link, written, lost }: World): Promise<Record<number, string[]>> {
  const left = await link.environment.storage.all(ME);
  const failed = new Set(left.filter(({ state }) => state === "failed").map((one) => one.clientId));
  const names = written.map(({ room }, index) => ({
    room,
    clientId: `client-message-${index + 1}`.padEnd(20, "_"),
  }));
  // What a restored backup did not have comes again only where its ack had not come.
  const expected = names.filter(({ clientId }) => !failed.has(clientId) && !lost.has(clientId));
  return Object.fromEntries(ROOMS.map((room) => [
    room,
    expected.filter((one) => one.room === room).map((one) => one.clientId),
  ]));
}

function messagesOf(server: ModelServer, room: number): Message[] {
  return server.rooms.get(room)!.messages;
}

function isMember(server: ModelServer, room: number): boolean {
  return server.rooms.get(room)!.members.has(ME);
}

function among<T>(things: readonly T[], pick: number): T | undefined {
  return things.length === 0 ? undefined : things[pick % things.length];
}
