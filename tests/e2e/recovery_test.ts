/** Lost passwords: the link of staff and its page, without a script. */
import assert from "node:assert/strict";
import type { ResetLink } from "../../lib/protocol/recovery.ts";
import type { Me } from "../../lib/protocol/accounts.ts";
import { Api, PASSWORD, type Problem } from "../support/chat_client.ts";
import { TOTP } from "otpauth";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const CHOSEN = "the sea walks back at night";

async function linkFor(id: number): Promise<ResetLink> {
  return await house.owner.api.post<ResetLink>(`/api/users/${id}/reset`, {});
}

/** As a browser sends the page's form. */
async function submit(url: string, password: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { accept: "text/html", origin: house.url, ...headers },
    body: new URLSearchParams({ username: "whoever", password }),
    redirect: "manual",
  });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

async function look(url: string) {
  const answer = await fetch(url, { headers: { accept: "text/html" }, redirect: "manual" });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

async function logIn(username: string, password: string): Promise<number> {
  return (await house.stranger.request("POST", "/api/login", { username, password })).status;
}

test("staff make a link; its page sets the password once, and every device is out", async () => {
  const ben = await house.person("ben");
  const socket = await house.connect(ben);
  const answer = await house.owner.api.request<ResetLink>("POST", `/api/users/${ben.id}/reset`);
  assert.equal(answer.status, 201);
  const { url, expiresAt } = answer.body;
  assert.match(url, /^http:\/\/[^/]+\/reset\/[\w-]{43}$/);
  assert.ok(url.startsWith(`${house.url}/`));
  assert.ok(Math.abs(expiresAt - Date.now() - 24 * 3_600_000) < 60_000);

  // Whatever looks at a link before its reader does, uses nothing.
  for (let times = 0; times < 2; times++) {
    const page = await look(url);
    assert.equal(page.status, 200);
    assert.match(page.html, new RegExp(`value="${ben.username}"`));
    assert.doesNotMatch(page.html, /<script(?! type="application\/json")/);
  }
  const done = await submit(url, CHOSEN);
  assert.equal(done.status, 303, done.html);
  assert.equal(done.headers.get("location"), "/");
  const cookie = done.headers.get("set-cookie")!.split(";")[0]!;
  const me = await new Api(house.url, { cookie }).get<Me>("/api/me");
  assert.equal(me.id, ben.id, "signed in at once");
  assert.deepEqual(await socket.closed, { code: 4401, reason: "password" });
  assert.equal(await logIn(ben.username, PASSWORD), 401);
  assert.equal(await logIn(ben.username, CHOSEN), 200);

  for (const again of [await look(url), await submit(url, "another long walk to it")]) {
    assert.equal(again.status, 404);
    assert.match(again.html, /does not work any more/);
  }
  assert.equal(await logIn(ben.username, CHOSEN), 200);
});

test("the link's address is told to nobody: no referrer, no cache, not in the page", async () => {
  const ben = await house.person("ben");
  const { url } = await linkFor(ben.id);
  const token = url.split("/").at(-1)!;
  for (const page of [await look(url), await submit(url, "short"), await look(`${url}x`)]) {
    assert.equal(page.headers.get("referrer-policy"), "strict-origin");
    assert.equal(page.headers.get("cache-control"), "no-store");
    assert.match(page.html, /<meta name="referrer" content="strict-origin"\/?>/);
    assert.ok(!page.html.includes(token));
  }
});

test("a password that is refused is told at its field, and leaves the link as it is", async () => {
  const ben = await house.person("benjamin");
  const { url } = await linkFor(ben.id);
  for (
    const [password, why] of [
      ["", /fill this in/],
      ["short", /At least 8/],
      ["password123", /most common/],
      [ben.username, /must not be the username/],
    ] as const
  ) {
    const page = await submit(url, password);
    assert.equal(page.status, 422, password);
    assert.match(page.html, why);
  }
  assert.equal((await submit(url, CHOSEN)).status, 303);
});

test("what never was a link is as one that was used, whatever it looks like", async () => {
  for (const token of ["x", "A".repeat(43), "A".repeat(5000), "%00", "..%2f..", "é".repeat(43)]) {
    const page = await look(`${house.url}/reset/${token}`);
    assert.equal(page.status, 404, token.slice(0, 50));
    assert.equal((await submit(`${house.url}/reset/${token}`, CHOSEN)).status, 404);
  }
});

test("a page of another site sends no form here", async () => {
  const ben = await house.person("ben");
  const { url } = await linkFor(ben.id);
  const foreign = await submit(url, CHOSEN, { origin: "https://evil.example" });
  assert.equal(foreign.status, 403);
  assert.equal(await logIn(ben.username, PASSWORD), 200);
});

test("of two at once with one link, one sets the password and the other is told", async () => {
  const ben = await house.person("ben");
  const { url } = await linkFor(ben.id);
  const chosen = ["a first long walk away", "a second long walk away"];
  const pages = await Promise.all(chosen.map((password) => submit(url, password)));
  assert.deepEqual(pages.map(({ status }) => status).sort(), [303, 404]);
  const logins = await Promise.all(chosen.map((password) => logIn(ben.username, password)));
  assert.deepEqual(logins, pages.map(({ status }) => status === 303 ? 200 : 401));
});

test("members make no links, nobody for the owner, and an account must exist", async () => {
  const [ann, ben] = await house.people(2);
  const cases: [Api, number, string][] = [
    [ann!.api, ben!.id, "forbidden"],
    [ann!.api, house.owner.id, "forbidden"],
    [house.owner.api, house.owner.id, "forbidden"],
    [house.owner.api, 999_999, "not_found"],
    [house.stranger, ben!.id, "unauthenticated"],
  ];
  for (const [api, id, code] of cases) {
    const { body } = await api.request<Problem>("POST", `/api/users/${id}/reset`);
    assert.equal(body.code, code);
  }
});

test("a link is no second factor: the password is set, and the code is still asked for", async () => {
  const ben = await house.person("ben");
  const totp = (body: Record<string, string>) =>
    ben.api.post<{ secret: string }>("/api/me/totp", body, 200);
  const app = new TOTP({ secret: (await totp({ password: PASSWORD })).secret });
  await totp({ code: app.generate() });
  const { url } = await linkFor(ben.id);
  const done = await submit(url, CHOSEN);
  assert.deepEqual([done.status, done.headers.get("location")], [303, "/login/second"]);
  const cookie = done.headers.get("set-cookie")!.split(";")[0]!;
  const me = await new Api(house.url, { cookie }).request<Problem>("GET", "/api/me");
  assert.equal(me.body.code, "unauthenticated");
  const answer = await house.stranger.request<Problem>("POST", "/api/login", {
    username: ben.username,
    password: CHOSEN,
  });
  assert.equal(answer.body.code, "second_factor", "the new password is right, and not enough");
  const again = await linkFor(ben.id);
  const token = again.url.split("/").at(-1);
  const byProgram = await house.stranger.request<Problem & { methods: string[] }>(
    "POST",
    "/api/reset",
    { token, password: "another long walk to it" },
  );
  assert.deepEqual([byProgram.status, byProgram.body.code], [401, "second_factor"]);
  assert.ok(byProgram.body.methods.includes("totp"));
});
