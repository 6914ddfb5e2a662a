/** Invitations: by the API, and their page, which works without a script. */
import assert from "node:assert/strict";
import type { Invitation } from "../../lib/protocol/invites.ts";
import type { InviteWithLink } from "../../lib/http/invites.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import { Api, PASSWORD, type Person, type Problem } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse({ CONFAB_SIGNUP: "open" });
const test = houseTest(house);
const closed = openHouse({ CONFAB_SIGNUP: "closed", CONFAB_AUTH_RATE: "300" });
const closedTest = houseTest(closed);

interface Shown {
  status: number;
  headers: Headers;
  html: string;
}

const HTML = { accept: "text/html" };

async function look(url: string, headers: Record<string, string> = {}): Promise<Shown> {
  const answer = await fetch(url, { headers: { ...HTML, ...headers }, redirect: "manual" });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

/** As a browser sends a form. */
async function submit(
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Shown> {
  const { origin } = new URL(url);
  const answer = await fetch(url, {
    method: "POST",
    headers: { ...HTML, origin, ...headers },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

const invite = (by: Person, wanted: object = {}) =>
  by.api.post<InviteWithLink>("/api/invites", wanted);

async function roomsOf(api: Api): Promise<number[]> {
  return (await api.get<{ rooms: MemberRoom[] }>("/api/rooms")).rooms.map(({ id }) => id);
}

const signup = (api: Api, username: string, more: object = {}) =>
  api.request<Problem>("POST", "/api/signup", { username, password: PASSWORD, ...more });

closedTest(
  "where signup is closed an invitation lets in as many as it says, and then nobody",
  async () => {
    const { owner, stranger } = closed;
    const room = await owner.api.post<MemberRoom>("/api/rooms", { kind: "private", name: "Club" });
    const made = await invite(owner, { rooms: [room.id], uses: 1 });
    assert.match(made.url!, /\/join\/[a-z2-9]{26}$/);
    assert.ok(made.url!.startsWith(closed.url));
    const preview = await stranger.get<Invitation>(`/api/join/${made.code}`);
    assert.deepEqual(preview.rooms, [{ id: room.id, name: "Club", kind: "private" }]);

    assert.equal((await signup(stranger, "uninvited")).status, 403);
    const came = await signup(stranger, "invited", { invite: made.code });
    assert.equal(came.status, 201);
    const api = new Api(closed.url, {
      authorization: `Bearer ${(came.body as unknown as { token: string }).token}`,
    });
    assert.deepEqual(await roomsOf(api), [GENERAL, room.id]);
    const late = await signup(stranger, "late", { invite: made.code });
    assert.deepEqual([late.status, late.body.code], [404, "not_found"]);
    assert.equal((await look(made.url!)).status, 404);
    assert.equal((await stranger.request("GET", `/api/join/${made.code}`)).status, 404);
  },
);

closedTest("of two who take the last use at the same moment, one gets in", async () => {
  const { owner, stranger } = closed;
  const { code } = await invite(owner, { uses: 1 });
  const answers = await Promise.all(
    ["one", "two", "three"].map((name) => signup(stranger, `racer-${name}`, { invite: code })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 404, 404]);
});

closedTest("whoever guesses at codes is told to wait, and an open one does not count", async () => {
  const { code } = await invite(closed.owner);
  const at = (each: string) => closed.stranger.request<Problem>("GET", `/api/join/${each}`);
  for (let count = 0; count < 70; count++) assert.equal((await at(code!)).status, 200);
  let last = 404;
  for (let count = 0; count < 70 && last === 404; count++) last = (await at(`x${count}`)).status;
  assert.equal(last, 429);
  const page = await look(`${closed.url}/join/another`);
  assert.equal(page.status, 429);
  assert.match(page.headers.get("retry-after") ?? "", /^[1-9]/);
});

test("a guest sees the invitation's rooms, and neither general nor its people", async () => {
  const { owner } = house;
  const stranger = await house.person();
  const room = await owner.api.post<MemberRoom>("/api/rooms", { kind: "private", name: "Guests" });
  const { code } = await invite(owner, { role: "guest", rooms: [room.id] });
  const username = house.name("guest");
  const { body } = await signup(house.stranger, username, { invite: code });
  const { token, user } = body as unknown as { token: string; user: { role: string } };
  assert.equal(user.role, "guest");
  const api = new Api(house.url, { authorization: `Bearer ${token}` });
  assert.deepEqual(await roomsOf(api), [room.id]);
  for (
    const path of [
      `/api/rooms/${GENERAL}`,
      `/api/rooms/${GENERAL}/messages`,
      `/api/users/${stranger.id}`,
    ]
  ) {
    assert.equal((await api.request("GET", path)).status, 404, path);
  }
  assert.equal((await api.request("POST", "/api/invites", {})).status, 403);
});

test("a guest is promised only the rooms that the invitation has", async () => {
  const { owner } = house;
  const alone = await look((await invite(owner, { role: "guest" })).url!);
  assert.match(alone.html, /you see the rooms that you are added to/);
  const room = await owner.api.post<MemberRoom>("/api/rooms", { kind: "private", name: "Shed" });
  const led = await look((await invite(owner, { role: "guest", rooms: [room.id] })).url!);
  assert.match(led.html, /you see the rooms below/);
});

test("the page says who invites where, looks only, and leads in without a script", async () => {
  const { owner } = house;
  const room = await owner.api.post<MemberRoom>("/api/rooms", {
    kind: "private",
    name: "<b>Garden</b>",
  });
  const made = await invite(owner, { rooms: [room.id], uses: 1 });
  for (let times = 0; times < 3; times++) {
    const page = await look(made.url!);
    assert.equal(page.status, 200);
    assert.match(page.html, /the-owner\S* invites you to/);
    assert.match(page.html, /<title>Invitation — Confab<\/title>/);
    assert.match(page.html, /&lt;b>Garden&lt;\/b>|&lt;b&gt;Garden&lt;\/b&gt;/);
    assert.doesNotMatch(page.html, /<script|<form|style=/);
    assert.equal(page.headers.get("referrer-policy"), "strict-origin");
    assert.equal(page.headers.get("cache-control"), "no-store");
    assert.equal(page.headers.get("x-robots-tag"), "noindex");
  }
  const form = await look(`${house.url}/signup?invite=${made.code}`);
  assert.match(form.html, new RegExp(`name="invite" value="${made.code}"`));
  assert.match(form.html, new RegExp(`name="next" value="/rooms/${room.id}"`));
  const fields = { username: house.name(), password: "short", invite: made.code!, next: "/x" };
  const weak = await submit(`${house.url}/signup`, fields);
  assert.equal(weak.status, 422);
  assert.match(weak.html, new RegExp(`name="invite" value="${made.code}"`));
  const done = await submit(`${house.url}/signup`, { ...fields, password: PASSWORD });
  assert.deepEqual([done.status, done.headers.get("location")], [303, "/x"]);
  const late = { ...fields, username: house.name(), password: PASSWORD };
  const again = await submit(`${house.url}/signup`, late);
  assert.equal(again.status, 404);
  assert.match(again.html, /does not work any more/);
  const gone = await look(`${house.url}/signup?invite=${made.code}`);
  assert.equal(gone.status, 404);
  assert.match(gone.html, /does not work any more/);
});

test("somebody with an account comes in by the page's button, and not by another's", async () => {
  const { owner } = house;
  const ben = await house.person("ben");
  const room = await owner.api.post<MemberRoom>("/api/rooms", { kind: "private", name: "Boat" });
  const made = await invite(owner, { rooms: [room.id], uses: 1 });
  const cookie = { cookie: ben.cookie };
  const page = await look(made.url!, cookie);
  const claim = Object.fromEntries(
    [...page.html.matchAll(/name="(session|instance)" value="([^"]+)"/g)]
      .map(([, name, value]) => [name!, value!]),
  );
  assert.match(page.html, new RegExp(`Join as .*@${ben.username}`));
  assert.deepEqual((await roomsOf(ben.api)).includes(room.id), false, "looking joins nothing");

  const foreign = await submit(made.url!, claim, { ...cookie, origin: "https://evil.example" });
  assert.equal(foreign.status, 403);
  const stale = await submit(made.url!, { ...claim, session: "999999" }, cookie);
  assert.deepEqual([stale.status, stale.headers.get("location")], [303, `/join/${made.code}`]);
  assert.deepEqual((await roomsOf(ben.api)).includes(room.id), false);

  const done = await submit(made.url!, claim, cookie);
  assert.deepEqual([done.status, done.headers.get("location")], [303, `/rooms/${room.id}`]);
  assert.ok((await roomsOf(ben.api)).includes(room.id));
  const late = await house.person();
  assert.equal((await late.api.request("POST", `/api/join/${made.code}`)).status, 404);
  const stranger = await submit(made.url!, claim);
  assert.match(stranger.headers.get("location")!, /^\/login/);
});

test("members invite where the workspace lets them, and see their own invitations alone", async () => {
  const { owner } = house;
  const ben = await house.person();
  assert.equal((await ben.api.request("POST", "/api/invites", {})).status, 403);
  await owner.api.request("PATCH", "/api/workspace/settings", { inviters: "members" });
  const mine = await invite(ben);
  const theirs = await invite(owner);
  const listed = await ben.api.get<{ invites: InviteWithLink[] }>("/api/invites");
  assert.deepEqual(listed.invites.map(({ id }) => id), [mine.id]);
  assert.equal((await ben.api.request("DELETE", `/api/invites/${theirs.id}`)).status, 404);
  await owner.api.request("PATCH", "/api/workspace/settings", { inviters: "staff" });
  assert.equal((await look(mine.url!)).status, 404, "its maker may not invite any more");
  assert.equal((await ben.api.request("DELETE", `/api/invites/${mine.id}`)).status, 204);
});

test("what does not fit is refused: a role of staff, a past, no uses, too many rooms", async () => {
  const { api } = house.owner;
  for (
    const wanted of [
      { role: "admin" },
      { role: "owner" },
      { expiresAt: 1 },
      { expiresAt: 253_402_300_800_000 },
      { expiresAt: Number.MAX_SAFE_INTEGER },
      { uses: 0 },
      { uses: 1.5 },
      { rooms: Array.from({ length: 51 }, (_, at) => at + 1) },
      { code: "chosen" },
    ]
  ) {
    const { status } = await api.request("POST", "/api/invites", wanted);
    assert.equal(status, 422, JSON.stringify(wanted));
  }
});

test("an invitation until the last year that there is has its place on staff's pages", async () => {
  const { owner } = house;
  await invite(owner, { expiresAt: 253_402_300_799_999 });
  for (const page of ["/admin/invitations", "/admin/audit"]) {
    const { status, html } = await look(`${house.url}${page}`, { cookie: owner.cookie });
    assert.deepEqual([status, /NaN|undefined/.test(html)], [200, false], page);
  }
});
