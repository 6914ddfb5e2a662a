import assert from "node:assert/strict";
import { Connection } from "../../../lib/hub/sockets/connection.ts";
import { Presence } from "../../../lib/hub/people/presence.ts";
import { createPresenceNews, introduce } from "../../../lib/hub/people/presence_news.ts";
import { SharedFrames } from "../../../lib/hub/sending/shared_frames.ts";
import type { HubState } from "../../../lib/hub/state.ts";
import { ticks } from "../../support/ticks.ts";

function setUp(people: number) {
  const time = { now: 0 };
  const frames: string[] = [];
  const presence = new Presence();
  const connections = new Set<Connection>();
  const connect = (send: (text: string) => void) => {
    const socket = { send, close() {}, cut() {}, buffered: 0, stuck: false };
    const place = { address: "192.0.2.1", network: "192.0.2.1" };
    const connection = new Connection(place, socket, () => {}, ticks(0));
    connection.phase = "live";
    connections.add(connection);
    return connection;
  };
  const listener = connect((text) => frames.push(text));
  for (let id = 1; id <= people; id++) presence.add(id, connect(() => {}));
  const hub = { connections, presence } as unknown as HubState; // all that the news asks of it
  const tell = createPresenceNews(hub, () => ticks(time.now));
  const heard = () => {
    listener.flush(new SharedFrames());
    return frames.splice(0).flatMap((frame) => JSON.parse(frame) as { users: object }[]);
  };
  return { time, presence, connections, listener, frames, tell, heard };
}

Deno.test("many who come at once are told in one frame, each of them once", () => {
  const { tell, listener, frames, heard } = setUp(500);
  tell();
  listener.flush(new SharedFrames());
  assert.equal(frames.length, 1);
  const told = heard().flatMap(({ users }) => Object.keys(users));
  assert.equal(told.length, 500);
  assert.equal(new Set(told).size, 500);
});

Deno.test("nobody is told where nobody moved", () => {
  const { tell, heard } = setUp(3);
  tell();
  assert.equal(heard().length, 1);
  tell();
  assert.deepEqual(heard(), []);
});

Deno.test("the more are here, the less often they are told, and nothing is forgotten meanwhile", () => {
  const { time, presence, tell, heard } = setUp(9_999);
  while (presence.hasChanges) tell(); // that all of them came
  for (let look = 0; look < 5; look++) tell(); // to the last of those who listen
  heard();
  presence.update(7);
  time.now = 4_999;
  tell();
  assert.deepEqual(heard(), []);
  time.now = 5_000;
  tell();
  assert.deepEqual(heard(), [{ type: "presence", users: { "7": "online" } }]);
});

Deno.test("thousands who come in one moment are told bit by bit, each of them once, and then as seldom as ever", () => {
  const { time, presence, connections, tell, heard } = setUp(5_999);
  const told: string[] = [];
  for (let second = 0; second < 30; second++) {
    time.now = second * 1_000;
    const before = [...connections].map(({ waiting }) => waiting);
    tell();
    const listeners = [...connections].filter(({ waiting }, at) => waiting > before[at]!).length;
    const events = heard();
    assert.ok(listeners <= 2_000 && listeners * events.length <= 10_000, "a moment's work");
    told.push(...events.flatMap(({ users }) => Object.keys(users)));
  }
  assert.equal(told.length, 5_999);
  assert.equal(new Set(told).size, 5_999);
  presence.update(7);
  time.now = 34_000;
  tell();
  assert.deepEqual(heard(), [{ type: "presence", users: { "7": "online" } }]);
  presence.update(8);
  time.now = 38_999;
  tell();
  assert.deepEqual(heard(), []);
});

