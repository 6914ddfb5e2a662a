/**
 * Frames and requests that no well-meaning client sends: the program is alive at the end, and
 * honest people are served all the while.
 */
import assert from "node:assert/strict";
import type { Participant } from "./participant.ts";
import { encodeFrame, OPCODE, RawSocket } from "../support/raw_socket.ts";
import { residentMegabytes } from "./process.ts";
import { faultTest, GENERAL, report, Scene, SOAK } from "./scene.ts";

const KIB = 1024;
/** Longer than any honest person should wait for an ack, on a machine that others use too (ms). */
const HONEST_WAIT = SOAK ? 2_000 : 5_000;
const DEADLINE = 30_000;

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Two people talk while something happens; each message must be acknowledged in time. */
async function whileServed(scene: Scene, attack: () => Promise<void>): Promise<void> {
  const [ann, bob] = [scene.join(scene.people[0]!), scene.join(scene.people[1]!)];
  await Promise.all([ann.settled(), bob.settled()]);
  let over = false;
  const waits: number[] = [];
  const talk = async (writer: Participant) => {
    do {
      const from = performance.now();
      await writer.send(GENERAL, `hello ${scene.random.id()}`);
      waits.push(performance.now() - from);
      // One after the other, as people do: a pass of the loop lets everybody else go first.
      await new Promise<void>((resolve) => setTimeout(resolve, 5));
    } while (!over);
    await writer.send(GENERAL, "and still here");
  };
  const talking = Promise.all([ann, bob].map(talk));
  talking.catch(() => {}); // awaited below
  try {
    await attack();
  } finally {
    over = true;
  }
  await talking;
  await scene.verify();
  assert.deepEqual([ann, bob].flatMap(({ closes }) => closes), [], "nobody lost the connection");
  assert.equal((await scene.stranger.request("GET", "/readyz")).status, 200);
  const longest = Math.max(...waits);
  assert.ok(longest < HONEST_WAIT, `somebody waited ${longest} ms`);
  report(`${waits.length} honest messages, the longest waited ${longest.toFixed(0)} ms`);
}

/** A connection of the third person, who means no good. */
async function attacker(scene: Scene, onText: (text: string) => void = () => {}) {
  const ready = Promise.withResolvers<void>();
  const socket = await RawSocket.open(scene.url, {
    headers: scene.people[2]!.api.headers as Record<string, string>,
    onText(text) {
      ready.resolve();
      onText(text);
    },
  });
  await within(Promise.race([ready.promise, socket.closed]), "ready");
  return socket;
}

