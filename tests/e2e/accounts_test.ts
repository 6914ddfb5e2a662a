/** Accounts: signing up and in, the cookie, one's own settings. */
import assert from "node:assert/strict";
import type { Me } from "../../lib/protocol/accounts.ts";
import type { User } from "../../lib/protocol/people.ts";
import { Api, logIn, type MemberRoom, PASSWORD, type Problem } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

interface SignedIn {
  user: User;
  token: string;
  expiresAt: number;
}

test("the first account is the owner and later ones are members", async () => {
  const person = await house.person();
  assert.equal(house.owner.user.role, "owner");
  assert.equal(person.user.role, "member");
});

test("a signup answers with user, token and expiry and signs the browser in", async () => {
  const username = house.name();
  const answer = await house.stranger.request<SignedIn>("POST", "/api/signup", {
    username,
    password: PASSWORD,
    displayName: "Ann Example",
  });
  assert.equal(answer.status, 201);
  const { user, token, expiresAt } = answer.body;
  assert.deepEqual(user, {
    id: user.id,
    username,
    displayName: "Ann Example",
    role: "member",
    avatar: null,
    disabled: false,
    status: null,
  });
  assert.ok(Number.isInteger(user.id) && user.id > 0);
  assert.ok(Number.isInteger(expiresAt) && expiresAt > Date.now());
  assert.equal(token.split(".").length, 3, "a JWT");

  const cookie = answer.headers.get("set-cookie") ?? "";
  const [pair, ...attributes] = cookie.split(/;\s*/);
  assert.match(pair!, /^confab_\w+=[\w.-]+$/);
  assert.ok(attributes.includes("HttpOnly"));
  assert.ok(attributes.includes("SameSite=Lax"));
  assert.ok(attributes.includes("Path=/"));
  assert.ok(!attributes.includes("Secure"), "over plain HTTP a Secure cookie would be lost");
  const me = await new Api(house.url, { cookie: pair! }).get<Me>("/api/me");
  assert.equal(me.id, user.id);
});

test("a new account is in the public room general, which is room 1", async () => {
  const { api } = await house.person();
  const { rooms } = await api.get<{ rooms: MemberRoom[] }>("/api/rooms");
  const general = rooms.find(({ id }) => id === GENERAL);
  assert.equal(general?.name, "general");
  assert.equal(general.kind, "public");
  assert.equal(general.membership.role, "member");
});

test("a username is taken without regard to case or form", async () => {
  const username = house.name("Zoë");
  await house.stranger.post("/api/signup", { username, password: PASSWORD });
  const fullWidth = username.replace("Z", "Ｚ");
  for (const again of [username, username.toUpperCase(), username.normalize("NFD"), fullWidth]) {
    const answer = await house.stranger.request<Problem>("POST", "/api/signup", {
      username: again,
      password: PASSWORD,
    });
    assert.equal(answer.status, 409, again);
    assert.equal(answer.body.code, "conflict");
    assert.equal(answer.headers.get("set-cookie"), null);
  }
});

test("a username that is another's, or looks like it, is refused at its field", async () => {
  const { username } = (await house.person("rna")).user;
  const attempt = (username: string) =>
    house.stranger.request<Problem>("POST", "/api/signup", { username, password: PASSWORD });
  const cases: [string, number, string][] = [
    [username.toUpperCase(), 409, "taken"],
    [`m${username.slice(2)}`, 409, "looks_like"],
    [`r\u200d${username.slice(1)}`, 422, "invisible"],
  ];
  for (const [name, status, reason] of cases) {
    const { body, ...answer } = await attempt(name);
    assert.equal(answer.status, status, reason);
    assert.deepEqual(body.errors?.map((each) => [each.path, each.reason]), [["username", reason]]);
    assert.ok(body.errors![0]!.message.length > 0);
  }
});

test("names of any script are usernames", async () => {
  for (const username of ["Анна_Каренина", "王小明", "anna.b-c_9", "a".repeat(32)]) {
    const { user } = await house.stranger.post<SignedIn>("/api/signup", {
      username,
      password: PASSWORD,
    });
    assert.equal(user.username, username);
  }
});

