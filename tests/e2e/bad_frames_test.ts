/** Bad frames: a clear error, nothing changed, and honest people go on talking. */
import assert from "node:assert/strict";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { type ChatSocket, fetchRoom, newClientId } from "../support/chat_client.ts";
import { encodeFrame, OPCODE, RawSocket } from "../support/raw_socket.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

/** Sends a frame as it is; the error that answers it, and proof that the connection stays. */
async function complaint(socket: ChatSocket, frame: string | Uint8Array<ArrayBuffer>) {
  const from = socket.log.length;
  socket.sendRaw(frame);
  const error = await socket.event("error", () => true, from);
  assert.ok(error.message.length > 0);
  return error;
}

async function alone() {
  const ann = await house.person();
  const room = (await house.room(ann)).id;
  return { ann, room, socket: await house.connect(ann) };
}

test("what is not a JSON object with a known type is a bad request, and the connection stays", async () => {
  const { ann } = await alone();
  const frames: (string | Uint8Array<ArrayBuffer>)[] = [
    "",
    "hello",
    "{",
    "null",
    "7",
    '"send"',
    "[]",
    '[{"type":"pong"}]',
    "{}",
    '{"type":7}',
    '{"type":null}',
    '{"type":"nothing"}',
    '{"type":"constructor"}',
    '{"type":"__proto__"}',
    '{"type":"toString"}',
    new Uint8Array([1, 2, 3]),
    new TextEncoder().encode('{"type":"pong"}'),
    "[".repeat(30_000),
  ];
  let socket = await house.connect(ann);
  for (const [at, frame] of frames.entries()) {
    if (at === 15) socket = await house.connect(ann); // twenty would close it
    const error = await complaint(socket, frame);
    assert.equal(error.code, "bad_request", String(frame).slice(0, 40));
    assert.equal(error.ref, undefined);
  }
  await socket.settled();
});

test("a command of an unknown type is told so with its ref, and a ref may be 64 emoji", async () => {
  const { socket } = await alone();
  const ref = "👍".repeat(64);
  const error = await complaint(socket, JSON.stringify({ type: "nonsense", ref }));
  assert.deepEqual([error.code, error.ref], ["bad_request", ref]);
  socket.sendRaw(JSON.stringify({ type: "status", status: "online", ref }));
  await socket.event("ack", (ack) => ack.ref === ref);
  await socket.settled();
});

test("a command that fails its schema is invalid, answers with its ref and changes nothing", async () => {
  const { ann, room, socket: first } = await alone();
  const { id: message } = await first.send(room, "untouched");
  const send = { type: "send", clientId: newClientId(), room, text: "x" };
  const edit = { type: "edit", message, text: "x" };
  const react = { type: "react", message, emoji: "👍", on: true };
  const commands: Record<string, unknown>[] = [
    { ...send, text: undefined },
    { ...send, text: 7 },
    { ...send, text: ["x"] },
    { ...send, text: "\ud800" },
    { ...send, text: "a\u0000b" },
    { ...send, room: String(room) },
    { ...send, room: -1 },
    { ...send, room: 1.5 },
    { ...send, room: 1e300 },
    { ...send, room: null },
    { ...send, clientId: "short" },
    { ...send, clientId: "x".repeat(65) },
    { ...send, clientId: "spaces are not in it" },
    { ...send, replyTo: "1" },
    { ...send, files: "1" },
    { ...send, files: Array.from({ length: 11 }, (_, at) => at + 1) },
    { ...send, userId: 1 },
    { ...send, ts: 0 },
    { ...edit, message: {} },
    { ...edit, room },
    { ...react, on: "true" },
    { ...react, emoji: "thumbs up" },
    { type: "delete" },
    { type: "delete", message: [message] },
    { type: "read", room, seq: -1 },
    { type: "read", room, seq: "1" },
    { type: "sync" },
    { type: "sync", rooms: [] },
    { type: "sync", rooms: { [room]: "0" } },
    { type: "sync", rooms: { [room]: -1 } },
    { type: "sync", rooms: { abc: 0 } },
    { type: "sync", rooms: { "01": 0 } },
    { type: "typing" },
    { type: "typing", room, userId: 1 },
    { type: "status", status: "offline" },
    { type: "status", status: "busy" },
    { type: "pong", extra: 1 },
  ];
  for (let at = 0; at < commands.length; at += 15) {
    const socket = await house.connect(ann);
    for (const command of commands.slice(at, at + 15)) {
      await assert.rejects(
        socket.command(command),
        { code: "invalid" },
        JSON.stringify(command),
      );
    }
    await socket.settled();
  }
  const { messages, head } = await fetchRoom(ann.api, room);
  assert.equal(head, 1);
  assert.equal(messages[0]!.text, "untouched");
});

test("a key called __proto__ is an unknown field like any other", async () => {
  const { ann, room, socket } = await alone();
  const clientId = newClientId();
  const frames = [
    `{"type":"send","clientId":"${clientId}","room":${room},"text":"x","__proto__":{"a":1}}`,
    `{"type":"send","clientId":"${clientId}","room":${room},"text":"x","constructor":{"a":1}}`,
    `{"type":"sync","rooms":{"__proto__":0}}`,
    `{"type":"sync","rooms":{"${room}":0,"__proto__":{"1":0}}}`,
    `{"type":"sync","rooms":{"constructor":0}}`,
  ];
  for (const frame of frames) {
    assert.equal((await complaint(socket, frame)).code, "invalid", frame);
  }
  const inherited = await complaint(socket, `{"__proto__":{"type":"pong"}}`);
  assert.equal(inherited.code, "bad_request");
  const bodies: [string, string, string][] = [
    ["POST", `/api/rooms/${room}/messages`, `{"text":"x","__proto__":{"a":1}}`],
    ["PATCH", "/api/me", `{"__proto__":{"role":"owner"}}`],
    ["PATCH", `/api/rooms/${room}`, `{"__proto__":{"archived":true}}`],
    ["POST", "/api/rooms", `{"kind":"public","name":"x","__proto__":{}}`],
    ["POST", "/api/rooms", `{"__proto__":{"kind":"public","name":"x"}}`],
  ];
  for (const [method, path, body] of bodies) {
    const problem = await ann.api.refused(method, path, body);
    assert.equal(problem.status, 422, body);
  }
  assert.equal((await fetchRoom(ann.api, room)).head, 0);
});

