/** What browsers are told, and what foreign pages are not allowed. */
import assert from "node:assert/strict";
import { Api, type Message, type Problem } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

/** A browser that is signed in: it sends the cookie, and whatever headers a page makes it send. */
async function browser() {
  const person = await house.person();
  return { person, api: new Api(house.url, { cookie: person.cookie }) };
}

test("every answer carries the strict headers: pages, the interface, errors", async () => {
  const { api } = await browser();
  const paths = ["/login", "/signup", "/", "/api/me", "/api/nothing", "/nothing", "/healthz"];
  for (const path of [...paths, `/rooms/${GENERAL}`, "/rooms/987654", "/favicon.svg"]) {
    const { headers } = await api.request("GET", path, undefined, { accept: "text/html" });
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    if (path.endsWith(".svg")) continue;
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'|default-src 'self'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.match(policy, /script-src 'self'(;|$)/, path);
    assert.doesNotMatch(policy, /unsafe-|\*/, path);
    assert.match(
      headers.get("referrer-policy") ?? "",
      /^(same-origin|no-referrer|strict-origin)/,
      path,
    );
    assert.equal(headers.get("access-control-allow-origin"), null, path);
  }
});

test("the chat's pages alone may record and show what was made in the browser, and no page runs it", async () => {
  const { api } = await browser();
  for (const path of ["/", `/rooms/${GENERAL}`]) {
    const { headers } = await api.request("GET", path, undefined, { accept: "text/html" });
    assert.match(headers.get("permissions-policy") ?? "", /microphone=\(self\)/, path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /img-src 'self' data: blob:(;|$)/, path);
    assert.match(policy, /media-src 'self' blob:(;|$)/, path);
    assert.match(policy, /script-src 'self';/, path);
  }
  for (const path of ["/settings/profile", "/login", "/api/me", "/rooms/987654"]) {
    const { headers } = await api.request("GET", path, undefined, { accept: "text/html" });
    assert.match(headers.get("permissions-policy") ?? "", /microphone=\(\)/, path);
    assert.doesNotMatch(headers.get("content-security-policy") ?? "", /blob:|media-src/, path);
  }
});

test("pages hold no inline script, style or handler", async () => {
  const { api } = await browser();
  const pages = [
    await house.stranger.request("GET", "/login"),
    await house.stranger.request("GET", "/signup"),
    await api.request("GET", `/rooms/${GENERAL}`),
  ];
  for (const { status, text } of pages) {
    assert.equal(status, 200);
    for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) {
      assert.match(tag, /\bsrc=|type="application\/json"/, tag);
    }
    assert.doesNotMatch(text, /<style\b|\sstyle="|\son[a-z]+="/);
  }
});

test("what somebody wrote stands in the page as text", async () => {
  const { person, api } = await browser();
  const room = (await house.room(person)).id;
  const text = `</script><script>alert(1)</script><img src=x onerror="alert(2)"><!--`;
  await person.api.post<Message>(`/api/rooms/${room}/messages`, { text });
  const page = await api.request("GET", `/rooms/${room}`);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes("alert(1)"), "it is shown");
  assert.doesNotMatch(page.text, /<script>alert|<img src=x|<!--/);
});

test("a change with a cookie needs this site's Origin, or its own Sec-Fetch-Site", async () => {
  const { person, api } = await browser();
  const room = (await house.room(person)).id;
  const post = (headers: Record<string, string>) =>
    api.request<Problem>("POST", `/api/rooms/${room}/messages`, { text: "hello" }, headers);
  const foreign: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: house.url.replace(/:\d+$/, ":1") },
    { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ];
  for (const headers of foreign) {
    const answer = await post(headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.equal(answer.body.code, "forbidden");
  }
  const { head } = await person.api.get<{ head: number }>(`/api/rooms/${room}/messages`);
  assert.equal(head, 0, "nothing was written");
  assert.equal((await post({ origin: house.url })).status, 201);
  assert.equal((await post({ "sec-fetch-site": "same-origin" })).status, 201);
});

