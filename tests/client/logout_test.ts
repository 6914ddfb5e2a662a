/** Logging out: what becomes of what was not sent yet. */
import assert from "node:assert/strict";
import { settle } from "../support/model_link.ts";
import { pending, sane, world } from "./outbox_fixture.ts";

Deno.test("logging out empties the outbox of this user before the page is left", sane, async () => {
  const { link, storage, client } = world();
  client.start();
  await link.drain();
  link.line!.toServer = [];
  client.actions.send("never sent");
  await settle();
  const out = client.actions.logout();
  link.cut(0, 4401);
  assert.notEqual(client.state.connection.value.state, "signedOut");
  link.answerFetch();
  link.deliverFetch();
  await out;
  assert.equal(client.state.connection.value.state, "signedOut");
  assert.deepEqual(await storage.all(1), []);
  assert.deepEqual(pending(client), []);
  client.stop();
});

Deno.test("a logout that cannot reach the server empties nothing", sane, async () => {
  const { link, storage, client } = world();
  client.start();
  client.actions.send("kept");
  await settle();
  const out = client.actions.logout();
  link.failFetch();
  await assert.rejects(out, { code: "offline" });
  assert.equal((await storage.all(1)).length, 1);
  assert.notEqual(client.state.connection.value.state, "signedOut");
  client.stop();
});

Deno.test("who logs out of a session that is gone already is logged out", sane, async () => {
  const { link, storage, client } = world({
    environment: {
      fetch: () =>
        Promise.resolve({
          ok: false,
          status: 401,
          headers: new Headers(),
          json: () => Promise.resolve({ code: "unauthenticated", detail: "Sign in." }),
        }),
    },
  });
  client.start();
  client.actions.send("never sent");
  await client.actions.logout();
  assert.equal(client.state.connection.value.state, "signedOut");
  assert.deepEqual(await storage.all(1), []);
  assert.equal(link.clock.pending, 0);
  client.stop();
});
