/** Sends that come again and again, answers that come late, a clock that is wrong. */
import assert from "node:assert/strict";
import { ChatSocket, type Person } from "../support/chat_client.ts";
import type { Random } from "../support/random.ts";
import { faultTest, GENERAL, report, ROUNDS, Scene } from "./scene.ts";
import { LocalServer } from "./local_server.ts";

const TIMES = 50;
const DAY = 24 * 60 * 60 * 1000;

faultTest(
  "the same clientId 50 times over two connections at once is one message, acknowledged each time",
  async (random) => {
    await Scene.run(random, { people: 3 }, async (scene) => {
      const [ann, bob] = scene.people;
      const witness = scene.join(bob!);
      await witness.settled();
      for (let round = 0; round < ROUNDS; round++) await sendTogether(ann!, `round ${round}`);
      await scene.verify();
      assert.equal(witness.replica.head(GENERAL), ROUNDS, "one change for each message");

      async function sendTogether(person: Person, text: string) {
        const clientId = random.id();
        const log = scene.join(person).log;
        log.sent.push({ clientId, room: GENERAL, text });
        const sockets = await Promise.all([ChatSocket.connect(person), ChatSocket.connect(person)]);
        const acks = await Promise.all(
          Array.from(
            { length: TIMES },
            (_, index) =>
              sockets[index % 2]!.command({ type: "send", clientId, room: GENERAL, text }),
          ),
        );
        await Promise.all(sockets.map((socket) => socket.close()));
        for (const { message, duplicate = false } of acks) {
          log.acked.push({ clientId, place: message!, duplicate });
        }
        assert.equal(acks.filter(({ duplicate }) => !duplicate).length, 1);
      }
    });
  },
);

faultTest("the same clientId over HTTP and WebSocket at once is one message", async (random) => {
  await Scene.run(random, { people: 2 }, async (scene) => {
    const ann = scene.join(scene.owner);
    await ann.settled();
    const clientId = random.id();
    const body = { clientId, text: "once" };
    const posts = Array.from(
      { length: TIMES / 2 },
      () => scene.owner.api.request<{ id: number }>("POST", `/api/rooms/${GENERAL}/messages`, body),
    );
    const sends = Array.from({ length: TIMES / 2 }, () => ann.send(GENERAL, "once", clientId));
    const ids = [
      ...(await Promise.all(posts)).map(({ status, body }) => {
        assert.ok(status === 200 || status === 201, `${status}`);
        return body.id;
      }),
      ...(await Promise.all(sends)).map(({ id }) => id),
    ];
    assert.equal(new Set(ids).size, 1);
    await scene.verify();
  });
});

/** A client takes acks by their ref: whichever order they come in, each finds its message. */
faultTest("acks that are read late and out of order belong to their messages", async (random) => {
  await LocalServer.run({}, async (server) => {
    const [ann, bob] = await server.signUp(2);
    const writer = await server.connect(ann!, random);
    await server.connect(bob!, random);
    const clientIds = Array.from({ length: 40 }, () => random.id());
    for (const id of clientIds) writer.send(GENERAL, `text ${id}`, id);
    // Before the first ack has come, the connection is gone, and all is sent again on another
    // one, in another order: the acks name the places of the first time.
    writer.cut();
    const again = await server.connect(ann!, random, writer.replica);
    for (const id of shuffled(clientIds, random)) again.send(GENERAL, `text ${id}`, id);
    for (const id of shuffled(clientIds, random)) again.send(GENERAL, `text ${id}`, id);
    await again.until(() => again.log.acked.length === 2 * clientIds.length, "all acks");
    assert.ok(again.log.acked.some(({ duplicate }) => duplicate));
    // The log of the lost connection holds what was sent there, its replica lives on.
    await server.verify(server.clients.filter((client) => client !== writer));
    const { messages } = again.replica.view.get(GENERAL)!;
    assert.deepEqual(messages.map(({ clientId }) => clientId), clientIds, "in the first order");
  });
});

faultTest(
  "with a clock that jumps back by a day and forth again, nothing is lost",
  async (random) => {
    let offset = 0;
    const now = () => Date.now() + offset;
    await LocalServer.run({ now, sendRate: 100 }, async (server) => {
      const [ann, bob, cid] = await server.signUp(3);
      const clients = [await server.connect(ann!, random), await server.connect(bob!, random)];
      const offsets = [0, -DAY, 0, -DAY, 3 * DAY, -DAY];
      const texts: { client: number; text: string; clientId: string }[] = [];
      for (const jump of offsets) {
        offset = jump;
        await Promise.all(clients.map(async (client, index) => {
          const before = client.answers().length;
          for (let count = 0; count < 30; count++) {
            const text = `at ${jump}, ${count}`;
            const clientId = random.id();
            texts.push({ client: index, text, clientId });
            client.send(GENERAL, text, clientId);
          }
          await client.until(() => client.answers().length >= before + 30, "answers");
        }));
        assert.equal(clients.flatMap((client) => client.events).filter(isError).length, 0);
        // Everything that was ever sent is still known, whatever the clock says now.
        const { client, text, clientId } = random.pick(texts);
        const again = clients[client]!;
        const acked = again.log.acked.length;
        again.send(GENERAL, text, clientId);
        await again.until(() => again.log.acked.length > acked, "the ack of a duplicate");
        assert.equal(again.log.acked.at(-1)!.duplicate, true);
        // Who comes in meanwhile is let in, and misses nothing.
        await server.connect(cid!, random);
      }
      await server.verify();
      const { messages } = clients[0]!.replica.view.get(GENERAL)!;
      assert.ok(
        messages.some(({ ts }, index) => index > 0 && ts < messages[index - 1]!.ts - DAY / 2),
        "the clock did jump",
      );
      report(`${messages.length} messages in order over ${offsets.length - 1} jumps of the clock`);
    });
  },
);

const isError = ({ type }: { type: string }) => type === "error";

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items.map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at).map(({ item }) => item);
}