test("what is no username or password is refused with its field", async () => {
  const good = { username: "some-body", password: PASSWORD };
  const cases: [Record<string, unknown>, string][] = [
    [{ ...good, username: "ab" }, "username"],
    [{ ...good, username: "a".repeat(33) }, "username"],
    [{ ...good, username: "with space" }, "username"],
    [{ ...good, username: "at@home" }, "username"],
    [{ ...good, username: 12345 }, "username"],
    [{ ...good, username: ["abc"] }, "username"],
    [{ ...good, password: "a1b2c3d" }, "password"],
    [{ ...good, password: "x".repeat(257) }, "password"],
    [{ ...good, password: "password" }, "password"],
    [{ ...good, password: "12345678" }, "password"],
    [{ username: good.username }, "password"],
  ];
  for (const [body, path] of cases) {
    const answer = await house.stranger.request<Problem>("POST", "/api/signup", body);
    assert.equal(answer.status, 422, JSON.stringify(body));
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.equal(answer.body.code, "invalid");
    assert.deepEqual(answer.body.errors?.map((error) => error.path), [path]);
    assert.equal(typeof answer.body.errors?.[0]?.message, "string");
  }
  const login = await house.stranger.request("POST", "/api/login", good);
  assert.equal(login.status, 401, "nobody came to be");
});

test("a login answers 200 and opens a session of its own", async () => {
  const person = await house.person();
  const { username, password } = person;
  const body = { username: username.toUpperCase(), password };
  const answer = await house.stranger.request<SignedIn>("POST", "/api/login", body);
  assert.equal(answer.status, 200);
  assert.equal(answer.body.user.id, person.id);
  assert.notEqual(answer.body.token, person.token);
  assert.match(answer.headers.get("set-cookie") ?? "", /^confab_\w+=/);
});

