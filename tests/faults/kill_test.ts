/** The program is killed in the middle of traffic, again and again: what it promised holds. */
import { faultTest, GENERAL, report, ROUNDS, Scene } from "./scene.ts";
import { startTraffic } from "./traffic.ts";

const PEOPLE = 12;

faultTest(
  "killed in mid traffic and started again, it has lost, doubled and reordered nothing",
  async (random) => {
    await Scene.run(random, { people: PEOPLE }, async (scene) => {
      const { program, people } = scene;
      const [owner, ...others] = people.slice(0, PEOPLE / 2);
      const small = await scene.room(owner!, ...others);
      const participants = people.map((person) => scene.join(person));
      // A second device of the first people: what one sends the other must hear.
      for (const person of people.slice(0, 3)) scene.join(person);
      await Promise.all(scene.participants.map((each) => each.settled()));
      const inSmall = new Set(participants.slice(0, PEOPLE / 2));
      const traffic = startTraffic(
        participants,
        (each) => inSmall.has(each) ? [GENERAL, small] : [GENERAL],
        random,
      );
      for (let round = 0; round < ROUNDS; round++) {
        const acked = () => participants.reduce((sum, { log }) => sum + log.acked.length, 0);
        const enough = acked() + 50 + random.below(400);
        await participants[0]!.until(() => acked() >= enough, () => `${enough} acks`);
        await program.kill("SIGKILL");
        await program.restart();
        await Promise.all(
          participants.map((each) => each.until(() => each.isLive, () => "a reconnect")),
        );
      }
      await traffic.end();
      await scene.verify();
      const sum = (of: (log: (typeof participants)[0]["log"]) => number) =>
        scene.participants.reduce((total, { log }) => total + of(log), 0);
      report(
        `${ROUNDS} kills, ${sum((log) => log.acked.length)} messages and ` +
          `${sum((log) => log.changed.length)} changes acknowledged, ` +
          `${sum((log) => log.acked.filter(({ duplicate }) => duplicate).length)} of them again, ` +
          `${sum((log) => log.heard.length)} events heard, 0 violations`,
      );
    });
  },
);
