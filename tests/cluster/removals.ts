/** Somebody who is added at one node and removed at another, again and again, and what they hear. */
import assert from "node:assert/strict";
import { signUp } from "../support/api_client.ts";
import type { MemberRoom } from "../support/chat_client.ts";
import { at, type Cluster, connectAt } from "../support/cluster.ts";
import type { Random } from "../support/random.ts";
import { GENERAL } from "./scene.ts";

/**
 * The nodes are drawn each time, and so is the node at which somebody speaks; the removed person
 * listens at all of them.
 */
export async function hearsNothingWhenRemoved(
  { nodes }: Pick<Cluster, "nodes">,
  random: Random,
  rounds: number,
): Promise<void> {
  const ann = await signUp(nodes[0]!.url, `ann-${random.id()}`);
  const bob = await signUp(nodes[0]!.url, `bob-${random.id()}`);
  const { id: room } = await ann.api.post<MemberRoom>("/api/rooms", {
    kind: "private",
    name: `back room ${random.id()}`,
  });
  const voices = await Promise.all(nodes.map((node) => connectAt(node, ann)));
  const ears = await Promise.all(nodes.map((node) => connectAt(node, bob)));
  const member = () => `/api/rooms/${room}/members/${bob.id}`;
  for (let round = 0; round < rounds; round++) {
    const from = ears.map(({ log }) => log.length);
    await at(random.pick(nodes), ann).api.put(member());
    await random.pick(voices).send(room, `open ${round}`);
    await Promise.all(
      ears.map((each, i) =>
        each.event("message", ({ message }) => message.text === `open ${round}`, from[i])
      ),
    );
    // Between the answer to the removal and the message is no pause.
    await at(random.pick(nodes), ann).api.delete(member());
    await random.pick(voices).send(room, `secret ${round}`);
  }
  await random.pick(voices).send(GENERAL, "the end");
  for (const each of ears) {
    await each.event("message", ({ message }) => message.text === "the end");
    const heard = each.all("message").map(({ message }) => message.text);
    assert.deepEqual(heard.filter((text) => text.startsWith("secret")), []);
    await each.close();
  }
  for (const each of voices) await each.close();
}
