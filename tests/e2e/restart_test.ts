/** Stops: in order, and in the middle of everything. What was acknowledged is there afterwards. */
import assert from "node:assert/strict";
import { type Program, startProgram } from "../support/program.ts";
import {
  ChatSocket,
  fetchRoom,
  type MemberRoom,
  type Person,
  signUp,
} from "../support/chat_client.ts";
import { violations } from "../support/oracle.ts";
import { evidenceOf, ReconnectingClient } from "../support/reconnecting_client.ts";

/** How often the program is killed; many in a soak. */
const ROUNDS = Number(Deno.env.get("CONFAB_TEST_ROUNDS") ?? 2);
const CLIENTS = 4;

const ENV = {
  CONFAB_AUTH_RATE: "0",
  CONFAB_SEND_RATE: "0",
  CONFAB_CONNECTIONS_PER_USER: "0",
  CONFAB_CONNECTIONS_PER_ADDRESS: "0",
};

function test(name: string, run: (program: Program) => Promise<void>): void {
  Deno.test({
    name,
    sanitizeResources: true,
    async fn() {
      await using program = await startProgram({ env: ENV });
      await run(program);
    },
  });
}

async function roomOf(people: Person[]): Promise<number> {
  const [owner, ...others] = people;
  const body = { kind: "private", name: "traffic" };
  const { id } = await owner!.api.post<MemberRoom>("/api/rooms", body);
  for (const other of others) await owner!.api.put(`/api/rooms/${id}/members/${other.id}`);
  return id;
}

const signUpMany = (url: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => signUp(url, `person-${at + 1}`)));

/** Writes, edits and reacts until it is told to stop. */
async function talk(client: ReconnectingClient, room: number, isOver: () => boolean) {
  for (let at = 0; !isOver(); at++) {
    const message = await client.send(room, `${client.person.username} ${at}`);
    if (at % 3 === 0) await client.change(room, { type: "edit", message, text: `edited ${at}` });
    if (at % 5 === 0) await client.change(room, { type: "react", message, emoji: "👍", on: true });
    if (at % 7 === 0) await client.change(room, { type: "delete", message });
  }
}

for (const signal of ["SIGKILL", "SIGTERM"] as const) {
  test(`nothing is lost or doubled when the program gets ${signal} in mid traffic`, async (program) => {
    const people = await signUpMany(program.url, CLIENTS);
    const rooms = [await roomOf(people), await roomOf(people)];
    const clients = people.map((person) => new ReconnectingClient(person, rooms));
    for (const client of clients) client.start();
    let over = false;
    const talking = clients.flatMap((client) =>
      rooms.flatMap((room) => [0, 1].map(() => talk(client, room, () => over)))
    );
    const acked = () => clients.flatMap(({ attempts }) => attempts).filter((each) => each.acked);
    for (let round = 1; round <= ROUNDS; round++) {
      const before = acked().length;
      while (acked().length < before + 150) await new Promise((resolve) => setTimeout(resolve, 5));
      await program.kill(signal);
      await program.restart();
    }
    over = true;
    await Promise.all(talking);
    const evidence = await evidenceOf(clients, rooms);
    assert.deepEqual(violations(evidence), []);
    assert.ok(acked().length >= 150 * ROUNDS);
    for (const client of clients) await client.stop();
  });
}

test("sessions outlive a crash: the same token opens the same account", async (program) => {
  const [ann] = await signUpMany(program.url, 1);
  const before = await ChatSocket.connect(ann!);
  const sent = await before.send(1, "before the crash");
  await program.kill("SIGKILL");
  await before.closed;
  await program.restart();
  await using after = await ChatSocket.connect(ann!);
  assert.equal(after.ready.epoch, before.ready.epoch);
  assert.deepEqual(after.ready.user, ann!.user);
  const { messages } = await fetchRoom(ann!.api, 1);
  assert.deepEqual(messages.map(({ id }) => id), [sent.id]);
});

test("who was signed out before a crash is signed out after it", async (program) => {
  const [ann] = await signUpMany(program.url, 1);
  await ann!.api.request("POST", "/api/logout");
  await program.kill("SIGKILL");
  await program.restart();
  assert.equal((await ann!.api.request("GET", "/api/me")).status, 401);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} says bye, closes with 1012 and ends with code 0`, async (program) => {
    const people = await signUpMany(program.url, 2);
    const sockets = await Promise.all(people.map((person) => ChatSocket.connect(person)));
    await sockets[0]!.send(1, "the last words");
    const status = await program.kill(signal);
    assert.deepEqual(status, { code: 0, signal: null });
    for (const socket of sockets) {
      assert.equal((await socket.closed).code, 1012);
      const last = socket.log.at(-1)!;
      assert.equal(last.type, "bye");
      if (last.type !== "bye") continue;
      assert.ok(last.reason.length > 0);
      assert.ok(Number.isInteger(last.retryAfter) && last.retryAfter >= 0);
    }
    await program.restart();
    const { messages } = await fetchRoom(people[0]!.api, 1);
    assert.deepEqual(messages.map(({ text }) => text), ["the last words"]);
  });
}
