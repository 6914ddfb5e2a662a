import assert from "node:assert/strict";
import { QUIET, SILENCE } from "../../lib/client/silence.ts";
import { CLOSE } from "../../lib/protocol/codes.ts";
import { httpAnswer } from "../support/http_answer.ts";
import { Link, settle } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";

const sane = { sanitizeOps: true, sanitizeResources: true };

async function online(options: ConstructorParameters<typeof Link>[2] = {}) {
  const server = new ModelServer([1], [1, 2]);
  const link = new Link(server, 1, options);
  const client = link.client({ room: 1 });
  client.start();
  await link.drain();
  assert.equal(client.state.connection.value.state, "online");
  return { server, link, client };
}

Deno.test("a client is online only when `ready` has come", sane, async () => {
  const link = new Link(new ModelServer([1], [1]), 1);
  const client = link.client();
  client.start();
  link.accept();
  assert.equal(client.state.connection.value.state, "connecting");
  link.toClient();
  assert.equal(client.state.connection.value.state, "online");
  client.stop();
  await settle();
});

Deno.test(
  "what is asked while the socket opens is refused at once, not after a wait for an answer",
  sane,
  async () => {
    const link = new Link(new ModelServer([1], [1]), 1);
    const client = link.client();
    client.start();
    await assert.rejects(client.actions.edit(1, "changed"), { code: "offline" });
    assert.deepEqual(link.sent, []);
    client.stop();
    await settle();
  },
);

Deno.test(
  "what is asked before `ready` is refused as soon as the connection is lost",
  sane,
  async () => {
    const link = new Link(new ModelServer([1], [1]), 1);
    const client = link.client();
    client.start();
    link.accept();
    const edited = client.actions.edit(1, "changed");
    assert.equal(link.sent.length, 1);
    link.cut();
    await assert.rejects(edited, { code: "offline" });
    assert.equal(client.state.connection.value.state, "waiting");
    client.stop();
    await settle();
  },
);

Deno.test("a lost connection comes back within half a second", sane, async () => {
  const { link, client } = await online();
  link.cut();
  const { state } = client.state.connection.value;
  assert.equal(state, "waiting");
  await link.clock.advance(500);
  await link.drain();
  assert.equal(client.state.connection.value.state, "online");
  assert.equal(link.opened, 2);
  client.stop();
});

Deno.test("after logout, ban or expiry the client does not come back", sane, async () => {
  for (const code of [CLOSE.unauthenticated, CLOSE.banned]) {
    const { link, client } = await online();
    link.cut(0, code);
    assert.deepEqual(client.state.connection.value, { state: "signedOut", why: null });
    await link.clock.advance(120_000);
    client.actions.reconnectNow();
    link.wake();
    assert.equal(link.opened, 1);
    assert.equal(link.clock.pending, 0);
  }
});

Deno.test("a server that goes down decides when the client comes back", sane, async () => {
  const { link, client } = await online();
  link.line!.handlers.frame(
    JSON.stringify([{ type: "bye", reason: "restart", retryAfter: 4_000 }]),
  );
  link.cut(0, CLOSE.restarting);
  await link.clock.advance(3_999);
  assert.equal(link.opened, 1);
  await link.clock.advance(4_001);
  assert.equal(link.opened, 2);
  client.stop();
});

Deno.test(
  "a server that is not yet back when it wanted to be is tried again within half a second",
  sane,
  async () => {
    const { link, client } = await online();
    link.line!.handlers.frame(
      JSON.stringify([{ type: "bye", reason: "restart", retryAfter: 300 }]),
    );
    link.cut(0, CLOSE.restarting);
    await link.clock.advance(800);
    assert.equal(link.opened, 2);
    link.cut();
    await link.clock.advance(500);
    assert.equal(link.opened, 3);
    link.cut();
    await link.clock.advance(500);
    assert.equal(link.opened, 3, "and then more and more seldom");
    client.stop();
  },
);

Deno.test("a ping is answered with pong", sane, async () => {
  const { link, client } = await online();
  link.line!.handlers.frame('[{"type":"ping"}]');
  assert.equal(link.commands("pong").length, 1);
  client.stop();
});

Deno.test("a connection that fell silent is replaced, one that speaks is not", sane, async () => {
  const { link, client } = await online();
  for (let minute = 0; minute < 5; minute++) {
    await link.clock.advance(SILENCE - 1);
    link.line!.handlers.frame('[{"type":"ping"}]');
  }
  assert.equal(link.opened, 1);
  await link.clock.advance(SILENCE + 500);
  assert.equal(link.opened, 2);
  client.stop();
});

Deno.test("a line that is merely quiet is tested, and kept when it answers", sane, async () => {
  const { link, client } = await online();
  for (let turn = 0; turn < 10; turn++) {
    // What is typed is never answered, so that neither side hears of the other by it.
    client.actions.typing();
    await link.clock.advance(QUIET);
    await link.drain();
  }
  assert.equal(link.opened, 1);
  assert.equal(link.commands("status").length, 10);
  client.stop();
});

Deno.test("a server that accepts and never greets is left", sane, async () => {
  const link = new Link(new ModelServer([1], [1]), 1);
  const client = link.client();
  client.start();
  link.accept();
  await link.clock.advance(16_000);
  assert.equal(link.opened, 2);
  client.stop();
});

Deno.test("the network's return and the page's waking end the wait", sane, async () => {
  const { link, client } = await online();
  link.cut();
  link.wake();
  assert.equal(link.opened, 2);
  link.cut();
  link.show(true);
  assert.equal(link.opened, 3);
  client.stop();
});

Deno.test(
  "a line that died while the machine slept is found out soon after waking",
  sane,
  async () => {
    const { link, client } = await online();
    link.show(true);
    await link.clock.advance(10_500);
    assert.equal(link.opened, 2);
    client.stop();
  },
);

Deno.test("a hidden page is away, a visible one online", sane, async () => {
  const { link, client } = await online();
  link.show(false);
  link.show(true);
  assert.deepEqual(link.commands("status").map(({ status }) => status), ["away", "online"]);
  client.stop();
});

Deno.test("a page that connects while hidden says so", sane, async () => {
  const link = new Link(new ModelServer([1], [1]), 1);
  link.visible = false;
  const client = link.client();
  client.start();
  await link.drain();
  assert.deepEqual(link.commands("status").map(({ status }) => status), ["away"]);
  client.stop();
});

Deno.test("a frame that cannot be read leads to a new connection, not to a gap", sane, async () => {
  const { link, client } = await online();
  link.line!.handlers.frame("{broken");
  assert.equal(client.state.connection.value.state, "waiting");
  client.stop();
});

Deno.test(
  "where the upgrade is refused again and again, HTTP says whether the session is gone",
  sane,
  async () => {
    const link = new Link(new ModelServer([1], [1]), 1, {
      environment: {
        fetch: () =>
          Promise.resolve(httpAnswer(401, { code: "unauthenticated", detail: "Sign in." })),
      },
    });
    const client = link.client();
    client.start();
    link.cut();
    await settle();
    assert.equal(client.state.connection.value.state, "waiting");
    await link.clock.advance(500);
    link.cut();
    await settle();
    assert.equal(client.state.connection.value.state, "signedOut");
  },
);
