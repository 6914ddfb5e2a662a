/** Passkeys over HTTP, shown by a key of software: what lets in, and every way in which it must not. */
import assert from "node:assert/strict";
import type { Passkey } from "../../lib/protocol/passkeys.ts";
import { Api, type Person } from "../support/chat_client.ts";
import { type Signing, SoftPasskey } from "../support/soft_passkey.ts";
import { eventually } from "../support/eventually.ts";
import { forgetProofs } from "../support/stale_sessions.ts";
import { startProgram } from "../support/program.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

interface Answer {
  code?: string;
  challenge: string;
  userVerification?: string;
  allowCredentials: { id: string }[];
  user: { id: number };
  token: string;
  ticket?: string;
  methods?: string[];
}

const site = () => ({ origin: house.url, rpId: "localhost" });

async function optionsFor(path: string, api: Api, body: unknown = {}): Promise<Answer> {
  const answer = await api.request<Answer>("POST", path, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function add(person: Person, key: SoftPasskey, name?: string): Promise<Passkey> {
  const { challenge } = await optionsFor("/api/me/passkeys", person.api);
  const passkey = await key.registration({ challenge, ...site() });
  return await person.api.post<Passkey>("/api/me/passkeys", { passkey, name });
}

/** Somebody with a passkey. */
async function withKey(): Promise<{ person: Person; key: SoftPasskey; id: number }> {
  const [person, key] = [await house.person(), await SoftPasskey.make()];
  return { person, key, id: (await add(person, key)).id };
}

/** Shows the key for a new challenge, honestly unless `more` says otherwise. */
async function signIn(key: SoftPasskey, more: Partial<Signing> = {}, ticket?: string) {
  const { challenge } = await optionsFor("/api/login/passkey", house.stranger, { ticket });
  const passkey = await key.assertion({ challenge, ...site(), ...more });
  return await house.stranger.request<Answer>("POST", "/api/login/passkey", { passkey, ticket });
}

async function ticketOf({ username, password }: Person): Promise<string> {
  const { status, body } = await house.stranger.request<Answer>("POST", "/api/login", {
    username,
    password,
  });
  assert.deepEqual([status, body.code, body.methods], [401, "second_factor", ["passkey"]]);
  return body.ticket!;
}

test("a passkey alone signs in, without a name or a password", async () => {
  const { person, key } = await withKey();
  const options = await optionsFor("/api/login/passkey", house.stranger);
  assert.deepEqual([options.allowCredentials, options.userVerification], [[], "required"]);
  const { status, body, headers } = await signIn(key);
  assert.deepEqual([status, body.user.id], [200, person.id]);
  assert.match(headers.get("set-cookie") ?? "", /^confab_/);
  const mine = new Api(house.url, { authorization: `Bearer ${body.token}` });
  const { sessions } = await mine.get<{ sessions: { way: string; current: boolean }[] }>(
    "/api/me/sessions",
  );
  assert.equal(sessions.find(({ current }) => current)?.way, "passkey");
  const { passkeys } = await mine.get<{ passkeys: Passkey[] }>("/api/me/passkeys");
  assert.ok(passkeys[0]!.lastUsed! > 0);
});

test("after the password a passkey is asked for, and lets in by its ticket, once", async () => {
  const { person, key } = await withKey();
  const ticket = await ticketOf(person);
  const options = await optionsFor("/api/login/passkey", house.stranger, { ticket });
  assert.deepEqual(options.allowCredentials.map(({ id }) => id), [key.id]);
  const { status, body } = await signIn(key, { verified: false }, ticket);
  assert.deepEqual([status, body.user.id], [200, person.id]);
  const again = await house.stranger.request<Answer>("POST", "/api/login/passkey", { ticket });
  assert.deepEqual([again.status, again.body.code], [401, "unauthenticated"]);
});

test("its owner may want the password to be enough", async () => {
  const { person, key } = await withKey();
  await person.api.request("PATCH", "/api/me/passkeys", { afterPassword: false });
  const { username, password } = person;
  const login = await house.stranger.request("POST", "/api/login", { username, password });
  assert.equal(login.status, 200);
  assert.equal((await signIn(key)).status, 200);
});

test("what a dishonest browser or a phisher's page would send lets nobody in", async () => {
  const { key } = await withKey();
  const lies: [string, Partial<Signing>][] = [
    ["another origin", { origin: "https://evil.example" }],
    ["another port", { origin: "http://localhost:1" }],
    ["another site's id", { rpId: "evil.example" }],
    ["a challenge of its own", { challenge: "c29tZXRoaW5nIG9mIG15IG93bg" }],
    ["no finger, no face, no PIN", { verified: false }],
    ["the wrong kind", { type: "webauthn.create" }],
    ["another account's name", { userHandle: "c29tZWJvZHkgZWxzZQ" }],
  ];
  for (const [lie, more] of lies) {
    const { status, body, headers } = await signIn(key, more);
    assert.deepEqual([status, body.code], [401, "unauthenticated"], lie);
    assert.equal(headers.get("set-cookie"), null, lie);
  }
  const stranger = await SoftPasskey.make();
  assert.equal((await signIn(stranger)).status, 401, "a key that nobody has");
  assert.equal((await signIn(key)).status, 200, "the honest one");
});

test("a signature is good once, for what it was asked for, and for who asked", async () => {
  const { person, key } = await withKey();
  const { challenge } = await optionsFor("/api/login/passkey", house.stranger);
  const passkey = await key.assertion({ challenge, ...site() });
  const show = () => house.stranger.request("POST", "/api/login/passkey", { passkey });
  const both = await Promise.all([show(), show()]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 401], "two at once: one wins");
  assert.equal((await show()).status, 401);

  // Of a sign-in, to confirm with; of a confirmation, to sign in with; of another's ticket.
  const signingIn = (await optionsFor("/api/login/passkey", house.stranger)).challenge;
  const confirming = (await optionsFor("/api/me/confirm/passkey", person.api)).challenge;
  const confirm = await person.api.request<Answer>("POST", "/api/me/confirm", {
    passkey: await key.assertion({ challenge: signingIn, ...site() }),
  });
  assert.deepEqual([confirm.status, confirm.body.code], [403, "forbidden"]);
  assert.equal((await signIn(key, { challenge: confirming })).status, 401);
  const other = await withKey();
  const [ticket, others] = [await ticketOf(person), await ticketOf(other.person)];
  const { challenge: forOther } = await optionsFor("/api/login/passkey", house.stranger, {
    ticket: others,
  });
  assert.equal((await signIn(key, { challenge: forOther }, ticket)).status, 401);
  assert.equal((await signIn(other.key, {}, ticket)).status, 401, "another's passkey");
  assert.equal((await signIn(key, {}, ticket)).status, 200);
});

test("a wrong passkey after the password of staff is in the audit log: somebody has the password", async () => {
  const { person, key } = await withKey();
  const { api } = house.owner;
  await api.patch(`/api/users/${person.id}`, { role: "admin" });
  assert.equal((await signIn(await SoftPasskey.make(), {}, await ticketOf(person))).status, 401);
  const log = `/api/audit?action=sign_in.failed&target=${person.id}`;
  await eventually(async () => {
    const { entries } = await api.get<{ entries: { detail: unknown }[] }>(log);
    assert.deepEqual(entries.map(({ detail }) => detail), [{ step: "second" }]);
  });
  assert.equal((await signIn(key, {}, await ticketOf(person))).status, 200);
});

test("a key whose counter does not rise is a copy, and lets in neither it nor its maker", async () => {
  const person = await house.person();
  const key = await SoftPasskey.make();
  const { challenge } = await optionsFor("/api/me/passkeys", person.api);
  const passkey = await key.registration({ challenge, ...site(), counter: 4 });
  await person.api.post("/api/me/passkeys", { passkey });
  assert.equal((await signIn(key, { counter: 5 })).status, 200);
  assert.equal((await signIn(key, { counter: 5 })).status, 401);
  assert.equal((await signIn(key, { counter: 3 })).status, 401);
  assert.equal((await signIn(key, { counter: 6 })).status, 200);
});

test("a passkey is added by who asked for it, for this site, and to nobody else's account", async () => {
  const [ann, bob] = [await house.person(), await house.person()];
  const key = await SoftPasskey.make();
  const { challenge } = await optionsFor("/api/me/passkeys", ann.api);
  const honest = { challenge, ...site() };
  const post = (by: Person, passkey: unknown) =>
    by.api.request<Answer>("POST", "/api/me/passkeys", { passkey });
  const stolen = await post(bob, await key.registration(honest));
  assert.deepEqual([stolen.status, stolen.body.code], [403, "forbidden"], "another session's");
  for (const lie of [{ origin: "https://evil.example" }, { rpId: "evil.example" }]) {
    const answer = await post(ann, await key.registration({ ...honest, ...lie }));
    assert.deepEqual([answer.status, answer.body.code], [403, "forbidden"]);
  }
  for (const nonsense of [{}, "x", { id: "a", rawId: "a", type: "public-key", response: {} }]) {
    assert.equal((await post(ann, nonsense)).status, 422);
  }
  const registration = await key.registration(honest);
  const broken = { ...registration.response, attestationObject: "AAAA" };
  assert.equal((await post(ann, { ...registration, response: broken })).status, 403);
  assert.equal((await post(ann, registration)).status, 201);
  assert.equal((await post(ann, registration)).status, 403, "once");
});

test("own passkeys are dangerous to change: who has not confirmed lately is asked first", async () => {
  const { person, key, id } = await withKey();
  const { sessionId } = await person.api.get<{ sessionId: number }>("/api/me");
  forgetProofs(house.program, sessionId);
  for (
    const [method, path, body] of [
      ["POST", "/api/me/passkeys", {}],
      ["PATCH", "/api/me/passkeys", { afterPassword: false }],
      ["DELETE", `/api/me/passkeys/${id}`, undefined],
    ] as const
  ) {
    const { body: problem } = await person.api.request<Answer>(method, path, body);
    assert.equal(problem.code, "confirm_first", `${method} ${path}`);
  }
  const { methods } = await person.api.get<{ methods: string[] }>("/api/me/confirm");
  assert.deepEqual(methods, ["password", "passkey"]);
  const { challenge } = await optionsFor("/api/me/confirm/passkey", person.api);
  const passkey = await key.assertion({ challenge, ...site() });
  assert.equal((await person.api.request("POST", "/api/me/confirm", { passkey })).status, 204);
  assert.equal((await person.api.request("DELETE", `/api/me/passkeys/${id}`)).status, 204);
  assert.equal((await signIn(key)).status, 401, "removed");
});

test("a disabled account's passkey lets nobody in", async () => {
  const { person, key } = await withKey();
  const { owner } = house;
  await owner.api.request("PATCH", `/api/users/${person.id}`, { disabled: true });
  const { status, body } = await signIn(key);
  assert.deepEqual([status, body.code], [403, "forbidden"]);
});

test("by an address in numbers there are no passkeys, since browsers make none", async () => {
  const person = await house.person();
  const url = house.url.replace("localhost", "127.0.0.1");
  const api = new Api(url, { authorization: `Bearer ${person.token}` });
  const { status, body } = await api.request<Answer>("POST", "/api/me/passkeys", {});
  assert.deepEqual([status, body.code], [403, "forbidden"]);
});

test("the form signs in as the request does, and leads nowhere but into this site", async () => {
  const { key } = await withKey();
  const form = { "content-type": "application/x-www-form-urlencoded", origin: house.url };
  const post = async (more: Record<string, string>, headers = {}) => {
    const { challenge } = await optionsFor("/api/login/passkey", house.stranger);
    const passkey = JSON.stringify(await key.assertion({ challenge, ...site() }));
    const body = new URLSearchParams({ passkey, ...more }).toString();
    const api = new Api(house.url, { ...form, accept: "text/html", ...headers });
    return await api.request<string>("POST", "/login/passkey", body);
  };
  const here = await post({ next: "/settings/passkeys" });
  assert.deepEqual([here.status, here.headers.get("location")], [303, "/settings/passkeys"]);
  assert.match(here.headers.get("set-cookie") ?? "", /^confab_/);
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
    assert.equal((await post({ next })).headers.get("location"), "/", next);
  }
  const foreign = await post({}, { origin: "https://evil.example" });
  assert.deepEqual([foreign.status, foreign.headers.get("set-cookie")], [403, null]);
  for (const passkey of ["", "{}", "no json", "[]", '{"id":1}']) {
    const { status, text, headers } = await post({ passkey });
    assert.ok([401, 422].includes(status), `${passkey}: ${status}`);
    assert.match(text, /That passkey is not known here/);
    assert.equal(headers.get("set-cookie"), null);
    assert.equal(headers.get("cache-control"), "no-store");
  }
});

test("guesses at passkeys from one address end", async () => {
  await using strict = await startProgram({ env: { CONFAB_AUTH_RATE: "3" } });
  const api = new Api(strict.url);
  const key = await SoftPasskey.make();
  const passkey = await key.assertion({ challenge: "AAAA", origin: strict.url, rpId: "localhost" });
  const seen: number[] = [];
  for (let guess = 0; guess < 5; guess++) {
    seen.push((await api.request("POST", "/api/login/passkey", { passkey })).status);
  }
  assert.deepEqual(seen, [401, 401, 401, 429, 429]);
});
