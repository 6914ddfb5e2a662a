/**
 * Two accounts in one browser: a page speaks for the session it was made for, and for no other that
 * the browser's cookie may have come to mean since. And the cookie itself, beside other programs'.
 */
import assert from "node:assert/strict";
import type { Me } from "../../lib/protocol/accounts.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import { type Answer, Api, logIn, type Person, type Problem } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

type MyAccount = Me & { sessionId: number };

const sessionOf = async ({ api }: Person) => (await api.get<MyAccount>("/api/me")).sessionId;

/** A page of `page`'s in a browser in which `now` has signed in since. */
async function stalePage(page: Person, now: Person): Promise<Api> {
  return new Api(house.url, {
    cookie: now.cookie,
    origin: house.url,
    "x-confab-session": String(await sessionOf(page)),
  });
}

test("the session's id stands in ready and in GET /api/me, and is the one in the list", async () => {
  const ann = await house.person();
  const id = await sessionOf(ann);
  const socket = await house.connect(ann);
  assert.equal(socket.all("ready")[0]?.sessionId, id);
  const { sessions } = await ann.api.get<{ sessions: { id: number; current: boolean }[] }>(
    "/api/me/sessions",
  );
  assert.equal(sessions.find(({ current }) => current)?.id, id);
  assert.notEqual(await sessionOf(await logIn(ann)), id);
});

test("whatever a stale page asks is 409 and changes nothing of the account that is signed in now", async () => {
  const [ann, bob] = await house.people(2) as [Person, Person];
  const room = (await house.room(ann, bob)).id;
  const said = await bob.api.post<Message>(`/api/rooms/${room}/messages`, { text: "mine" });
  const session = await sessionOf(bob);
  const page = await stalePage(ann, bob);
  const before = await stateOf(bob, room);

  const requests: [method: string, path: string, body?: unknown][] = [
    ["GET", "/api/me"],
    ["PATCH", "/api/me", { displayName: "Ann's new name" }],
    ["POST", "/api/me/password", { current: bob.password, password: "a new long password" }],
    ["GET", "/api/me/sessions"],
    ["DELETE", `/api/me/sessions/${session}`],
    ["POST", "/api/logout"],
    ["GET", "/api/rooms"],
    ["POST", "/api/rooms", { kind: "public", name: house.name("made by mistake") }],
    ["GET", `/api/rooms/${room}`],
    ["PATCH", `/api/rooms/${room}`, { topic: "changed by mistake" }],
    ["GET", `/api/rooms/${room}/members`],
    ["PUT", `/api/rooms/${room}/members/${house.owner.id}`],
    ["DELETE", `/api/rooms/${room}/members/${bob.id}`],
    ["PATCH", `/api/rooms/${room}/membership`, { notify: "none" }],
    ["GET", `/api/rooms/${room}/messages`],
    ["POST", `/api/rooms/${room}/messages`, { text: "said by mistake" }],
    ["GET", `/api/rooms/${room}/changes?since=0`],
    ["PUT", `/api/rooms/${room}/read`, { seq: 1 }],
    ["PATCH", `/api/messages/${said.id}`, { text: "edited by mistake" }],
    ["DELETE", `/api/messages/${said.id}`],
    ["PUT", `/api/messages/${said.id}/reactions/${encodeURIComponent("👍")}`],
    ["GET", "/api/users?q=a"],
    ["GET", `/api/users/${ann.id}`],
    ["POST", "/api/login", { username: ann.username, password: ann.password }],
    ["GET", `/rooms/${room}`],
  ];
  for (const [method, path, body] of requests) {
    const answer = await page.request<Problem>(method, path, body);
    assert.equal(answer.status, 409, `${method} ${path}`);
    assert.equal(answer.body.code, "other_session", `${method} ${path}`);
    assert.equal(answer.headers.get("set-cookie"), null, `${method} ${path}`);
  }
  assert.deepEqual(await stateOf(bob, room), before);
  assert.equal((await page.request("HEAD", "/api/me")).status, 409);

  // The same requests with the right session: the header itself stands in nobody's way.
  const right = new Api(house.url, { ...page.headers, "x-confab-session": String(session) });
  for (const [method, path] of requests.filter(([method]) => method === "GET")) {
    assert.equal((await right.request(method, path)).status, 200, path);
  }
  assert.equal((await right.request("PATCH", "/api/me", { displayName: "Bob" })).status, 200);
});