test("every change asks for the Origin: put, patch, delete, logout", async () => {
  const { person, api } = await browser();
  const room = (await house.room(person)).id;
  const { id } = await person.api.post<Message>(`/api/rooms/${room}/messages`, { text: "hello" });
  const changes: [string, string, unknown?][] = [
    ["PATCH", "/api/me", { theme: "dark" }],
    ["POST", "/api/me/password", { current: person.password, password: "another long walk" }],
    ["POST", "/api/rooms", { kind: "public", name: "foreign" }],
    ["PATCH", `/api/rooms/${room}`, { topic: "foreign" }],
    ["PUT", `/api/rooms/${room}/read`, { seq: 1 }],
    ["DELETE", `/api/rooms/${room}/members/${person.id}`],
    ["PATCH", `/api/messages/${id}`, { text: "foreign" }],
    ["DELETE", `/api/messages/${id}`],
    ["PUT", `/api/messages/${id}/reactions/👍`],
    ["POST", "/api/logout"],
    ["POST", "/login"],
    ["POST", "/signup"],
  ];
  for (const [method, path, body] of changes) {
    const answer = await api.request(method, path, body, { origin: "https://evil.example" });
    assert.equal(answer.status, 403, `${method} ${path}`);
  }
  assert.equal((await api.request("GET", "/api/me")).status, 200, "and reading needs none");
});

test("a Bearer token needs no Origin", async () => {
  const person = await house.person();
  const headers = { origin: "https://evil.example" };
  const answer = await person.api.request("PATCH", "/api/me", { theme: "dark" }, headers);
  assert.equal(answer.status, 200);
});

test("a foreign page cannot sign somebody in", async () => {
  const { username, password } = await house.person();
  const headers = { origin: "https://evil.example" };
  for (const path of ["/api/login", "/api/signup"]) {
    const answer = await house.stranger.request("POST", path, { username, password }, headers);
    assert.equal(answer.status, 403, path);
    assert.equal(answer.headers.get("set-cookie"), null);
  }
});

test("no origin is allowed to read answers unless it is on the list", async () => {
  const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
  const preflight = await house.stranger.request("OPTIONS", "/api/login", undefined, headers);
  assert.equal(preflight.headers.get("access-control-allow-origin"), null);
  assert.equal(preflight.headers.get("access-control-allow-credentials"), null);
});

/** A form as a browser without JavaScript sends it. */
async function submit(path: string, fields: Record<string, string>, headers: HeadersInit = {}) {
  const response = await fetch(house.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { origin: house.url, ...headers },
    body: new URLSearchParams(fields),
  });
  await response.body?.cancel();
  return response;
}

test("signup, login and logout work with plain forms", async () => {
  const username = house.name();
  const password = "a long walk to the sea";
  const signup = await submit("/signup", { username, password });
  assert.equal(signup.status, 303);
  assert.equal(signup.headers.get("location"), "/");
  assert.match(signup.headers.get("set-cookie") ?? "", /^confab_\w+=/);

  const wrong = await submit("/login", { username, password: "something else" });
  assert.equal(wrong.status, 401);
  assert.equal(wrong.headers.get("set-cookie"), null);
  const login = await submit("/login", { username, password });
  assert.equal(login.status, 303);
  const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0]!;
  const logout = await submit("/api/logout", {}, { cookie });
  assert.equal(logout.status, 303);
  assert.equal(logout.headers.get("location"), "/login");
  const api = new Api(house.url, { cookie });
  assert.equal((await api.request("GET", "/api/me")).status, 401);
});

test("the login leads on within this site only", async () => {
  const { username, password } = await house.person();
  const ways: [string, string][] = [
    ["/rooms/1", "/rooms/1"],
    ["https://evil.example/", "/"],
    ["//evil.example/", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["javascript:alert(1)", "/"],
  ];
  for (const [next, location] of ways) {
    const login = await submit("/login", { username, password, next });
    assert.equal(login.headers.get("location"), location, next);
  }
});

test("pages lead the stranger to the login, and hide rooms as the interface does", async () => {
  const start = await house.stranger.request("GET", "/");
  assert.ok([302, 303, 307].includes(start.status));
  assert.match(start.headers.get("location") ?? "", /^\/login/);
  const room = await house.room(await house.person());
  const { api } = await browser();
  const html = { accept: "text/html" };
  for (const tail of ["", "/1"]) {
    const hidden = await api.request("GET", `/rooms/${room.id}${tail}`, undefined, html);
    const missing = await api.request("GET", `/rooms/987654${tail}`, undefined, html);
    assert.equal(hidden.status, 404);
    assert.equal(hidden.text, missing.text.replaceAll("987654", String(room.id)));
  }
});
