/**
 * Threads over two programs on one database: what is new in one, and what somebody has read, is the
 * same on all of their connections, wherever these are; within seconds also where the signal that
 * says it was lost.
 */
import assert from "node:assert/strict";
import { type ChatSocket, newClientId, type Person, signUp } from "../support/chat_client.ts";
import { at, clusterTests, connectAt, type Pair } from "../support/cluster.ts";
import { eventually } from "../support/eventually.ts";

const GENERAL = 1;

const tests = {
  redis: clusterTests({ bus: "redis" }),
  notify: clusterTests({ bus: "notify" }),
};

for (const bus of ["redis", "notify"] as const) {
  tests[bus](
    `${bus}: what is new in a thread is told at the other node, and what was read, too`,
    async (cluster) => {
      await using scene = await begin(cluster);
      await everythingCrosses(scene);
    },
  );

  tests[bus](
    `${bus}: following, a title and a count are the same at both nodes`,
    async (cluster) => {
      await using scene = await begin(cluster);
      const { ann, bob, here, there } = scene;
      const root = await there.send(GENERAL, "Where do we meet?");
      await reply(here, root.id, "At the harbour");
      await there.event("thread", ({ fresh }) => fresh);
      await at(cluster.nodes[0], bob).api.delete(`/api/messages/${root.id}/follow`);
      await there.event("thread", ({ following }) => !following);
      const from = there.log.length;
      const path = `/api/messages/${root.id}/thread`;
      const named = await at(cluster.nodes[1], ann).api.request("PATCH", path, {
        title: "Meeting",
      });
      assert.equal(named.status, 204);
      await there.event("message", ({ message }) => message.replies?.title === "Meeting", from);
      await here.event("message", ({ message }) => message.replies?.title === "Meeting");
      await reply(here, root.id, "At nine");
      const { message } = await there.event(
        "message",
        ({ message }) => message.replies?.count === 2,
      );
      assert.equal(message.id, root.id);
      assert.deepEqual(
        there.all("thread").filter(({ fresh }) => fresh).length,
        1,
      );
    },
  );
}

tests.redis(
  "while a Redis is dead, what is new in a thread is told within seconds, and what was read",
  async (cluster) => {
    await using scene = await begin(cluster);
    await cluster.redis!.kill();
    try {
      await everythingCrosses(scene);
    } finally {
      await cluster.redis!.start();
    }
  },
);

tests.redis(
  "what a node that was cut off from its Redis has missed is right once it is back",
  async (cluster) => {
    await using scene = await begin(cluster);
    const [, two] = cluster.nodes;
    two.toRedis!.cut();
    await everythingCrosses(scene);
    two.toRedis!.mend();
    two.toRedis!.drop();
    await everythingCrosses(scene);
  },
);

/** A reply, its deletion, that taken back, and reading it: each seen on bob's two connections. */
async function everythingCrosses({ ann, bob, here, there, alsoBob }: Scene): Promise<void> {
  const root = await there.send(GENERAL, `a question ${newClientId()}`);
  const { id } = await reply(here, root.id, "an answer");
  await knows(there, root.id, true);
  await knows(alsoBob, root.id, true);
  await here.command({ type: "delete", message: id });
  await knows(there, root.id, false);
  await ann.api.post(`/api/messages/${id}/restore`, undefined, 200);
  await knows(there, root.id, true);
  const { rev, seq } = await reply(here, root.id, "another answer");
  await there.event("message", (event) => event.rev === rev);
  await bob.api.put(`/api/messages/${root.id}/thread/read`, { seq });
  await knows(there, root.id, false);
  await knows(alsoBob, root.id, false);
  const mine = await reply(here, root.id, "a third");
  await knows(there, root.id, true);
  assert.ok(mine.seq > seq);
  // One's own reply has read what stands before it.
  await reply(alsoBob, root.id, "thank you");
  await knows(there, root.id, false);
  await knows(alsoBob, root.id, false);
}

/** The last that was said of it, and the room's count with it. */
async function knows(socket: ChatSocket, root: number, fresh: boolean): Promise<void> {
  await eventually(() => {
    const said = socket.all("thread").filter((event) => event.root === root).at(-1);
    assert.equal(said?.fresh ?? false, fresh);
    const room = socket.all("room").filter(({ room }) => room.id === GENERAL).at(-1);
    assert.equal(room?.room.membership.threads, fresh ? 1 : 0);
  }, PATIENCE);
}

/** What is promised without a Redis, and what two busy cores take, ms. */
const PATIENCE = 5_000 + 3_000;

async function reply(socket: ChatSocket, replyTo: number, text: string) {
  const command = { type: "send", clientId: newClientId(), room: GENERAL, text, replyTo };
  return (await socket.command(command)).message!; // the ack of a send names one
}

interface Scene extends AsyncDisposable {
  ann: Person;
  bob: Person;
  /** Ann at the first node, bob at the second, and bob's other device at the first. */
  here: ChatSocket;
  there: ChatSocket;
  alsoBob: ChatSocket;
}

async function begin({ nodes: [one, two] }: Pair): Promise<Scene> {
  const ann = await signUp(one.url, "ann");
  const bob = await signUp(one.url, "bob");
  const [here, there] = [await connectAt(one, ann), await connectAt(two, bob)];
  const alsoBob = await connectAt(one, bob);
  return {
    ...{ ann, bob, here, there, alsoBob },
    async [Symbol.asyncDispose]() {
      await Promise.all([here, there, alsoBob].map((socket) => socket.close()));
    },
  };
}
