/** Stops: in order, and in the middle of everything. What was acknowledged is there afterwards. */
import assert from "node:assert/strict";
import { type Program, startProgram } from "../support/program.ts";
import { tryAlone } from "../support/other_program.ts";
import { ChatSocket, fetchRoom, signUp } from "../support/chat_client.ts";
import { faultTest, ROUNDS, Scene } from "../faults/scene.ts";
import { startTraffic } from "../faults/traffic.ts";

const PEOPLE = 4;
/** How many things each of them does at once, over one connection. */
const AT_ONCE = 4;
/** What must be acknowledged before the next stop. */
const ACKS = 150;

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

const signUpMany = (url: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => signUp(url, `person-${at + 1}`)));

for (const signal of ["SIGKILL", "SIGTERM"] as const) {
  faultTest(
    `nothing is lost or doubled when the program gets ${signal} in mid traffic`,
    async (random) => {
      await Scene.run(random, { people: PEOPLE }, async (scene) => {
        const { program, people } = scene;
        const [owner, ...others] = people;
        const rooms = [await scene.room(owner!, ...others), await scene.room(owner!, ...others)];
        const participants = people.map((person) => scene.join(person));
        await Promise.all(participants.map((each) => each.settled()));
        const writers = participants.flatMap((each) => Array.from({ length: AT_ONCE }, () => each));
        const traffic = startTraffic(writers, () => rooms, random);
        const acked = () =>
          participants.reduce((sum, { log }) => sum + log.acked.length + log.changed.length, 0);
        for (let round = 0; round < ROUNDS; round++) {
          const enough = acked() + ACKS;
          await participants[0]!.until(() => acked() >= enough, () => `${enough} acks`);
          await program.kill(signal);
          await program.restart();
        }
        await traffic.end();
        await scene.verify();
        assert.ok(acked() >= ACKS * ROUNDS);
      });
    },
  );
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

test("what is acknowledged after another program wanted the database for itself outlives a kill", async (program) => {
  const ann = await signUp(program.url, "ann");
  const socket = await ChatSocket.connect(ann);
  const path = `${program.dataDir}/chat.db`;
  const log = async () => (await Deno.stat(`${path}-wal`)).ino;
  await socket.send(1, "before");
  const before = await log();
  assert.match(await tryAlone(path), /locked/);
  assert.equal(await log(), before);
  await socket.send(1, "after");
  await program.kill("SIGKILL");
  await socket.closed;
  await program.restart();
  const { messages } = await fetchRoom(ann.api, 1);
  assert.deepEqual(messages.map(({ text }) => text), ["before", "after"]);
});
