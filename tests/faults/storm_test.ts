/** Everybody comes back at once after a restart: all resume, and the store hardly notices. */
import assert from "node:assert/strict";
import { LocalServer } from "./local_server.ts";
import { cpuMilliseconds } from "./process.ts";
import { faultTest, GENERAL, report, Scene, SOAK } from "./scene.ts";

const CLIENTS = SOAK ? 2_000 : 300;
const WRITERS = 5;

faultTest(`${CLIENTS} clients who come back at once miss nothing`, async (random) => {
  await Scene.run(random, { people: CLIENTS }, async (scene) => {
    const everybody = scene.people.map((person) => scene.join(person));
    await Promise.all(everybody.map((each) => each.settled()));
    for (let count = 0; count < 20; count++) await everybody[0]!.send(GENERAL, `before ${count}`);
    await scene.program.kill("SIGKILL");
    const sends = everybody.slice(0, WRITERS).flatMap((each) =>
      Array.from({ length: 20 }, (_, count) => each.send(GENERAL, `while down ${count}`))
    );
    await scene.program.restart();
    const upAt = performance.now();
    const cpuAt = await cpuMilliseconds(scene.program.pid);
    await Promise.all(everybody.map((each) => each.until(() => each.isLive, () => "a reconnect")));
    await Promise.all(sends);
    await Promise.all(everybody.map((each) => each.settled()));
    const took = performance.now() - upAt;
    const cpu = await cpuMilliseconds(scene.program.pid) - cpuAt;
    await scene.verify();
    report(
      `all ${CLIENTS} resumed ${(took / 1000).toFixed(1)} s after the port was back, ` +
        `${(cpu / CLIENTS).toFixed(1)} ms of CPU each, 0 violations`,
    );
  });
});

/** Operations of the store for one who resumes: its session, its rooms; pages are shared. */
const MOST_OPERATIONS = 3;
const LOCAL_CLIENTS = 2_000;

faultTest("who resumes costs a few operations, and nobody reads a page twice", async (random) => {
  await LocalServer.run({}, async (server) => {
    const people = await server.signUp(20);
    const writer = await server.connect(people[0]!, random);
    const gone = await Promise.all(
      Array.from(
        { length: LOCAL_CLIENTS },
        (_, index) => server.connect(people[index % people.length]!, random),
      ),
    );
    // They leave one after the other while somebody writes, so they stand at several heads.
    const stages = 10;
    for (let stage = 0; stage < stages; stage++) {
      for (const client of gone.slice(stage * 200, (stage + 1) * 200)) client.cut();
      const acked = writer.log.acked.length;
      for (let count = 0; count < 30; count++) writer.send(GENERAL, `${stage}.${count}`);
      await writer.until(() => writer.log.acked.length >= acked + 30, "acks");
    }
    const heads = new Set(gone.map(({ replica }) => replica.head(GENERAL)));
    const whole = 30 * stages;
    server.operations.clear();
    const back = await Promise.all(
      gone.map(({ person, replica }) => server.connect(person, random, replica)),
    );
    await Promise.all(
      back.map((client) =>
        client.until(() => client.replica.head(GENERAL) === whole, "all messages")
      ),
    );
    const pages = server.operations.get("roomChanges") ?? 0;
    const all = [...server.operations.values()].reduce((sum, count) => sum + count, 0);
    // Ten heads; 300 messages are two pages for those who missed most.
    assert.ok(pages <= 2 * heads.size, `${pages} pages were read for ${heads.size} heads`);
    assert.ok(all <= MOST_OPERATIONS * LOCAL_CLIENTS, `${all} operations`);
    report(
      `${LOCAL_CLIENTS} resumed from ${heads.size} heads by ${pages} reads of changes and ` +
        `${((all - pages) / LOCAL_CLIENTS).toFixed(1)} other operations each`,
    );
    await server.verify([writer, ...back.filter((_, index) => index % 100 === 0)]);
  });
});