test("blanks around the name and an @ before it do not count, in the form neither", async () => {
  const { id, username, password } = await house.person();
  const around = [
    `${username} `,
    `  ${username}\t`,
    `@${username}`,
    ` @${username} `,
    `@ ${username}`,
    `\u00a0${username}\u3000`,
    `\u2003@${username}\u2028`,
    `\ufeff${username}\u200b`,
    `＠${username}\r\n`,
    `\u0085${username.toUpperCase()}\u0085`,
  ];
  for (const name of around) {
    const body = { username: name, password };
    const answer = await house.stranger.request<SignedIn>("POST", "/api/login", body);
    assert.equal(answer.status, 200, JSON.stringify(name));
    assert.equal(answer.body.user.id, id);
    const form = await fetch(`${house.url}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: house.url },
      body: new URLSearchParams({ username: name, password }),
    });
    await form.body?.cancel();
    assert.equal(form.status, 303, JSON.stringify(name));
  }
  const others = [`${username}@`, `x@${username}`, `${username} x`, `#${username}`, "@", " ", ""];
  for (const name of others) {
    const body = { username: name, password };
    const answer = await house.stranger.request<Problem>("POST", "/api/login", body);
    assert.equal(answer.status, 401, JSON.stringify(name));
    assert.equal(answer.body.code, "unauthenticated");
  }
});

test("a wrong password and an unknown user get the same answer", async () => {
  const { username } = await house.person();
  const [wrong, unknown] = await Promise.all(
    [username, house.name("nobody")].map((name) =>
      house.stranger.request<Problem>("POST", "/api/login", {
        username: name,
        password: "not the password",
      })
    ),
  );
  assert.equal(wrong!.status, 401);
  assert.equal(wrong!.body.code, "unauthenticated");
  assert.equal(unknown!.status, wrong!.status);
  assert.equal(unknown!.text, wrong!.text);
  assert.equal(unknown!.headers.get("set-cookie"), null);
});

test("a password of 256 characters works to its last one", async () => {
  const username = house.name();
  const password = "ж".repeat(255) + "1";
  await house.stranger.post("/api/signup", { username, password });
  await house.stranger.post("/api/login", { username, password }, 200);
  const cut = { username, password: password.slice(0, 255) + "2" };
  assert.equal((await house.stranger.request("POST", "/api/login", cut)).status, 401);
});

test("without a session everything but the doors answers 401", async () => {
  const paths = ["/api/me", "/api/me/sessions", "/api/rooms", "/api/rooms/1", "/api/users"];
  for (const path of [...paths, "/api/rooms/1/messages", "/api/rooms/1/changes?since=0"]) {
    const answer = await house.stranger.request<Problem>("GET", path);
    assert.equal(answer.status, 401, path);
    assert.equal(answer.body.code, "unauthenticated");
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
  }
  for (const path of ["/healthz", "/readyz"]) {
    assert.equal((await house.stranger.request("GET", path)).status, 200, path);
  }
});

test("people change their own settings, and others see the name at once", async () => {
  const [ann, bob] = await house.people(2);
  const watching = await house.connect(bob!);
  const me = await ann!.api.patch<Me>("/api/me", {
    displayName: "Ann of Here",
    language: "ru",
    theme: "dark",
  });
  assert.equal(me.displayName, "Ann of Here");
  assert.equal(me.language, "ru");
  assert.equal(me.theme, "dark");
  assert.deepEqual(await ann!.api.get("/api/me"), me);
  const { user } = await watching.event("user", ({ user }) => user.id === ann!.id);
  assert.equal(user.displayName, "Ann of Here");
  assert.ok(!("theme" in user), "settings are nobody else's business");
});

test("language and theme reach one's own other connections, and nobody else", async () => {
  const [ann, bob] = await house.people(2);
  const [tab, other, onBob] = [
    await house.connect(ann!),
    await house.connect(await logIn(ann!)),
    await house.connect(bob!),
  ];
  const me = await ann!.api.patch<Me>("/api/me", { language: "ru", theme: "dark" });
  for (const socket of [tab, other]) {
    const { user } = await socket.event("user", ({ user }) => user.id === ann!.id);
    assert.equal((user as Me).language, "ru");
    assert.equal((user as Me).theme, "dark");
  }
  // A name is for everybody; whoever hears of it has heard all that came before.
  await ann!.api.patch("/api/me", { displayName: "Ann of Both", theme: "light" });
  await onBob.event("user", ({ user }) => user.displayName === "Ann of Both");
  assert.doesNotMatch(JSON.stringify(onBob.all("user")), /"theme"|"language"/);
  await tab.event("user", ({ user }) => (user as Me).theme === "light");
  // Who was away hears of it on coming back.
  const later = await house.connect(ann!);
  const [ready] = later.all("ready");
  assert.deepEqual(
    [ready!.user.displayName, ready!.settings.language, ready!.settings.theme],
    ["Ann of Both", me.language, "light"],
  );
});

test("settings that do not exist or do not fit change nothing", async () => {
  const { api } = await house.person();
  const before = await api.get("/api/me");
  for (
    const body of [
      { theme: "pink" },
      { language: "xx" },
      { displayName: "" },
      { role: "owner" },
      {
        username: "other",
      },
      { disabled: true },
      { id: 1 },
    ]
  ) {
    const answer = await api.request<Problem>("PATCH", "/api/me", body);
    assert.equal(answer.status, 422, JSON.stringify(body));
  }
  assert.deepEqual(await api.get("/api/me"), before);
});

test("people are found by the beginning of their names", async () => {
  const username = house.name("findable");
  const { user } = await house.stranger.post<SignedIn>("/api/signup", {
    username,
    password: PASSWORD,
  });
  const { api } = await house.person();
  const found = await api.get<{ users: User[] }>(`/api/users?q=${username.toUpperCase()}`);
  assert.deepEqual(found.users.map(({ id }) => id), [user.id]);
  assert.deepEqual(await api.get(`/api/users/${user.id}`), user);
  const missing = await api.request<Problem>("GET", "/api/users/999999");
  assert.equal(missing.status, 404);
  assert.equal(missing.body.code, "not_found");
  for (const wild of ["%25", "_", "%5C"]) {
    const { users } = await api.get<{ users: User[] }>(`/api/users?q=${wild}`);
    assert.deepEqual(users, [], "signs of a pattern stand for themselves");
  }
});
