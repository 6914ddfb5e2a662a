/** The WebSocket's door: who may come in, by which way, and with which code others are shown out. */
import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { ChatSocket, type OpenOptions, type Person } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const ALLOWED = "https://friend.example";
const SECRET = "a secret of the tests, at least 32 characters long";
// The site's own origin comes first; localhost is what the tests speak to.
const house = openHouse({
  CONFAB_SECRET: SECRET,
  CONFAB_ORIGIN: `https://chat.example,${ALLOWED}`,
});
const test = houseTest(house);

/** As a proxy in front that speaks TLS would pass it on, the cookie has its strict name. */
const cookieOf = ({ cookie }: Person) => cookie;

/** Opens a connection that may be refused: "ready", "waiting" for auth, a status or a code. */
async function knock(options: OpenOptions): Promise<string> {
  const socket = new ChatSocket(house.url, options);
  try {
    await socket.opened;
  } catch (error) {
    await socket.closed;
    return `no upgrade: ${/\b(\d{3})\b/.exec(String(error))?.[1] ?? error}`;
  }
  try {
    // A frame before signing in shows whether the server still waits for a token.
    socket.tell({ type: "status", status: "online", ref: "knock" });
    const answer = await socket.until(
      () => socket.log.find(({ type }) => type === "ready" || type === "error"),
      "answer",
    );
    return answer.type === "ready" ? "ready" : "waiting";
  } catch {
    return `closed: ${(await socket.closed).code}`;
  } finally {
    await socket.close();
  }
}

test("a Bearer token opens the connection, which begins with ready", async () => {
  const ann = await house.person();
  const socket = await house.connect(ann);
  const [first] = socket.log;
  assert.equal(first!.type, "ready");
  const { ready } = socket;
  assert.equal(ready.protocol, 1);
  assert.match(ready.epoch, /\S/);
  assert.deepEqual(ready.user, ann.user);
  assert.ok(Math.abs(ready.serverTime - Date.now()) < 60_000);
  assert.deepEqual(ready.limits, LIMITS);
  const general = ready.rooms.find(({ id }) => id === GENERAL)!;
  assert.equal(general.membership.role, "member");
  assert.ok(ready.users.some(({ id }) => id === house.owner.id));
  assert.equal(ready.presence[ann.id], "online");
});

test("a cookie opens it from this site and from allowed ones, and from no other", async () => {
  const cookie = cookieOf(await house.person());
  const from = (origin: string) => knock({ headers: { cookie, origin } });
  assert.equal(await from("https://chat.example"), "ready");
  assert.equal(await from(ALLOWED), "ready");
  const foreign = [
    "https://evil.example",
    "http://chat.example",
    "https://chat.example.evil.example",
    "https://chat.example:444",
    "null",
    house.url,
  ];
  for (const origin of foreign) assert.equal(await from(origin), "no upgrade: 403", origin);
  assert.equal(await knock({ headers: { cookie } }), "no upgrade: 403", "a cookie needs an Origin");
});

test("a Bearer token needs no Origin, and a first frame brings one too", async () => {
  const ann = await house.person();
  const headers = { ...ann.api.headers, origin: "https://evil.example" };
  assert.equal(await knock({ headers }), "ready");

  const socket = await house.open();
  const ack = await socket.command({ type: "auth", token: ann.token });
  assert.equal(ack.type, "ack");
  await socket.event("ready");
  assert.equal(socket.ready.user.id, ann.id);
  await socket.send(GENERAL, "in by the third way");
  await assert.rejects(socket.command({ type: "auth", token: ann.token }), { code: "bad_request" });
});

test("the first frame after signing in begins with ready", async () => {
  const ann = await house.person();
  const socket = await house.open();
  socket.tell({ type: "auth", token: ann.token });
  await socket.event("ready");
  assert.equal(socket.log[0]!.type, "ready");
});

test("a token in the query string is as good as none", async () => {
  const { token } = await house.person();
  for (const name of ["token", "access_token", "session", "auth"]) {
    assert.equal(await knock({ query: `?${name}=${token}` }), "waiting", name);
  }
});

test("nothing but auth is heard before signing in", async () => {
  const socket = await house.open();
  const commands = [
    { type: "send", clientId: crypto.randomUUID(), room: GENERAL, text: "hello" },
    { type: "sync", rooms: { [GENERAL]: 0 } },
    { type: "typing", room: GENERAL },
    { type: "status", status: "away" },
  ];
  for (const command of commands) {
    await assert.rejects(socket.command(command), { code: "unauthenticated" });
  }
  assert.ok(socket.log.every(({ type }) => type === "error"));
});

