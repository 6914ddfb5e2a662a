/** Sessions: listed, revoked, and gone at once wherever they were in use. */
import assert from "node:assert/strict";
import type { User } from "../../lib/protocol/people.ts";
import type { Session } from "../../lib/protocol/sessions.ts";
import {
  Api,
  type ChatSocket,
  logIn,
  type Person,
  type Problem,
  Refusal,
} from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const sessionsOf = async ({ api }: Person) =>
  (await api.get<{ sessions: Session[] }>("/api/me/sessions")).sessions;

/** Nothing is left to a session that has ended: no request, no connection. */
async function assertEnded(person: Person): Promise<void> {
  for (
    const path of ["/api/me", "/api/rooms", "/api/rooms/1/messages", "/api/rooms/1/changes?since=0"]
  ) {
    assert.equal((await person.api.request("GET", path)).status, 401, path);
  }
  const socket = await house.open({ headers: person.api.headers });
  assert.equal((await socket.closed).code, 4401);
  assert.deepEqual(socket.log, []);
}

test("sessions are listed with device, address, last seen, and which is in use", async () => {
  const first = await house.person();
  const second = await logIn(first);
  const sessions = await sessionsOf(second);
  assert.equal(sessions.length, 2);
  assert.equal(sessions.filter(({ current }) => current).length, 1);
  for (const session of sessions) {
    assert.equal(typeof session.device, "string");
    assert.match(session.address, /^(127\.0\.0\.1|::1)$/);
    assert.ok(Math.abs(session.lastSeen - Date.now()) < 60_000);
  }
  const own = (await sessionsOf(first)).find(({ current }) => current);
  assert.notEqual(own?.id, sessions.find(({ current }) => current)?.id);
});

test("a logout ends the session, closes its sockets with 4401 and leaves the others", async () => {
  const phone = await house.person();
  const laptop = await logIn(phone);
  const [onPhone, onLaptop] = [await house.connect(phone), await house.connect(laptop)];
  const answer = await phone.api.request("POST", "/api/logout");
  assert.equal(answer.status, 204);
  assert.equal((await onPhone.closed).code, 4401);
  await assertEnded(phone);
  await onLaptop.settled();
  assert.ok(onLaptop.isOpen);
});

test("a logout takes the cookie away", async () => {
  const person = await house.person();
  const api = new Api(house.url, { cookie: person.cookie });
  const answer = await api.request("POST", "/api/logout", undefined, { origin: house.url });
  assert.equal(answer.status, 204);
  assert.match(answer.headers.get("set-cookie") ?? "", /^confab_\w+=;.*Max-Age=0/);
  await assertEnded(person);
});

test("a session that another device revokes is over at once", async () => {
  const phone = await house.person();
  const laptop = await logIn(phone);
  const onPhone = await house.connect(phone);
  const [other] = (await sessionsOf(laptop)).filter(({ current }) => !current);
  await laptop.api.delete(`/api/me/sessions/${other!.id}`);
  assert.equal((await onPhone.closed).code, 4401);
  await assertEnded(phone);
  assert.equal((await sessionsOf(laptop)).length, 1);
});

test("nobody revokes the session of somebody else, nor learns that it is there", async () => {
  const [ann, mallory] = await house.people(2);
  const [session] = await sessionsOf(ann!);
  const foreign = await mallory!.api.request("DELETE", `/api/me/sessions/${session!.id}`);
  const missing = await mallory!.api.request("DELETE", "/api/me/sessions/999999");
  assert.equal(foreign.status, 404);
  assert.equal(foreign.text, missing.text);
  assert.equal((await ann!.api.request("GET", "/api/me")).status, 200);
});

test("a new password ends every other session and only the new one opens the door", async () => {
  const phone = await house.person();
  const laptop = await logIn(phone);
  const [onPhone, onLaptop] = [await house.connect(phone), await house.connect(laptop)];
  const changed = await laptop.api.request("POST", "/api/me/password", {
    current: phone.password,
    password: "another long walk",
  });
  assert.equal(changed.status, 204);
  assert.equal((await onPhone.closed).code, 4401);
  await assertEnded(phone);
  await onLaptop.settled();
  const { username } = phone;
  const old = { username, password: phone.password };
  assert.equal((await house.stranger.request("POST", "/api/login", old)).status, 401);
  await house.stranger.post("/api/login", { username, password: "another long walk" }, 200);
});