/** What a mistake would have changed. */
async function stateOf({ api }: Person, room: number) {
  const { rooms } = await api.get<{ rooms: MemberRoom[] }>("/api/rooms");
  return {
    me: await api.get<MyAccount>("/api/me"),
    rooms: rooms.filter(({ id }) => id !== GENERAL), // others talk and come in there
    messages: await api.get(`/api/rooms/${room}/messages`),
    members: await api.get(`/api/rooms/${room}/members`),
  };
}

test("what is no session's number is another session; a token is held to it too", async () => {
  const ann = await house.person();
  const id = await sessionOf(ann);
  const with_ = (value: string) =>
    ann.api.request<Problem>("GET", "/api/me", undefined, { "x-confab-session": value });
  for (
    const value of ["", "x", `0${id}`, `${id}.0`, "-1", "1e9", `${id}, ${id}`, "9".repeat(400)]
  ) {
    assert.equal((await with_(value)).body.code, "other_session", value);
  }
  assert.equal((await with_(String(id))).status, 200);
  assert.equal((await ann.api.request("GET", "/api/me")).status, 200, "the header may be left out");
});

test("a page of another server's database is refused too, though its session has the same number", async () => {
  const ann = await house.person();
  const me = await ann.api.get<MyAccount & { instance: string }>("/api/me");
  const ask = (instance: string) =>
    ann.api.request<Problem>("GET", "/api/rooms", undefined, {
      "x-confab-session": String(me.sessionId),
      "x-confab-instance": instance,
    });
  assert.equal((await ask(me.instance)).status, 200);
  for (const instance of ["", "another", `${me.instance}x`]) {
    assert.equal((await ask(instance)).body.code, "other_session", instance);
  }
  const headers = { cookie: ann.cookie, origin: house.url };
  const query = `?session=${me.sessionId}&instance=`;
  const own = await house.open({ headers, query: query + me.instance });
  assert.equal((await own.event("ready")).instance, me.instance);
  const other = await house.open({ headers, query: `${query}another` });
  assert.equal((await other.closed).code, 4401);
});

test("where there is no session at all, the header makes none: 401", async () => {
  const ann = await house.person();
  const headers = { "x-confab-session": String(await sessionOf(ann)) };
  const api = new Api(house.url, headers);
  assert.equal((await api.request<Problem>("GET", "/api/me")).body.code, "unauthenticated");
  const { username, password } = ann;
  const login = await api.request("POST", "/api/login", { username, password });
  assert.equal(login.status, 200, "signing in asks for no session");
});

test("a socket is opened for the session that its page names, or closed with 4401", async () => {
  const [ann, bob] = await house.people(2) as [Person, Person];
  const headers = { cookie: bob.cookie, origin: house.url };
  const [annSession, bobSession] = [await sessionOf(ann), await sessionOf(bob)];

  const own = await house.open({ headers, query: `?session=${bobSession}` });
  const ready = await own.event("ready");
  assert.equal(ready.user.id, bob.id);

  for (const query of [`?session=${annSession}`, "?session=", "?session=x"]) {
    const other = await house.open({ headers, query });
    other.tell({ type: "send", clientId: `in-whose-name-${annSession}`, room: 1, text: "whose?" });
    assert.equal((await other.closed).code, 4401, query);
    assert.deepEqual(other.log, [], query);
  }
  const { messages } = await bob.api.get<{ messages: Message[] }>("/api/rooms/1/messages");
  assert.ok(messages.every(({ text }) => text !== "whose?"));
  assert.equal((await (await house.open({ headers })).event("ready")).user.id, bob.id);

  const without = await house.open({ query: `?session=${bobSession}&instance=x` });
  assert.equal((await without.closed).code, 4401, "a page without a cookie need not be waited for");
  const program = await house.open();
  await program.command({ type: "auth", token: bob.token });
});

async function submit(
  path: string,
  fields: Record<string, string>,
  cookie: string,
): Promise<Answer<unknown>> {
  return await new Api(house.url, {
    cookie,
    origin: house.url,
    "content-type": "application/x-www-form-urlencoded",
  }).request("POST", path, new URLSearchParams(fields).toString(), {
    "content-type": "application/x-www-form-urlencoded",
  });
}

test("a form of a stale page logs nobody out; the form of one's own page does", async () => {
  const [ann, bob] = await house.people(2) as [Person, Person];
  const stale = await submit(
    "/api/logout",
    { session: String(await sessionOf(ann)) },
    bob.cookie,
  );
  assert.equal(stale.status, 303);
  assert.equal(stale.headers.get("location"), "/");
  assert.equal(stale.headers.get("set-cookie"), null);
  assert.equal((await bob.api.request("GET", "/api/me")).status, 200);

  const page = await new Api(house.url, { cookie: bob.cookie }).request("GET", "/rooms/1");
  const [, field] = /<input type="hidden" name="session" value="(\d+)"/.exec(page.text) ?? [];
  assert.equal(Number(field), await sessionOf(bob));
  const out = await submit("/api/logout", { session: field! }, bob.cookie);
  assert.equal(out.headers.get("location"), "/login");
  assert.equal((await bob.api.request("GET", "/api/me")).status, 401);
});

