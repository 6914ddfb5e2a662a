/** What is planned on one of two real programs happens in time, also where that one is gone. */
import assert from "node:assert/strict";
import { at, clusterTests, connectAt } from "../support/cluster.ts";
import { signUp } from "../support/chat_client.ts";

const GENERAL = 1;
/** Less than the time after which a node looks by itself, ms. */
const IN_TIME = 8_000;

for (const bus of ["notify", "redis"] as const) {
  const test = clusterTests({ bus });
  test(`${bus}: what a killed node had planned is done by the other at its time`, async ({ nodes }) => {
    const [a, b] = nodes;
    const ann = await signUp(a.url, "ann");
    await using there = await connectAt(b, ann);
    const { id } = await there.send(GENERAL, "think of it");
    const time = Date.now() + 1_500;
    await ann.api.post(`/api/rooms/${GENERAL}/scheduled`, { text: "on time", at: time });
    await ann.api.post(`/api/messages/${id}/remind`, { at: time }, 204);
    await ann.api.patch("/api/me", {
      status: { emoji: "🌴", text: "away", until: time },
    });
    await there.event("user", ({ user }) => user.status !== null);
    await a.kill("SIGKILL");
    await there.event("message", ({ message }) => message.text === "on time");
    await there.event("reminder", ({ message }) => message.id === id);
    await there.event("user", ({ user }) => user.status === null);
    assert.ok(Date.now() - time < IN_TIME, "in time");
    assert.equal(
      (await at(b, ann).api.get<{ status: unknown }>(`/api/users/${ann.id}`)).status,
      null,
    );
  });
}