const base64url = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Tokens that the server must not believe, each made from a good one. */
async function badTokens(good: string): Promise<Record<string, string>> {
  const [header, payload, signature] = good.split(".") as [string, string, string];
  const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  const key = new TextEncoder().encode(SECRET);
  const sign = (claims: Record<string, unknown>, withKey = key, typ = "JWT", alg = "HS256") =>
    new SignJWT(claims).setProtectedHeader({ alg, typ }).sign(withKey);
  const none = base64url({ alg: "none", typ: "JWT" });
  const flipped = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  return {
    "alg none": `${none}.${payload}.`,
    "alg none with the old signature": `${none}.${payload}.${signature}`,
    "alg None": `${base64url({ alg: "None", typ: "JWT" })}.${payload}.`,
    "another signature": `${header}.${payload}.${flipped}`,
    "no signature": `${header}.${payload}.`,
    "another user under the old signature": `${header}.${
      base64url({ ...claims, sub: "1" })
    }.${signature}`,
    "another key": await sign(claims, new TextEncoder().encode("x".repeat(48))),
    "another user": await sign({ ...claims, sub: String(house.owner.id) }),
    "a session that never was": await sign({ ...claims, sid: 987_654 }),
    "no session": await sign({ ...claims, sid: undefined }),
    "expired": await sign({ ...claims, exp: Math.floor(Date.now() / 1000) - 10 }),
    "never expiring": await sign({ ...claims, exp: undefined }),
    "a later expiry": await sign({ ...claims, exp: claims.exp + 1000 }),
    "garbage": "not.a.token",
    "an empty part": "..",
    "words": "hello",
  };
}

test("the test's way of making tokens makes good ones, too", async () => {
  const ann = await house.person();
  const [, payload] = ann.token.split(".") as [string, string];
  const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  const key = new TextEncoder().encode(SECRET);
  const same = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(key);
  const socket = await house.open();
  await socket.command({ type: "auth", token: same });
});

test("a forged, expired or unsigned token is nobody's: 401, or 4401", async () => {
  const ann = await house.person();
  for (const [name, token] of Object.entries(await badTokens(ann.token))) {
    const authorization = `Bearer ${token}`;
    const answer = await house.stranger.request("GET", "/api/me", undefined, { authorization });
    assert.equal(answer.status, 401, name);
    assert.equal(await knock({ headers: { authorization } }), "closed: 4401", name);
    const socket = await house.open();
    socket.tell({ type: "auth", token });
    assert.equal((await socket.closed).code, 4401, name);
    assert.ok(!socket.log.some(({ type }) => type === "ready"));
  }
  const cookie = `${ann.cookie.split("=")[0]}=forged.token.here`;
  const headers = { cookie, origin: "https://chat.example" };
  assert.equal(await knock({ headers }), "closed: 4401");
});

test("over TLS the cookie has the prefix and Secure, and a plain session cookie counts for nothing", async () => {
  const { username, password, cookie: own } = await house.person();
  const answer = await house.stranger.request("POST", "/api/login", { username, password });
  const cookie = answer.headers.get("set-cookie") ?? "";
  assert.match(cookie, /^__Host-confab_\w+=/);
  for (const attribute of ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"]) {
    assert.ok(cookie.split(/;\s*/).includes(attribute), attribute);
  }
  assert.ok(!/domain=/i.test(cookie));
  const planted = await house.stranger.request("GET", "/api/me", undefined, {
    cookie: own.replace("__Host-", ""),
  });
  assert.equal(planted.status, 401);
  assert.match(answer.headers.get("strict-transport-security") ?? "", /max-age=\d+/);
});

test("the address speaks WebSocket only", async () => {
  const answer = await (await house.person()).api.request<{ code: string }>("GET", "/chat");
  assert.equal(answer.status, 400);
  assert.equal(answer.body.code, "bad_request");
});

test("a connection that never signs in is closed with 4401 after 10 seconds", async () => {
  const socket = await house.open();
  const openedAt = performance.now();
  // Talking does not buy time: only signing in does.
  socket.tell({ type: "pong" });
  const { code } = await socket.closed;
  assert.equal(code, 4401);
  const took = performance.now() - openedAt;
  assert.ok(took >= 9_000, "a slow phone still had its time");
  assert.ok(took < 12_000, `and no more: it ended after ${took} ms`);
});
