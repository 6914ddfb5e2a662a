/** Two programs on one database are one chat: what happens at one is seen at the other. */
import assert from "node:assert/strict";
import { logIn, signUp } from "../support/api_client.ts";
import type { ChatSocket, MemberRoom, Person } from "../support/chat_client.ts";
import { at, type ClusterNode, clusterTests, connectAt, type Pair } from "../support/cluster.ts";

const GENERAL = 1;

for (const bus of ["redis", "notify"] as const) {
  const test = clusterTests({ bus });
  const named = (sentence: string, run: (cluster: Pair) => Promise<void>) =>
    test(`${bus}: ${sentence}`, run);

  named(
    "who signs up at one logs in at the other, and a session is good at both",
    async ({ nodes }) => {
      const [one, two] = nodes;
      const ann = await signUp(one.url, "ann");
      assert.equal((await logIn(at(two, ann))).id, ann.id);
      const { username } = await at(two, ann).api.get<{ username: string }>("/api/me");
      assert.equal(username, "ann");
    },
  );

  named("messages cross in both directions, each once and in order", async ({ nodes }) => {
    const { here, there } = await conversation(nodes);
    const sends: Promise<unknown>[] = [];
    for (let i = 0; i < 100; i++) {
      sends.push(here.send(GENERAL, `here ${i}`), there.send(GENERAL, `there ${i}`));
    }
    await Promise.all(sends);
    for (const socket of [here, there]) {
      await socket.until(() => socket.all("message").length >= 200, "200 messages");
      const revs = socket.all("message").map(({ rev }) => rev);
      assert.deepEqual(revs, Array.from({ length: 200 }, (_, i) => i + 1));
      const texts = socket.all("message").map(({ message }) => message.text);
      assert.deepEqual(texts.filter((text) => text.startsWith("here")), numbered("here"));
      assert.deepEqual(texts.filter((text) => text.startsWith("there")), numbered("there"));
    }
  });

  named("a message of the largest kind crosses too", async ({ nodes }) => {
    const { here, there } = await conversation(nodes);
    const text = "🎈".repeat(2_000) + "ж".repeat(2_000);
    await here.send(GENERAL, text.slice(0, 4_000));
    await here.send(GENERAL, "and a small one behind it");
    const first = await there.event("message");
    assert.equal(first.message.text, text.slice(0, 4_000));
    await there.event("message", ({ rev }) => rev === 2);
    assert.deepEqual(there.all("message").map(({ rev }) => rev), [1, 2]);
  });

  named("typing crosses, and nobody hears of their own", async ({ nodes }) => {
    const { here, there, ann } = await conversation(nodes);
    here.tell({ type: "typing", room: GENERAL });
    const event = await there.event("typing");
    assert.deepEqual(event, { type: "typing", room: GENERAL, userId: ann.id });
    await here.settled();
    assert.deepEqual(here.all("typing"), []);
  });

  named("edits, reactions and deletions cross", async ({ nodes }) => {
    const { here, there } = await conversation(nodes);
    const { id } = await here.send(GENERAL, "a word");
    await there.event("message");
    await here.command({ type: "edit", message: id, text: "another word" });
    await there.event("message", ({ message }) => message.text === "another word");
    await there.command({ type: "react", message: id, emoji: "👍", on: true });
    await here.event("message", ({ message }) => Object.keys(message.reactions).length === 1);
    await here.command({ type: "delete", message: id });
    await there.event("message", ({ message }) => message.deletedAt !== null);
  });

  named("a read mark reaches the reader's other devices", async ({ nodes }) => {
    const { there, here, bob } = await conversation(nodes);
    const alsoBob = await connectAt(nodes[0], bob);
    const { seq } = await here.send(GENERAL, "read this");
    await there.event("message");
    await there.command({ type: "read", room: GENERAL, seq });
    await alsoBob.event("read", (event) => event.seq === seq);
    await alsoBob.close();
  });

  named(
    "who is added to a room at one node hears it at the other, until removed",
    async (cluster) => {
      const { here, there, ann, bob } = await conversation(cluster.nodes);
      const room = await privateRoom(ann);
      await ann.api.put(`/api/rooms/${room.id}/members/${bob.id}`);
      await there.event("room", (event) => event.room.id === room.id);
      await here.send(room.id, "welcome");
      await there.event("message", (event) => event.room === room.id);
      await ann.api.delete(`/api/rooms/${room.id}/members/${bob.id}`);
      await there.event("left", (event) => event.room === room.id);
      await here.send(room.id, "between us");
      await here.event("message", ({ message }) => message.text === "between us");
      await marker(here, there);
      assert.ok(!there.all("message").some(({ message }) => message.text === "between us"));
    },
  );

  named(
    "after a removal at one node nothing is delivered at the other, at once",
    async ({ nodes }) => {
      const { here, there, ann, bob } = await conversation(nodes);
      const room = await privateRoom(ann);
      for (let round = 0; round < 5; round++) {
        await ann.api.put(`/api/rooms/${room.id}/members/${bob.id}`);
        await there.event("room", (event) => event.room.id === room.id);
        // No pause between the answer to the removal and the message.
        await ann.api.delete(`/api/rooms/${room.id}/members/${bob.id}`);
        await here.send(room.id, `secret ${round}`);
      }
      await marker(here, there);
      assert.deepEqual(there.all("message").filter((event) => event.room === room.id), []);
    },
  );

  named("a session that ends at one node ends at the other", async ({ nodes }) => {
    const { there, bob } = await conversation(nodes);
    await bob.api.post("/api/logout", undefined, 204);
    const { code } = await there.closed;
    assert.equal(code, 4401);
  });

  named("a new name is seen at the other node", async ({ nodes }) => {
    const { there, ann } = await conversation(nodes);
    await ann.api.patch("/api/me", { displayName: "Ann of the Hills" });
    await there.event("user", ({ user }) => user.displayName === "Ann of the Hills");
  });
}

/** Ann at the first node, bob at the second, connected. */
async function conversation([one, two]: Pair["nodes"]): Promise<{
  ann: Person;
  bob: Person;
  here: ChatSocket;
  there: ChatSocket;
}> {
  const ann = await signUp(one.url, "ann");
  const bob = at(two as ClusterNode, await signUp(one.url, "bob"));
  return { ann, bob, here: await connectAt(one, ann), there: await connectAt(two, bob) };
}

async function privateRoom(owner: Person): Promise<MemberRoom> {
  return await owner.api.post<MemberRoom>("/api/rooms", { kind: "private", name: "back room" });
}

/** After this, what was sent before it at one node has come to the other. */
async function marker(here: ChatSocket, there: ChatSocket): Promise<void> {
  const text = `marker ${crypto.randomUUID()}`;
  await here.send(GENERAL, text);
  await there.event("message", ({ message }) => message.text === text);
}

function numbered(word: string): string[] {
  return Array.from({ length: 100 }, (_, i) => `${word} ${i}`);
}
