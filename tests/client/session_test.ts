/** Whose page it is: what the engine does when its session is gone, or the browser another's. */
import assert from "node:assert/strict";
import type { HttpAnswer, HttpRequest } from "../../lib/client/environment.ts";
import { CLOSE } from "../../lib/protocol/codes.ts";
import { httpAnswer } from "../support/http_answer.ts";
import { FakeClock, Link, type LinkOptions, settle } from "../support/model_link.ts";
import { ModelServer, modelSession } from "../support/model_server.ts";
import { sane } from "./outbox_fixture.ts";

/** A client whose HTTP the test answers: by the header's session, null where none is named. */
function page(
  answer: (session: string | null, path: string) => { status: number; body: unknown },
  options: LinkOptions = {},
) {
  const asked: { path: string; session: string | null }[] = [];
  const fetch = (path: string, request: HttpRequest): Promise<HttpAnswer> => {
    const session = request.headers["x-confab-session"] ?? null;
    asked.push({ path, session });
    const { status, body } = answer(session, path);
    return Promise.resolve(httpAnswer(status, body));
  };
  const server = new ModelServer([1], [1, 2]);
  const { environment, ...others } = options;
  const link = new Link(server, 1, { ...others, environment: { fetch, ...environment } });
  const client = link.client({ room: 1, page: server.page(1, 1, new URLSearchParams()) });
  return { server, link, client, asked, connection: () => client.state.connection.value };
}

const gone = (reason?: string) => () => ({
  status: 401,
  body: { code: "unauthenticated", ...(reason === undefined ? {} : { reason }) },
});

/** The browser is this user's by now: any session but theirs is refused. */
const ownedBy = (user: number) => (session: string | null) =>
  session === null
    ? { status: 200, body: { id: user, instance: "model" } }
    : { status: 409, body: { code: "other_session" } };

/** Whose the connection is: user, session and database; and what that makes of the page. */
const OTHERS = [
  ["another account", 2, 999, "model", "other"],
  ["a new session", 1, 999, "model", "renewed"],
  ["another database's same numbers", 1, modelSession(1), "another", "other"],
] as const;

for (const [whose, user, sessionId, instance, why] of OTHERS) {
  Deno.test(
    `a connection that turns out to be of ${whose} sends and shows nothing`,
    sane,
    async () => {
      const { link, client, connection, server } = page(ownedBy(user), {
        incoming: (frame) =>
          frame.replace(`"sessionId":${modelSession(1)}`, `"sessionId":${sessionId}`)
            .replace('"instance":"model"', `"instance":"${instance}"`)
            .replace('"user":{"id":1,', `"user":{"id":${user},`)
            .replace('"name":"room 1"', '"name":"of somebody else"'),
      });
      client.start();
      client.actions.send("in my name only");
      await settle();
      await link.drain();
      assert.deepEqual(connection(), { state: "signedOut", why });
      assert.deepEqual(link.sent, [], "not a single frame");
      assert.deepEqual(server.rooms.get(1)!.messages, []);
      assert.equal(client.state.rooms.value.get(1)!.name, "room 1");
      assert.equal(client.state.pending.value.length, 1, "it is kept for its author");
      client.stop();
    },
  );
}

Deno.test(
  "a request that is refused for its session ends the page, with whose browser it is",
  sane,
  async () => {
    for (const [user, why] of [[2, "other"], [1, "renewed"]] as const) {
      const { link, client, asked, connection } = page(ownedBy(user));
      client.start();
      await link.drain();
      await assert.rejects(client.actions.createRoom("public", "X", ""), {
        code: "other_session",
      });
      await settle();
      assert.deepEqual(connection(), { state: "signedOut", why });
      assert.deepEqual(asked.map(({ session }) => session), [String(modelSession(1)), null]);
      assert.equal(link.line, null, "the socket is closed as well");
      client.stop();
    }
  },
);

Deno.test(
  "the server's word for the end is taken; where there is none, HTTP is asked",
  sane,
  async () => {
    const told = page(gone("revoked"));
    told.client.start();
    await told.link.drain();
    told.link.line!.handlers.closed(CLOSE.unauthenticated, "password");
    assert.deepEqual(told.connection(), { state: "signedOut", why: "password" });
    assert.deepEqual(told.asked, []);

    const asks = page(gone("revoked"));
    asks.client.start();
    await asks.link.drain();
    asks.link.line!.handlers.closed(CLOSE.unauthenticated, "not authenticated");
    assert.deepEqual(asks.connection(), { state: "signedOut", why: null });
    await settle();
    assert.deepEqual(asks.connection(), { state: "signedOut", why: "revoked" });
    assert.equal(asks.link.clock.pending, 0);

    const other = page(ownedBy(2));
    other.client.start();
    await other.link.drain();
    other.link.line!.handlers.closed(CLOSE.unauthenticated, "other session");
    await settle();
    assert.deepEqual(other.connection(), { state: "signedOut", why: "other" });
  },
);

Deno.test("an answer that never comes keeps nobody on a dead page", sane, async () => {
  const clock = new FakeClock();
  const silent = { fetch: () => new Promise<HttpAnswer>(() => {}) };
  const { link, client, connection } = page(gone(), { clock, environment: silent });
  client.start();
  await link.drain();
  link.line!.handlers.closed(CLOSE.unauthenticated);
  await clock.advance(60_000);
  assert.deepEqual(connection(), { state: "signedOut", why: "unknown" });
  client.stop();
});

Deno.test(
  "tabs tell each other whose they are, and who hears of another session asks",
  sane,
  async () => {
    const heard = new Map<string, (message: unknown) => void>();
    const posted: unknown[] = [];
    const channel = (name: string, received: (message: unknown) => void) => {
      heard.set(name, received);
      return {
        post: (message: unknown) =>
          void (name.startsWith("confab-session") && posted.push(message)),
        close: () => {},
      };
    };
    const { link, client, asked, connection } = page(ownedBy(2), { environment: { channel } });
    client.start();
    await link.drain();
    const own = modelSession(1);
    assert.deepEqual(posted, [own]);
    const session = heard.get("confab-session-model")!;
    session(own);
    await settle();
    assert.deepEqual(asked, [], "another tab of the same session is no news");
    session(own + 1);
    await settle();
    assert.deepEqual(connection(), { state: "signedOut", why: "other" });
    client.stop();
  },
);
