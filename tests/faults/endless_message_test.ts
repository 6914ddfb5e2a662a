/**
 * A message without end: the runtime keeps every fragment of it and tells nobody. The server must
 * end the session of whoever sends it before memory runs out, and everyone else must notice a
 * second at most and miss nothing.
 */
import assert from "node:assert/strict";
import {
  ChatSocket,
  fetchRoom,
  type Message,
  newClientId,
  type Person,
  signUp,
} from "../support/chat_client.ts";
import { type Program, startProgram } from "../support/program.ts";
import { encodeFrame, OPCODE, RawSocket } from "../support/raw_socket.ts";

const GENERAL = 1;
const MIB = 2 ** 20;
const LIMIT = 256 * MIB;
/** What a flood at the speed of the loopback may bring in before it is found. */
const OVERSHOOT = 512 * MIB;
/** Where the test gives up, so that a server without a guard does not take the machine with it. */
const MOST = 2 * (LIMIT + OVERSHOOT);
/** A second, and what a machine with other work to do adds, milliseconds. */
const NOTICED = 2_000;

const BODY = new Uint8Array(60_000).fill(0x61);
const FRAGMENT = encodeFrame(OPCODE.continuation, BODY, { final: false });

/** Sends one message until the server hangs up; gives its bytes. */
async function sendWithoutEnd(url: string, headers: Record<string, string>): Promise<number> {
  using socket = await RawSocket.open(url, { headers });
  await socket.write(encodeFrame(OPCODE.text, BODY, { final: false }));
  let sent = BODY.length;
  while (await socket.write(FRAGMENT)) {
    sent += BODY.length;
    if (sent > MOST) throw new Error(`The server took ${sent} bytes of a message without end`);
  }
  return sent;
}

/** Somebody with nothing to hide: talks, comes back when cut off, and asks what was missed. */
class Talker {
  readonly said: string[] = [];
  readonly heard = new Map<number, string>();
  connections = 0;
  /** How long the slowest message took to be acknowledged, over whatever happened, ms. */
  slowest = 0;
  #socket: ChatSocket | null = null;

  constructor(private readonly person: Person) {}

  async connect(): Promise<ChatSocket> {
    if (this.#socket?.isOpen) return this.#socket;
    this.connections += 1;
    this.#socket = await ChatSocket.connect(this.person, {
      onEvent: (event) => {
        if (event.type === "message") this.#hear([event.message]);
        if (event.type === "changes") this.#hear(event.messages);
      },
    });
    await this.#socket.command({ type: "sync", rooms: { [GENERAL]: this.heard.size } });
    return this.#socket;
  }

  /** Talks until the work is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    let working = true;
    const end = () => void (working = false);
    work.then(end, end);
    while (working) {
      const begin = performance.now();
      await this.#say(`message ${this.said.length}`);
      this.slowest = Math.max(this.slowest, performance.now() - begin);
    }
    return work;
  }

  /** All that was said is in the room, in its order and once, and all of it was heard. */
  async verify(): Promise<void> {
    const socket = await this.connect();
    await socket.settled();
    const { messages } = await fetchRoom(this.person.api, GENERAL);
    assert.deepEqual(messages.map(({ text }) => text), this.said);
    assert.deepEqual(messages.map(({ rev }) => this.heard.get(rev)), this.said);
    await socket.close();
  }

  async #say(text: string): Promise<void> {
    this.said.push(text);
    const clientId = newClientId();
    for (;;) {
      const socket = await this.connect();
      try {
        return void await socket.send(GENERAL, text, clientId);
      } catch (error) {
        if (socket.isOpen) throw error; // cut off: once more, with the same id
      }
    }
  }

  #hear(messages: Message[]): void {
    for (const { rev, text } of messages) this.heard.set(rev, text);
  }
}

/** The most bytes of memory that the process ever had, and what it has now. */
async function memoryOf({ pid }: Program): Promise<{ peak: number; now: number }> {
  // By another program: Deno reads /proc only where everything is allowed.
  const { stdout } = await new Deno.Command("cat", { args: [`/proc/${pid}/status`] }).output();
  const status = new TextDecoder().decode(stdout);
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)![1]);
  return { peak: of("VmHWM") * 1024, now: of("VmRSS") * 1024 };
}

async function statusOf({ api }: Person): Promise<number> {
  return (await api.request("GET", "/api/me")).status;
}

/** The store is asked a moment after the connection has ended. */
async function revoked(person: Person): Promise<void> {
  const deadline = performance.now() + NOTICED;
  while (await statusOf(person) !== 401) {
    assert.ok(performance.now() < deadline, "the session is still good");
  }
}

function faultTest(name: string, run: (program: Program) => Promise<void>): void {
  Deno.test({
    name,
    ignore: Deno.build.os !== "linux", // memory is read from /proc
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      const env = { CONFAB_MEMORY_LIMIT: String(LIMIT / MIB), CONFAB_SEND_RATE: "0" };
      await using program = await startProgram({ env });
      await run(program);
    },
  });
}

faultTest(
  "a message without end costs its sender the session, and memory comes back",
  async (program) => {
    const [ann, eve] = [await signUp(program.url, "ann"), await signUp(program.url, "eve")];
    const talker = new Talker(ann);
    const sent = await talker.during(sendWithoutEnd(program.url, eve.api.headers));
    await revoked(eve);
    await talker.verify();
    assert.equal(await statusOf(ann), 200);
    assert.ok(talker.connections <= 2, `cut off ${talker.connections - 1} times`);
    assert.ok(talker.slowest < NOTICED, `an ack took ${talker.slowest} ms`);

    const { peak, now } = await memoryOf(program);
    assert.ok(sent > LIMIT / 4, `only ${sent} bytes were needed`);
    assert.ok(peak < LIMIT + OVERSHOOT, `memory came to ${peak} bytes`);
    assert.ok(now < 0.75 * LIMIT, `memory is still at ${now} bytes`);
    assert.match(program.stderr(), /a connection sent a message without end user=2 session=2 /);
  },
);

faultTest(
  "a message without end from somebody who never signed in is ended too",
  async (program) => {
    const talker = new Talker(await signUp(program.url, "ann"));
    await talker.during(sendWithoutEnd(program.url, {}));
    await talker.verify();
    const { now } = await memoryOf(program);
    assert.ok(now < 0.75 * LIMIT, `memory is still at ${now} bytes`);
  },
);