test("a ref of up to 64 characters comes back, a longer one is refused", async () => {
  const { socket } = await alone();
  const command = { type: "status", status: "online" };
  const ref = "r".repeat(64);
  socket.tell({ ...command, ref });
  await socket.event("ack", (ack) => ack.ref === ref);
  const refused = await complaint(socket, JSON.stringify({ ...command, ref: `${ref}r` }));
  assert.equal(refused.code, "invalid");
  socket.tell(command);
  const unasked = await socket.event("ack", (ack) => ack.ref !== ref);
  assert.ok(!("ref" in unasked), "who sends none gets none");
});

test("twenty bad frames in a minute close the connection with 4400, and harm nobody else", async () => {
  const { ann, room, socket } = await alone();
  const honest = await house.connect(ann);
  for (let at = 0; at < 19; at++) socket.sendRaw("nonsense");
  await socket.settled();
  assert.equal(socket.all("error").length, 19);
  socket.sendRaw("nonsense");
  const { code } = await socket.closed;
  assert.equal(code, 4400);
  await honest.send(room, "still here");
});

test("a flood of bad frames costs one connection and nothing else", async () => {
  const { ann, room, socket } = await alone();
  const honest = await house.connect(ann);
  for (let at = 0; at < 1_000; at++) socket.sendRaw(at % 2 === 0 ? "nonsense" : '{"type":"x"}');
  assert.equal((await socket.closed).code, 4400);
  assert.ok(socket.all("error").length <= 20);
  await honest.send(room, "still here");
});

test("frames up to 64 KiB are read, larger ones end the connection with 1009", async () => {
  const { ann } = await alone();
  const frame = (bytes: number, letter = "x") => {
    const empty = JSON.stringify({ type: "pong", pad: "" });
    return JSON.stringify({
      type: "pong",
      pad: letter.repeat((bytes - empty.length) / new TextEncoder().encode(letter).length),
    });
  };
  const [fits, large, wide] = [
    await house.connect(ann),
    await house.connect(ann),
    await house.connect(ann),
  ];
  assert.equal((await complaint(fits, frame(LIMITS.frameBytes))).code, "invalid");
  await fits.settled();
  large.sendRaw(frame(LIMITS.frameBytes + 1));
  assert.equal((await large.closed).code, 1009);
  wide.sendRaw(frame(LIMITS.frameBytes + 300, "ж"));
  assert.equal((await wide.closed).code, 1009, "bytes count, not letters");
});

test("a message in fragments is one message, whatever its parts; too large, it ends with 1009", async () => {
  const { ann, room, socket } = await alone();
  using parts = await RawSocket.open(house.url, { headers: ann.api.headers });
  const text = JSON.stringify({ type: "send", clientId: newClientId(), room, text: "in parts" });
  await parts.write(encodeFrame(OPCODE.text, text.slice(0, 10), { final: false }));
  await parts.write(encodeFrame(OPCODE.ping, "in between"));
  await parts.write(encodeFrame(OPCODE.continuation, text.slice(10)));
  await socket.event("message", ({ message }) => message.text === "in parts");

  using large = await RawSocket.open(house.url, { headers: ann.api.headers });
  const piece = "x".repeat(13_000);
  await large.write(encodeFrame(OPCODE.text, piece, { final: false }));
  for (let at = 0; at < 4; at++) {
    await large.write(encodeFrame(OPCODE.continuation, piece, { final: false }));
  }
  await large.write(encodeFrame(OPCODE.continuation, piece));
  assert.equal(await large.closed, 1009);
});

test("text that is not UTF-8 ends its own connection and no other", async () => {
  const { ann, room, socket } = await alone();
  using raw = await RawSocket.open(house.url, { headers: ann.api.headers });
  await raw.write(encodeFrame(OPCODE.text, new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])));
  const code = await raw.closed;
  // 1006: it ended without a close frame.
  assert.ok(code === 1007 || code === 1006, `closed with ${code}`);
  await socket.send(room, "still here");
});

test("half a request, and a peer that hangs up in the middle of a message, harm nobody", async () => {
  const { ann, room, socket } = await alone();
  const { hostname, port } = new URL(house.url);
  for (let at = 0; at < 50; at++) {
    const connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(new TextEncoder().encode("POST /api/login HTTP/1.1\r\nContent-Le"));
    connection.close();
    using raw = await RawSocket.open(house.url, { headers: ann.api.headers });
    await raw.write(encodeFrame(OPCODE.text, '{"type":"se', { final: false }));
  }
  await socket.send(room, "still here");
  assert.equal((await house.stranger.request("GET", "/readyz")).status, 200);
});

test("nothing that was refused left a line of error in the log", async () => {
  const socket = await house.connect(await house.person());
  await socket.send(GENERAL, "still here");
  assert.doesNotMatch(house.program.stderr(), / error /);
});
