/** What somebody may not know of answers exactly as what does not exist. */
import assert from "node:assert/strict";
import type { MemberRoom, Problem } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

/** Method, path and body of everything that can be asked of a room and a message in it. */
const QUESTIONS: [string, string, unknown?][] = [
  ["GET", "/api/rooms/ROOM"],
  ["PATCH", "/api/rooms/ROOM", { topic: "x" }],
  ["GET", "/api/rooms/ROOM/members"],
  ["GET", "/api/rooms/ROOM/members?limit=5"],
  ["GET", "/api/users?q=a&room=ROOM"],
  ["GET", "/api/users?ids=1&room=ROOM"],
  ["PUT", "/api/rooms/ROOM/members/ME"],
  ["PUT", "/api/rooms/ROOM/members/1"],
  ["DELETE", "/api/rooms/ROOM/members/ME"],
  ["DELETE", "/api/rooms/ROOM/members/1"],
  ["PATCH", "/api/rooms/ROOM/membership", { notify: "none" }],
  ["GET", "/api/rooms/ROOM/messages"],
  ["GET", "/api/rooms/ROOM/messages?before=1"],
  ["GET", "/api/rooms/ROOM/changes?since=0"],
  ["POST", "/api/rooms/ROOM/messages", { text: "x" }],
  ["PUT", "/api/rooms/ROOM/read", { seq: 1 }],
  ["PATCH", "/api/messages/MESSAGE", { text: "x" }],
  ["DELETE", "/api/messages/MESSAGE"],
  ["PUT", "/api/messages/MESSAGE/reactions/👍"],
  ["DELETE", "/api/messages/MESSAGE/reactions/👍"],
  ["PUT", "/api/messages/MESSAGE/save"],
  ["DELETE", "/api/messages/MESSAGE/save"],
];

test("a hidden room answers a stranger exactly as one that does not exist", async () => {
  const [ann, bob, mallory] = await house.people(3);
  const socket = await house.connect(ann!);
  const room = await house.room(ann!, bob!);
  const direct = await ann!.api.post<MemberRoom>("/api/rooms", {
    kind: "direct",
    users: [bob!.id],
  });
  for (const { id } of [room, direct]) {
    const message = (await socket.send(id, "hidden")).id;
    for (const [method, template, body] of QUESTIONS) {
      const ask = (roomId: number, messageId: number) => {
        const path = template.replace("ROOM", `${roomId}`).replace("MESSAGE", `${messageId}`)
          .replace("ME", `${mallory!.id}`);
        return mallory!.api.request<Problem>(method, path, body);
      };
      const [hidden, missing] = [await ask(id, message), await ask(987_654, 987_654)];
      assert.equal(hidden.status, 404, `${method} ${template}`);
      assert.equal(hidden.body.code, "not_found");
      assert.equal(hidden.text, missing.text, `${method} ${template}`);
      const names = (headers: Headers) =>
        [...headers].filter(([name]) => name !== "date").map((pair) => pair.join(": "));
      assert.deepEqual(names(hidden.headers), names(missing.headers));
    }
  }
});

test("hidden rooms answer commands exactly as rooms that do not exist", async () => {
  const [ann, mallory] = await house.people(2);
  const room = (await house.room(ann!)).id;
  const { id: message } = await (await house.connect(ann!)).send(room, "hidden");
  const socket = await house.connect(mallory!);
  const missing = 987_654;
  const pairs = [
    [{ type: "read", room, seq: 1 }, { type: "read", room: missing, seq: 1 }],
    [{ type: "edit", message, text: "x" }, { type: "edit", message: missing, text: "x" }],
    [{ type: "delete", message }, { type: "delete", message: missing }],
    [
      { type: "react", message, emoji: "👍", on: true },
      { type: "react", message: missing, emoji: "👍", on: true },
    ],
    [
      { type: "send", clientId: crypto.randomUUID(), room, text: "x" },
      { type: "send", clientId: crypto.randomUUID(), room: missing, text: "x" },
    ],
    [
      { type: "send", clientId: crypto.randomUUID(), room: GENERAL, text: "x", replyTo: message },
      { type: "send", clientId: crypto.randomUUID(), room: GENERAL, text: "x", replyTo: missing },
    ],
  ];
  for (const [hidden, none] of pairs) {
    const answers = await Promise.all(
      [hidden, none].map((command) =>
        socket.command(command!).then(() => "acked", (error) => String(error))
      ),
    );
    assert.equal(answers[0], answers[1], hidden!.type as string);
    assert.notEqual(answers[0], "acked", hidden!.type as string);
  }
  const from = socket.log.length;
  await socket.command({ type: "sync", rooms: { [room]: 0, [missing]: 0 } });
  await socket.settled();
  const told = socket.log.slice(from).filter((event) => "room" in event);
  assert.deepEqual(
    told.map((event) => ({ ...event, room: 0 })),
    [{ type: "left", room: 0 }, { type: "left", room: 0 }],
  );
});