async function within<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No ${what} in ${DEADLINE} ms`)), DEADLINE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function framesTest(name: string, attack: (scene: Scene) => Promise<void>): void {
  faultTest(
    name,
    (random) =>
      Scene.run(random, { people: 3 }, (scene) => whileServed(scene, () => attack(scene))),
  );
}

/** Sends frames; the code with which the server ends the connection. */
async function closedBy(scene: Scene, ...frames: Uint8Array<ArrayBuffer>[]): Promise<number> {
  using socket = await attacker(scene);
  for (const frame of frames) if (!await socket.write(frame)) break;
  return await within(socket.closed, "close");
}

const sendOf = (bytes: number) => {
  const command = { type: "send", clientId: "0123456789abcdef", room: GENERAL, text: "" };
  return JSON.stringify({ ...command, text: "x".repeat(bytes - JSON.stringify(command).length) });
};

framesTest("65 KiB end the connection with 1009, whole and in fragments", async (scene) => {
  const large = utf8(sendOf(65 * KIB));
  assert.equal(await closedBy(scene, encodeFrame(OPCODE.text, large)), 1009);
  assert.equal(await closedBy(scene, ...fragments(large, 1000)), 1009);
  assert.equal(await closedBy(scene, encodeFrame(OPCODE.text, "é".repeat(33 * KIB))), 1009);
  // The largest that is allowed is read, and refused for what it says alone.
  const answers: string[] = [];
  using socket = await attacker(scene, (text) => void answers.push(text));
  await socket.write(encodeFrame(OPCODE.text, sendOf(64 * KIB)));
  for (const frame of fragments(utf8(sendOf(64 * KIB)), 1000)) await socket.write(frame);
  await socket.send('{"type":"sync","rooms":{},"ref":"still here"}');
  await untilSome(answers, "still here", socket);
  assert.equal(answers.join().match(/"code":"invalid"/g)?.length, 2);
});

function* fragments(bytes: Uint8Array<ArrayBuffer>, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    const final = at + size >= bytes.length;
    const opcode = at === 0 ? OPCODE.text : OPCODE.continuation;
    yield encodeFrame(opcode, bytes.slice(at, at + size), { final });
  }
}

/** Sends pongs, which nobody answers, until a text has come: the time that passes is the server's. */
async function untilSome(texts: string[], wanted: string, socket: RawSocket): Promise<void> {
  const deadline = performance.now() + DEADLINE;
  while (!texts.some((text) => text.includes(wanted))) {
    if (performance.now() > deadline) throw new Error(`Nothing came with ${wanted}`);
    await new Promise<void>((resolve) => setTimeout(resolve, 10));
    await socket.write(encodeFrame(OPCODE.pong));
  }
}

framesTest(
  "bytes that are no UTF-8, and frames against the rules, end their connection alone",
  async (scene) => {
    const bad = [
      encodeFrame(OPCODE.text, new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])),
      encodeFrame(OPCODE.text, new Uint8Array([0xed, 0xa0, 0x80])), // half a surrogate pair
      encodeFrame(OPCODE.text, "{}", { reserved: 4 }),
      encodeFrame(OPCODE.continuation, "{}"),
      encodeFrame(3, "{}"), // an opcode that means nothing
      encodeFrame(OPCODE.ping, new Uint8Array(126)), // control frames hold 125 bytes
      encodeFrame(OPCODE.ping, "", { final: false }),
      encodeFrame(OPCODE.close, new Uint8Array([3])),
      encodeFrame(OPCODE.close, new Uint8Array([3, 0xe8, 0xff, 0xff])),
      new Uint8Array([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), // 2^63 bytes
      new Uint8Array(4096).fill(0xff),
    ];
    for (const frame of bad) await closedBy(scene, frame, encodeFrame(OPCODE.close, ""));
  },
);

framesTest("malformed frames end their connections with 4400", async (scene) => {
  const frames = malformed();
  const total = SOAK ? 100_000 : 6_000;
  const perConnection = 20;
  const codes = new Map<number, number>();
  const lane = async (count: number) => {
    for (let i = 0; i < count; i++) {
      using socket = await attacker(scene);
      for (let j = 0; j < perConnection; j++) {
        if (!await socket.write(frames[(i * perConnection + j) % frames.length]!)) break;
      }
      const code = await within(socket.closed, "close");
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  const lanes = 20;
  await Promise.all(Array.from({ length: lanes }, () => lane(total / perConnection / lanes)));
  assert.deepEqual([...codes.keys()], [4400], JSON.stringify([...codes]));
  report(`${total} malformed frames over ${total / perConnection} connections`);
});

function malformed(): Uint8Array<ArrayBuffer>[] {
  const deep = (open: string, close: string) => open.repeat(5000) + close.repeat(5000);
  const texts = [
    "",
    "{",
    "null",
    "42",
    '"send"',
    "[]",
    "{}",
    '{"type":"nothing"}',
    '{"type":"__proto__"}',
    '{"type":"constructor"}',
    '{"type":["send"]}',
    '{"type":"send"}',
    '{"type":"send","room":"1","clientId":"x","text":7}',
    '{"type":"sync","rooms":{"__proto__":1}}',
    '{"type":"sync","rooms":[1]}',
    '{"type":"typing","room":1e999}',
    '{"type":"status","status":"gone"}',
    '{"type":"pong","more":true}',
    '{"type":"auth","token":"x"}',
    deep("[", "]"),
    deep('{"a":', "").replace(/$/, "1") + "}".repeat(5000),
    "[".repeat(60 * KIB),
    `{"type":"send","room":1,"clientId":"0123456789abcdef","text":${deep("[", "]")}}`,
    `{"type":"sync","rooms":${deep('{"1":', "").replace(/$/, "1") + "}".repeat(5000)}}`,
  ];
  return [
    ...texts.map((text) => encodeFrame(OPCODE.text, text)),
    encodeFrame(OPCODE.binary, '{"type":"pong"}'),
  ];
}

framesTest(
  "a flood that goes on after the close, and floods of pings, hold nobody up",
  async (scene) => {
    const count = SOAK ? 100_000 : 20_000;
    const flood = async (frame: Uint8Array<ArrayBuffer>, pause: boolean) => {
      using socket = await attacker(scene);
      if (pause) socket.pause();
      const many = 200;
      const chunk = new Uint8Array(frame.length * many);
      for (let i = 0; i < many; i++) chunk.set(frame, i * frame.length);
      for (let sent = 0; sent < count; sent += many) {
        // Who reads nothing may find that nobody reads it either: that is the end of this flood.
        if (!await soon(socket.write(chunk))) break;
      }
    };
    await Promise.all([
      flood(encodeFrame(OPCODE.text, "{"), false),
      flood(encodeFrame(OPCODE.text, "{"), true),
      flood(encodeFrame(OPCODE.ping, "x".repeat(125)), false),
      flood(encodeFrame(OPCODE.ping, "x".repeat(125)), true),
      flood(encodeFrame(OPCODE.pong, "x".repeat(125)), false),
      flood(encodeFrame(OPCODE.text, '{"type":"pong"}'), false),
    ]);
    const memory = await residentMegabytes(scene.program.pid);
    assert.ok(memory < 600, `memory stays bounded, not ${memory} MB`);
    report(`six floods of ${count}; the program has ${memory} MB`);
  },
);

/** False where it takes longer than a second. */
async function soon(written: Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), 1_000);
  });
  const result = await Promise.race([written, late]);
  clearTimeout(timer);
  return result;
}

framesTest("400 requests that were sent by half hold nobody up", async (scene) => {
  const halves = [
    "GET / HTTP/1.1\r\nHost: x\r\n",
    "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n",
    "POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
    "Content-Length: 1000\r\n\r\n{",
    "POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
    "Transfer-Encoding: chunked\r\n\r\n5\r\n{",
    "G",
  ];
  const connections = await Promise.all(Array.from({ length: 400 }, async (_, index) => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: scene.program.port });
    await connection.write(utf8(halves[index % halves.length]!));
    return connection;
  }));
  try {
    const late = scene.join(scene.people[2]!);
    await late.settled();
    for (let count = 0; count < 20; count++) {
      assert.equal((await scene.owner.api.request("GET", "/api/rooms")).status, 200);
    }
  } finally {
    for (const connection of connections) connection.close();
  }
});

const OPEN_FILES = 96;

faultTest(
  "without file descriptors left it serves who is there, and others again later",
  async (random) => {
    await Scene.run(random, { people: 4, openFiles: OPEN_FILES }, async (scene) => {
      await whileServed(scene, async () => {
        const connections: Deno.TcpConn[] = [];
        const open = async () => {
          try {
            const connection = await Deno.connect({
              hostname: "127.0.0.1",
              port: scene.program.port,
            });
            connections.push(connection);
            await connection.write(utf8("GET / HTTP/1.1\r\n"));
          } catch {
            // Reset: the port was let go of while this connection waited in its queue.
          }
        };
        // More than fit: the system takes them, the program cannot.
        await Promise.all(Array.from({ length: OPEN_FILES + 30 }, open));
        await untilLogged(scene, "listens again");
        for (const connection of connections) connection.close();
        // Those who come now wait in the port's queue until it is listened to again.
        const late = scene.join(scene.people[3]!);
        await late.settled();
      });
    });
  },
);

async function untilLogged(scene: Scene, sentence: string): Promise<void> {
  const deadline = performance.now() + DEADLINE;
  while (!scene.program.stderr().includes(sentence)) {
    if (performance.now() > deadline) {
      throw new Error(`It never said "${sentence}":\n${scene.program.stderr().slice(-2000)}`);
    }
    await new Promise<void>((resolve) => setTimeout(resolve, 20));
  }
}