test("a wrong current password changes nothing", async () => {
  const phone = await house.person();
  const laptop = await logIn(phone);
  const body = { current: "not the password", password: "another long walk" };
  const refused = await laptop.api.request<Problem>("POST", "/api/me/password", body);
  assert.equal(refused.status, 403);
  assert.equal(refused.body.code, "forbidden");
  const weak = { current: phone.password, password: "short" };
  assert.equal((await laptop.api.request("POST", "/api/me/password", weak)).status, 422);
  assert.equal((await phone.api.request("GET", "/api/me")).status, 200);
  await logIn(phone);
});

/** Both watch a room; one of them is cut off, then somebody talks. */
async function nothingMore(
  cutOff: (victim: Person) => Promise<void>,
): Promise<{ watching: ChatSocket; victim: Person; room: number }> {
  const [ann, victim] = await house.people(2);
  const room = (await house.room(ann!, victim!)).id;
  const [speaking, watching] = [await house.connect(ann!), await house.connect(victim!)];
  const before = await speaking.send(room, "before");
  await watching.event("message", ({ message }) => message.id === before.id);
  // Talk goes on while the cut is made: whatever is committed after it must not arrive.
  const chatter = Array.from({ length: 30 }, (_, at) => speaking.send(room, `during ${at}`));
  await cutOff(victim!);
  const after = await speaking.send(room, "after");
  await Promise.all(chatter);
  await speaking.event("message", ({ message }) => message.id === after.id);
  await watching.closed;
  const heard = watching.all("message").map(({ message }) => message.text);
  assert.ok(!heard.includes("after"), "an event came after the cut");
  assert.deepEqual(
    heard,
    ["before", ...Array.from({ length: 30 }, (_, at) => `during ${at}`)].slice(0, heard.length),
  );
  return { watching, victim: victim!, room };
}

test("after a logout has been answered, no event reaches the session", async () => {
  const { watching, victim } = await nothingMore(async (victim) => {
    await victim.api.request("POST", "/api/logout");
  });
  assert.equal((await watching.closed).code, 4401);
  await assertEnded(victim);
});

test("after a change of password elsewhere, no event reaches the old session", async () => {
  const { watching, victim } = await nothingMore(async (victim) => {
    const other = await logIn(victim);
    const body = { current: victim.password, password: "another long walk" };
    assert.equal((await other.api.request("POST", "/api/me/password", body)).status, 204);
  });
  assert.equal((await watching.closed).code, 4401);
  await assertEnded(victim);
});

test("a disabled account is closed with 4403 and stays out", async () => {
  const { watching, victim } = await nothingMore(async (victim) => {
    const user = await house.owner.api.patch<User>(`/api/users/${victim.id}`, { disabled: true });
    assert.equal(user.disabled, true);
  });
  assert.equal((await watching.closed).code, 4403);
  await assertEnded(victim);
  const { username, password } = victim;
  assert.equal(
    (await house.stranger.request("POST", "/api/login", { username, password })).status,
    403,
  );
  const guess = { username, password: "not the password" };
  assert.equal((await house.stranger.request("POST", "/api/login", guess)).status, 401);
  await house.owner.api.patch(`/api/users/${victim.id}`, { disabled: false });
  await logIn(victim);
});

test("only the owner and admins disable accounts, and never the owner's", async () => {
  const [ann, bob] = await house.people(2);
  const body = { disabled: true };
  assert.equal((await ann!.api.request("PATCH", `/api/users/${bob!.id}`, body)).status, 403);
  await house.owner.api.patch(`/api/users/${ann!.id}`, { role: "admin" });
  const owner = await ann!.api.request("PATCH", `/api/users/${house.owner.id}`, body);
  assert.equal(owner.status, 403);
  await ann!.api.patch(`/api/users/${bob!.id}`, body);
});

