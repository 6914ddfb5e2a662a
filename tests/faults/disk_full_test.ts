/** A disk that is full: no false ack, reads go on, and all is well again when there is room. */
import assert from "node:assert/strict";
import { type Answer, type Problem } from "../support/chat_client.ts";
import { faultTest, GENERAL, report, ROUNDS, Scene } from "./scene.ts";
import { LocalServer } from "./local_server.ts";
import { startTraffic } from "./traffic.ts";
import { mountSmallDisk } from "../support/small_disk.ts";
import { historyOf } from "../support/store_reads.ts";

/** Of the small disk; SQLite's log grows to 16 MB before it is folded in. */
const DISK_BYTES = 48 << 20;
const PEOPLE = 6;
const DEADLINE = 30_000;

faultTest(
  "on a full disk nothing is acknowledged in vain, and it recovers by itself",
  async (random) => {
    await using disk = await mountSmallDisk(DISK_BYTES);
    if (disk === null) return report("left out: this machine lets nobody mount a disk");
    const dataDir = `${disk.path}/data`;
    await Deno.mkdir(dataDir);
    await Scene.run(random, { people: PEOPLE, dataDir }, async (scene) => {
      const { pid } = scene.program;
      const participants = scene.people.map((person) => scene.join(person));
      await Promise.all(participants.map((each) => each.settled()));
      const traffic = startTraffic(participants, () => [GENERAL], random);
      const [ann] = participants;
      for (let round = 0; round < ROUNDS; round++) {
        const acked = ann!.log.acked.length;
        await ann!.until(() => ann!.log.acked.length > acked + 20, () => "traffic");
        await fill(disk.path);
        const refused = participants.reduce((sum, { retries }) => sum + retries, 0);
        await ann!.until(
          () => participants.reduce((sum, { retries }) => sum + retries, 0) > refused + PEOPLE,
          () => "refusals",
        );
        await assertReadOnly(scene, disk.path);
        await Deno.remove(`${disk.path}/ballast`);
        await untilReady(scene);
      }
      await traffic.end();
      await scene.verify();
      assert.equal(scene.program.pid, pid, "without a restart");
      const sum = (of: (each: (typeof participants)[0]) => number) =>
        participants.reduce((total, each) => total + of(each), 0);
      report(
        `${ROUNDS} times full: ${sum(({ log }) => log.acked.length)} messages acknowledged, ` +
          `${sum(({ retries }) => retries)} refusals that were tried again, 0 violations`,
      );
    });
  },
);

/** What a full disk leaves: everything that reads. */
async function assertReadOnly(scene: Scene, disk: string): Promise<void> {
  const { api } = scene.owner;
  const write = () =>
    api.request<Problem>("POST", `/api/rooms/${GENERAL}/messages`, { text: "is there room?" });
  // SQLite still has the room that it took before: that goes first, by small writes as by large.
  await fill(disk);
  assertUnavailable(await untilRefused(write));
  assertUnavailable(await untilRefused(() => scene.stranger.request<Problem>("GET", "/readyz")));
  const signUp = () =>
    scene.stranger.request<Problem>("POST", "/api/signup", {
      username: `late-${scene.random.id().slice(0, 8)}`,
      password: "a long walk to the sea",
    });
  assertUnavailable(await untilRefused(signUp));
  for (
    const path of [
      "/healthz",
      "/api/me",
      "/api/rooms",
      `/api/rooms/${GENERAL}/messages`,
      `/api/rooms/${GENERAL}/changes?since=0`,
      `/rooms/${GENERAL}`,
    ]
  ) {
    assert.equal((await api.request("GET", path)).status, 200, path);
  }
  const late = scene.join(scene.people[1]!);
  await late.settled();
}

function assertUnavailable({ status, body, headers, text }: Answer<Problem>): void {
  assert.equal(status, 503, text);
  assert.equal(body.code, "unavailable");
  assert.match(headers.get("retry-after") ?? "", /^\d+$/);
}

async function untilRefused(ask: () => Promise<Answer<Problem>>): Promise<Answer<Problem>> {
  const deadline = performance.now() + DEADLINE;
  for (;;) {
    const answer = await ask();
    if (answer.status >= 300) return answer;
    if (performance.now() > deadline) throw new Error("The disk is full and nobody minds");
  }
}

async function untilReady(scene: Scene): Promise<void> {
  const deadline = performance.now() + DEADLINE;
  for (;;) {
    const { status, text } = await scene.stranger.request("GET", "/readyz");
    if (status === 200) return;
    if (performance.now() > deadline) throw new Error(`Not ready again: ${status} ${text}`);
  }
}

/** Takes all the room there is. */
async function fill(path: string): Promise<void> {
  using ballast = await Deno.open(`${path}/ballast`, { create: true, append: true, write: true });
  for (let size = 1 << 20; size >= 1;) {
    try {
      await ballast.write(new Uint8Array(size));
    } catch {
      size >>= 1; // no room for this much
    }
  }
}

/** The same on machines where no disk can be made: the database's Worker fails to commit. */
faultTest("with a store that cannot commit, nothing is acknowledged in vain", async (random) => {
  const worker = new URL("../store/sqlite/failing_worker.ts", import.meta.url);
  const createWorker = () => new Worker(worker, { type: "module" });
  await LocalServer.run({ createWorker }, async (server) => {
    const people = await server.signUp(4);
    const clients = await Promise.all(people.map((person) => server.connect(person, random)));
    const sendAll = async (type: "ack" | "error") => {
      const before = clients.map((client) => client.count(type));
      for (let count = 0; count < 10; count++) {
        for (const client of clients) client.send(GENERAL, `text ${random.id()}`);
      }
      await Promise.all(
        clients.map((client, index) =>
          client.until(() => client.count(type) === before[index]! + 10, `ten more of ${type}`)
        ),
      );
    };
    for (let round = 0; round < ROUNDS; round++) {
      await sendAll("ack");
      await Deno.writeTextFile(`${server.path}.full`, "");
      await sendAll("error");
      await assert.rejects(server.store.probe({ now: server.now() }), { code: "unavailable" });
      const page = await historyOf(server.store, {
        userId: people[0]!.user.id,
        room: GENERAL,
        anchor: {},
        limit: 100,
      });
      assert.ok(page.messages.length > 0, "reads go on");
      await Deno.remove(`${server.path}.full`);
      await server.store.probe({ now: server.now() });
    }
    await sendAll("ack");
    const errors = clients.flatMap((client) =>
      client.events.filter((event) => event.type === "error")
    );
    assert.deepEqual([...new Set(errors.map(({ code }) => code))], ["unavailable"]);
    assert.ok(errors.every(({ retryAfter }) => retryAfter !== undefined && retryAfter > 0));
    await server.verify();
  });
});