Deno.test("where thousands listen, some are told at each look, and all the same in the end", () => {
  const { presence, connections, tell } = setUp(4_999);
  let looks = 0;
  for (; presence.hasChanges; looks++) tell();
  // The last news have begun, and two thirds of those who listen are still to be told.
  const waiting = () => new Set([...connections].map((connection) => connection.waiting));
  assert.equal(looks, 13);
  assert.equal(waiting().size, 2);
  tell();
  tell();
  assert.equal(waiting().size, 1);
});

Deno.test("who comes while the others are being told begins with what is newer, and hears what follows", () => {
  const { time, presence, connections, listener, tell, heard } = setUp(2_500);
  const all = [...connections];
  while (presence.hasChanges) tell();
  for (let look = 0; look < 2; look++) tell();
  heard();
  time.now = 5_000;
  // In the set it is behind those who are told first.
  connections.delete(listener);
  connections.add(listener);
  listener.phase = "loading";
  presence.remove(7, all[7]!);
  tell();
  presence.add(7, all[7]!);
  listener.phase = "live";
  tell();
  assert.deepEqual(heard(), [], "that they have gone is not so any more");
  time.now = 10_000;
  tell();
  tell();
  assert.deepEqual(heard(), [{ type: "presence", users: { "7": "online" } }]);
});

Deno.test("a guest hears of the people in their rooms only", () => {
  const { listener, tell, heard } = setUp(5);
  listener.people = new Set([2, 4]);
  tell();
  assert.deepEqual(heard(), [{ type: "presence", users: { "2": "online", "4": "online" } }]);
});

Deno.test("a newcomer is told of everybody at once, and of who has gone with the others", () => {
  const { time, presence, listener, connections, tell, heard } = setUp(5);
  tell();
  heard();
  presence.addNewcomer(listener);
  presence.remove(3, [...connections][3]!);
  time.now = 1;
  tell();
  assert.deepEqual(heard(), [{
    type: "presence",
    users: { "1": "online", "2": "online", "4": "online", "5": "online" },
  }]);
  time.now = 5_000;
  tell();
  assert.deepEqual(heard(), [{ type: "presence", users: { "3": "offline" } }]);
});

Deno.test("a newcomer and the others at once: nobody is named twice", () => {
  const { presence, listener, connections, tell, heard } = setUp(5);
  presence.addNewcomer(listener);
  presence.remove(3, [...connections][3]!);
  tell();
  assert.deepEqual(heard().flatMap(({ users }) => Object.keys(users)), ["1", "2", "4", "5", "3"]);
});

Deno.test("where thousands are, a newcomer waits until they are fewer, and is told then", () => {
  const { time, presence, listener, connections, tell, heard } = setUp(1_001);
  tell();
  heard();
  presence.addNewcomer(listener);
  time.now = 5_000;
  tell();
  assert.deepEqual(heard(), []);
  presence.remove(7, [...connections][7]!);
  time.now = 5_001;
  tell();
  const told = heard().flatMap(({ users }) => Object.keys(users));
  assert.equal(told.length, 1_001);
  assert.equal(new Set(told).size, 1_001);
});

Deno.test("a guest hears of whom it was told, and of nobody else", () => {
  const { presence, listener, connections, tell, heard } = setUp(5);
  listener.people = new Set([1]);
  presence.add(9, listener);
  const hub = { connections, presence } as unknown as HubState;
  assert.equal(introduce(hub, 9, [1, 2, 77]), true);
  assert.deepEqual(heard(), [{ type: "presence", users: { "2": "online", "77": "offline" } }]);
  assert.equal(introduce(hub, 9, [1, 2, 77]), false);
  tell();
  assert.deepEqual(heard().flatMap(({ users }) => Object.keys(users)).sort(), ["1", "2"]);
});

Deno.test("who is no guest hears of everybody without being introduced", () => {
  const { presence, listener, connections, heard } = setUp(2);
  presence.add(9, listener);
  const hub = { connections, presence } as unknown as HubState;
  assert.equal(introduce(hub, 9, [1]), false);
  assert.deepEqual(heard(), []);
});