test("a socket whose session has ended cannot send what was on its way", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  const socket = await house.connect(bob!);
  await bob!.api.request("POST", "/api/logout");
  await socket.closed;
  await assert.rejects(socket.send(room, "too late"), (error) => !(error instanceof Refusal));
  const { messages } = await ann!.api.get<{ messages: unknown[] }>(`/api/rooms/${room}/messages`);
  assert.deepEqual(messages, []);
});

/** What a page of a dead session learns, however it asks. */
async function told(person: Person, api = person.api) {
  const answer = await api.request<Problem & { reason?: string }>("GET", "/api/me");
  assert.equal(answer.status, 401);
  assert.equal(answer.body.code, "unauthenticated");
  const socket = await house.open({ headers: { ...api.headers, origin: house.url } });
  const { code, reason } = await socket.closed;
  assert.equal(code, 4401);
  const login = await new Api(house.url, { cookie: person.cookie, "accept-language": "ru" })
    .request("GET", "/login");
  const [, note] = /class="form-note" role="status">([^<]*)</.exec(login.text) ?? [];
  const [, username] = /id="username"[^>]*value="([^"]*)"/.exec(login.text) ??
    /value="([^"]*)"[^>]*id="username"/.exec(login.text) ?? [];
  return { problem: answer.body.reason, close: reason, note, username };
}

test("a session that is gone says why: to its socket, over HTTP, and on the login page", async () => {
  const cases: [reason: string, note: RegExp, end: (who: Person) => Promise<unknown>][] = [
    ["logout", /другой вкладке/, (who) => who.api.request("POST", "/api/logout")],
    ["revoked", /с другого/, async (who) => {
      const other = await logIn(who);
      const [session] = (await sessionsOf(other)).filter(({ current }) => !current);
      await other.api.delete(`/api/me/sessions/${session!.id}`);
    }],
    ["password", /пароль изменили/, async (who) => {
      const body = { current: who.password, password: "another long walk" };
      await (await logIn(who)).api.request("POST", "/api/me/password", body);
    }],
    [
      "disabled",
      /отключена/,
      (who) => house.owner.api.patch(`/api/users/${who.id}`, { disabled: true }),
    ],
  ];
  for (const [reason, note, end] of cases) {
    const person = await house.person();
    const socket = await house.connect(person);
    await end(person);
    const closed = await socket.closed;
    assert.deepEqual(
      [closed.code, closed.reason],
      [reason === "disabled" ? 4403 : 4401, reason],
    );
    const byToken = await told(person);
    assert.equal(byToken.problem, reason);
    assert.equal(byToken.close, reason, "also who was away when it happened");
    assert.match(byToken.note ?? "", note);
    assert.equal(byToken.username, person.username);
    const byCookie = await told(person, new Api(house.url, { cookie: person.cookie }));
    assert.deepEqual([byCookie.problem, byCookie.close], [reason, reason]);
  }
});

test("why a session ended is told to its own token only, and lets nobody in", async () => {
  const person = await house.person();
  await person.api.request("POST", "/api/logout");
  const [head, claims, signature] = person.token.split(".") as [string, string, string];
  const forged = `${head}.${claims}.${signature.slice(0, -6)}AAAAAA`;
  for (const token of [forged, "a.b.c", ""]) {
    const api = new Api(house.url, { authorization: `Bearer ${token}` });
    const { status, body } = await api.request<Problem & { reason?: string }>("GET", "/api/me");
    assert.equal(status, 401);
    assert.equal(body.reason, undefined, token);
  }
  const login = await house.stranger.request("GET", "/login");
  assert.doesNotMatch(login.text, /form-note/);
});

test("the login page shows reasons from its list, and no word of whoever made the link", async () => {
  const page = async (reason: string) =>
    (await house.stranger.request("GET", `/login?reason=${encodeURIComponent(reason)}`)).text;
  assert.match(await page("password"), /Your password was changed/);
  assert.match(await page("unknown"), /not signed in any more/);
  for (const reason of ["constructor", "__proto__", "<b>your bank</b>", "Expired", ""]) {
    const text = await page(reason);
    assert.doesNotMatch(text, /form-note|your bank|native code/, reason);
  }
});