test("a room that one looks into is joined only in the name it was shown to", async () => {
  const [ann, bob, maker] = await house.people(3) as [Person, Person, Person];
  const name = house.name("door");
  const { id } = await maker.api.post<MemberRoom>("/api/rooms", { kind: "public", name });
  const shown = await new Api(house.url, { cookie: bob.cookie }).request("GET", `/rooms/${id}`);
  assert.equal(shown.status, 200);
  const isMember = async (who: Person) =>
    (await who.api.get<{ rooms: MemberRoom[] }>("/api/rooms")).rooms.some((room) => room.id === id);

  const join = `/api/rooms/${id}/members/${bob.id}`;
  assert.equal((await (await stalePage(ann, bob)).request("PUT", join)).status, 409);
  assert.equal(await isMember(bob), false);
  assert.equal((await (await stalePage(bob, bob)).request("PUT", join)).status, 204);
  assert.equal(await isMember(bob), true);
});

test("other programs' cookies, broken ones and very many of them are passed over", async () => {
  const ann = await house.person();
  const [name] = ann.cookie.split("=");
  const crowd = Array.from({ length: 150 }, (_, at) => `other${at}=${"x".repeat(60)}`).join("; ");
  const headers = [
    `session=somebody.elses.token; ${ann.cookie}`,
    `session=%E0%A4%A; ${ann.cookie}; confab=1; confab_ffffffffffff=a.b.c`,
    `${ann.cookie}; ${name}=planted.by.another`,
    `${name}=planted.by.another; ${ann.cookie}`,
    `${name}=; ${ann.cookie}`,
    `;;; =; ==; a; ${ann.cookie};`,
    `${crowd}; ${ann.cookie}`,
  ];
  for (const cookie of headers) {
    const answer = await new Api(house.url, { cookie }).request<Me>("GET", "/api/me");
    assert.equal(answer.status, 200, cookie.slice(0, 80));
    assert.equal(answer.body.id, ann.id);
    assert.equal(answer.headers.get("set-cookie"), null, "nobody's cookie is touched");
  }
});

test("a foreign cookie alone is nobody: no loop, no failure, and a socket may still bring a token", async () => {
  const ann = await house.person();
  const bob = await house.person();
  const foreign = ["session=some.thing.else", "session=1", "confab=x", `confab_000000000000=a.b.c`];
  for (const cookie of [...foreign, `${ann.cookie}; ${bob.cookie}`]) {
    const api = new Api(house.url, { cookie });
    const start = await api.request("GET", "/");
    assert.equal(start.status, 302, cookie);
    assert.equal(start.headers.get("location"), "/login");
    const login = await api.request("GET", "/login");
    assert.equal(login.status, 200);
    assert.equal(login.headers.get("set-cookie"), null, cookie);
  }
  for (const cookie of foreign) {
    const socket = await house.open({ headers: { cookie, origin: house.url } });
    await socket.command({ type: "auth", token: ann.token });
  }
});

test("who was signed in under the cookie's former name stays so, and it moves", async () => {
  const ann = await house.person();
  const [name] = ann.cookie.split("=");
  const former = new Api(house.url, { cookie: `session=${ann.token}` });
  const page = await former.request("GET", "/rooms/1");
  assert.equal(page.status, 200);
  const set = page.headers.getSetCookie();
  assert.ok(set.some((one) => one.startsWith(`${name}=${ann.token}; `)), String(set));
  assert.ok(set.some((one) => /^session=; .*Max-Age=0/.test(one)), String(set));

  const foreign = await former.request("PATCH", "/api/me", { displayName: "From elsewhere" }, {
    origin: "https://evil.example",
  });
  assert.equal(foreign.status, 403, "it is a cookie all the same");
  const socket = await house.open({
    headers: { cookie: `session=${ann.token}`, origin: house.url },
  });
  assert.equal((await socket.event("ready")).user.id, ann.id);

  const out = await former.request("POST", "/api/logout", undefined, { origin: house.url });
  assert.equal(out.status, 204);
  assert.ok(out.headers.getSetCookie().every((one) => /Max-Age=0/.test(one)), "nothing comes back");
});
