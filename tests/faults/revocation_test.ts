/**
 * Who was put out, banned, signed out or outdated by a new password, while everybody writes: not
 * one event of what was written after the answer to it, by no way.
 */
import assert from "node:assert/strict";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { Session } from "../../lib/protocol/sessions.ts";
import { ChatSocket, logIn, type MemberRoom, type Person, signUp } from "../support/chat_client.ts";
import type { Participant } from "./participant.ts";
import { faultTest, GENERAL, report, ROUNDS, Scene } from "./scene.ts";

const WRITERS = 4;
/** Sends of one writer that are under way at a time. */
const PIPELINE = 8;
/** Messages after the revocation: enough for a leak to show. */
const AFTER = 150;

/** When each text was handed to its sender's socket (ms, monotonic). */
type Written = ReadonlyMap<string, number>;

/** What one connection got of a room although it was written after the cut. */
function findLeaks(
  events: readonly ServerEvent[],
  cut: { room: number; answeredAt: number; written: Written },
): string[] {
  const leaks: string[] = [];
  let left = false;
  const tell = (how: string, { text }: Message) => {
    if ((cut.written.get(text) ?? -Infinity) > cut.answeredAt) leaks.push(`${how} "${text}"`);
  };
  for (const event of events) {
    if (!("room" in event) || event.room !== cut.room) continue;
    if (left && event.type !== "left") leaks.push(`${event.type} after left`);
    if (event.type === "left") left = true;
    if (event.type === "message") tell("live", event.message);
    if (event.type === "changes") {
      for (const message of event.messages) tell("changes", message);
    }
  }
  return leaks;
}

Deno.test("a leak is seen, whether it comes live, by sync, or after the goodbye", () => {
  const cut = { room: 7, answeredAt: 100, written: new Map([["old", 90], ["new", 110]]) };
  const message = (text: string) => ({ text }) as Message; // nothing else of it is looked at
  const live = (text: string): ServerEvent => ({
    type: "message",
    room: 7,
    rev: 1,
    message: message(text),
  });
  const changes: ServerEvent = {
    type: "changes",
    room: 7,
    head: 1,
    messages: [message("new")],
    more: false,
    reset: false,
  };
  const left: ServerEvent = { type: "left", room: 7 };
  assert.deepEqual(findLeaks([live("old"), left, left], cut), []);
  assert.deepEqual(findLeaks([live("new")], cut), ['live "new"']);
  assert.deepEqual(findLeaks([changes], cut), ['changes "new"']);
  assert.deepEqual(findLeaks([left, live("old")], cut), ["message after left"]);
  assert.deepEqual(findLeaks([left, { type: "typing", room: 7, userId: 1 }], cut), [
    "typing after left",
  ]);
});

interface Stage {
  scene: Scene;
  room: number;
  victim: Person;
  /** Another device of the victim. */
  other: Person;
  written: Written;
  /** Resolves when so many more messages have been acknowledged. */
  more(count: number): Promise<void>;
}

/** How the victim loses its right; resolves with the answer. */
type Revoke = (stage: Stage) => Promise<void>;

/** Four connections of the victim listen, two of them asking for changes all the time. */
async function assertSilent(stage: Stage, revoke: Revoke, closeCode: number | null) {
  const { room, victim, written } = stage;
  const sockets = await Promise.all(Array.from({ length: 4 }, () => ChatSocket.connect(victim)));
  const asking = sockets.slice(2).map(askAgainAndAgain(room));
  await stage.more(AFTER);
  await revoke(stage);
  const answeredAt = performance.now();
  await stage.more(AFTER);
  for (const ask of asking) ask.stop();
  await Promise.all(sockets.map((socket) => socket.isOpen ? settledOrClosed(socket) : null));
  for (const socket of sockets) {
    assert.deepEqual(findLeaks(socket.log, { room, answeredAt, written }), []);
    assert.ok(socket.all("message").length > 20, "there was something to hear before");
    if (closeCode !== null) assert.equal((await socket.closed).code, closeCode);
    else await socket.close();
  }
}

/** Asks for the changes of the last while, again when it is answered. */
function askAgainAndAgain(room: number) {
  return (socket: ChatSocket) => {
    let stopped = false;
    const ask = async () => {
      while (!stopped && socket.isOpen) {
        const head = socket.all("message").at(-1)?.rev ?? 0;
        await socket.command({ type: "sync", rooms: { [room]: Math.max(0, head - 20) } })
          .catch(() => {}); // the end of the session ends this too
      }
    };
    void ask();
    return { stop: () => void (stopped = true) };
  };
}

async function settledOrClosed(socket: ChatSocket): Promise<void> {
  await Promise.race([socket.settled().catch(() => {}), socket.closed]);
}

/** @param closeCode with which the server ends the connections; null where it keeps them */
function revocationTest(
  name: string,
  closeCode: number | null,
  revoke: Revoke,
  after: (stage: Stage) => Promise<void>,
) {
  faultTest(name, async (random) => {
    await Scene.run(random, { people: WRITERS }, async (scene) => {
      const writers = scene.people.map((person) => scene.join(person));
      for (let round = 0; round < ROUNDS; round++) {
        const victim = await signUp(scene.url, `victim-${round}`);
        const other = await logIn(victim);
        const room = await scene.room(scene.owner, ...scene.people.slice(1), victim);
        await Promise.all(
          writers.map((each) => each.until(() => each.replica.head(room) >= 0, () => "the room")),
        );
        const traffic = writeOn(writers, room, `round ${round}`);
        const stage = { scene, room, victim, other, written: traffic.written, more: traffic.more };
        await assertSilent(stage, revoke, closeCode);
        await traffic.end();
        await after(stage);
        report(`${traffic.written.size} messages in the traffic, none leaked`);
      }
      await scene.verify();
    });
  });
}

function writeOn(writers: Participant[], room: number, prefix: string) {
  const written = new Map<string, number>();
  let acked = 0;
  let ended = false;
  const lanes = writers.flatMap((writer, index) =>
    Array.from({ length: PIPELINE }, async (_, lane) => {
      for (let count = 0; !ended; count++) {
        const text = `${prefix}, ${index}.${lane}.${count}`;
        written.set(text, performance.now());
        await writer.send(room, text);
        acked += 1;
      }
    })
  );
  const all = Promise.all(lanes);
  all.catch(() => {}); // end() tells
  return {
    written,
    more(count: number) {
      const enough = acked + count;
      return writers[0]!.until(() => acked >= enough, () => `${count} more messages`);
    },
    async end() {
      ended = true;
      await all;
    },
  };
}

/** The room is as if it did not exist, by every way to it. */
async function assertNoRoom({ victim, room }: Stage): Promise<void> {
  const { api } = victim;
  for (
    const path of [
      `/api/rooms/${room}`,
      `/api/rooms/${room}/messages`,
      `/api/rooms/${room}/messages?around=10`,
      `/api/rooms/${room}/changes?since=0`,
      `/api/rooms/${room}/members`,
      `/rooms/${room}`,
      `/rooms/${room}/10`,
    ]
  ) {
    assert.equal((await api.request("GET", path)).status, 404, path);
  }
  const { rooms } = await api.get<{ rooms: MemberRoom[] }>("/api/rooms");
  assert.deepEqual(rooms.map(({ id }) => id), [GENERAL], "neither the room nor its unread count");
  const socket = await ChatSocket.connect(victim);
  assert.deepEqual(socket.ready.rooms.map(({ id }) => id), [GENERAL]);
  await socket.command({ type: "sync", rooms: { [room]: 0 } });
  assert.deepEqual(socket.all("changes"), []);
  await socket.event("left", (event) => event.room === room);
  for (
    const command of [
      { type: "send", clientId: "a-client-id-of-the-victim", room, text: "still here" },
      { type: "read", room, seq: 1 },
      { type: "edit", message: 1, text: "still here" },
      { type: "delete", message: 1 },
      { type: "react", message: 1, emoji: "👍", on: true },
    ]
  ) {
    await assert.rejects(socket.command(command), { code: "not_found" }, command.type);
  }
  await socket.close();
}

/** Nothing is left to this session. */
async function assertNoSession({ victim, room, scene }: Stage): Promise<void> {
  for (
    const path of [
      "/api/me",
      "/api/rooms",
      `/api/rooms/${room}/messages`,
      `/api/rooms/${room}/changes?since=0`,
    ]
  ) {
    assert.equal((await victim.api.request("GET", path)).status, 401, path);
  }
  const page = await victim.api.request("GET", `/rooms/${room}/10`);
  assert.ok(page.status === 302 || page.status === 303, String(page.status));
  assert.match(page.headers.get("location") ?? "", /^\/login/);
  const socket = new ChatSocket(scene.url, { headers: victim.api.headers });
  assert.equal((await socket.closed).code, 4401);
  assert.deepEqual(socket.log, []);
}

revocationTest(
  "a member who was put out hears nothing that was written after the answer",
  null,
  ({ scene, room, victim }) => scene.owner.api.delete(`/api/rooms/${room}/members/${victim.id}`),
  assertNoRoom,
);

revocationTest(
  "an account that was disabled hears nothing that was written after the answer",
  4403,
  async ({ scene, victim }) => {
    await scene.owner.api.patch(`/api/users/${victim.id}`, { disabled: true });
  },
  assertNoSession,
);

revocationTest(
  "a session that signed out hears nothing that was written after the answer",
  4401,
  async ({ victim }) => {
    await victim.api.post("/api/logout", undefined, 204);
  },
  assertNoSession,
);

revocationTest(
  "a session that another device ended hears nothing that was written after the answer",
  4401,
  async ({ other }) => {
    const { sessions } = await other.api.get<{ sessions: Session[] }>("/api/me/sessions");
    for (const { id, current } of sessions) {
      if (!current) await other.api.delete(`/api/me/sessions/${id}`);
    }
  },
  assertNoSession,
);

revocationTest(
  "after a change of password the other sessions hear nothing that was written after the answer",
  4401,
  async ({ other }) => {
    const body = { current: other.password, password: "another long walk" };
    await other.api.post("/api/me/password", body, 204);
  },
  assertNoSession,
);
