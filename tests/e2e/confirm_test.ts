/** Dangerous acts ask once more who it is: by the API, and by the page, as a browser without a script. */
import assert from "node:assert/strict";
import { Api, type Person } from "../support/chat_client.ts";
import { forgetProofs } from "../support/stale_sessions.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

interface Problem {
  code: string;
}

const promote = (by: Person, { id }: Person) =>
  by.api.request<Problem>("PATCH", `/api/users/${id}`, { role: "admin" });

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Posts a form as a browser does, with its cookie. */
function post(person: Person, path: string, fields: Record<string, string>, headers = {}) {
  const api = new Api(house.url, { cookie: person.cookie, origin: house.url, accept: "text/html" });
  const body = new URLSearchParams(fields).toString();
  return api.request<string>("POST", path, body, { ...FORM, ...headers });
}

function hiddenIn(html: string): Record<string, string> {
  const found = html.matchAll(/<input\s+type="hidden" name="([^"]*)" value="([^"]*)"/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name!, value!]));
}

test("who has not shown for long who they are makes nobody an admin, until they do", async () => {
  const bob = await house.person();
  const { owner } = house;
  forgetProofs(house.program);
  const refused = await promote(owner, bob);
  assert.deepEqual([refused.status, refused.body.code], [403, "confirm_first"]);
  const wrong = await owner.api.request<Problem>("POST", "/api/me/confirm", { password: "wrong" });
  assert.deepEqual([wrong.status, wrong.body.code], [403, "forbidden"]);
  assert.equal((await promote(owner, bob)).body.code, "confirm_first");
  const { password } = owner;
  assert.equal((await owner.api.request("POST", "/api/me/confirm", { password })).status, 204);
  assert.equal((await promote(owner, bob)).status, 200);
});

test("what keeps others out of accounts is not lowered by a page that was left open", async () => {
  const { owner } = house;
  forgetProofs(house.program);
  const set = (change: object) =>
    owner.api.request<Problem>("PATCH", "/api/workspace/settings", change);
  for (const change of [{ secondFactor: "optional" }, { name: "X", passwordLogin: "everybody" }]) {
    const { status, body } = await set(change);
    assert.deepEqual([status, body.code], [403, "confirm_first"]);
  }
  assert.equal((await set({ name: "Harbour" })).status, 200);
  const { password } = owner;
  assert.equal((await owner.api.request("POST", "/api/me/confirm", { password })).status, 204);
  assert.equal((await set({ secondFactor: "optional" })).status, 200);
});

test("what is not dangerous asks nobody", async () => {
  const bob = await house.person();
  forgetProofs(house.program);
  const { owner } = house;
  const guest = { role: "guest" };
  assert.equal((await owner.api.request("PATCH", `/api/users/${bob.id}`, guest)).status, 200);
});

test("with no proof or two nothing is confirmed", async () => {
  const { owner } = house;
  for (const proof of [{}, { password: owner.password, code: "123456" }, { password: null }]) {
    assert.equal((await owner.api.request("POST", "/api/me/confirm", proof)).status, 422);
  }
});

test("a form waits beside the page's question, and is sent on to where it was going", async () => {
  const ann = await house.person();
  const { sessionId, instance } = await ann.api.get<{ sessionId: number; instance: string }>(
    "/api/me",
  );
  const act = "/confirm?act=%2Fsettings%2Fprofile%3Froom%3D1";
  const claim = { session: String(sessionId), instance };
  const form = { ...claim, displayName: 'Ann "the <b>' };
  const asked = await post(ann, act, form);
  assert.equal(asked.status, 403);
  assert.match(asked.text, /action="\/confirm\?act=%2Fsettings%2Fprofile%3Froom%3D1"/);
  assert.match(asked.text, /name="displayName" value="Ann &quot;the &lt;b/);
  assert.match(asked.text, /autocomplete="current-password"[^>]*autofocus/);

  const wrong = await post(ann, act, { ...form, "confirm.password": "not it at all" });
  assert.equal(wrong.status, 403);
  assert.match(wrong.text, /id="password-error"/);
  assert.doesNotMatch(wrong.text, /not it at all/);
  assert.deepEqual(Object.keys(hiddenIn(wrong.text)), ["session", "instance", "displayName"]);
  const empty = await post(ann, act, { ...form, "confirm.password": "" });
  assert.match(empty.text, /id="password-error"/);

  const right = await post(ann, act, { ...form, "confirm.password": ann.password });
  assert.deepEqual([right.status, right.headers.get("location")], [
    307,
    "/settings/profile?room=1",
  ]);
  assert.equal(right.headers.get("cache-control"), "no-store");
});

test("a link names no act, and leads nowhere but to this site", async () => {
  const ann = await house.person();
  const visit = new Api(house.url, { cookie: ann.cookie, accept: "text/html" });
  const linked = await visit.request<string>("GET", "/confirm?act=%2Fapi%2Flogout");
  assert.match(linked.text, /action="\/confirm\?next=%2F"/);
  for (const evil of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
    const path = `/confirm?act=${encodeURIComponent(evil)}`;
    const done = await post(ann, path, { "confirm.password": ann.password });
    assert.deepEqual([done.status, done.headers.get("location")], [307, "/"], evil);
  }
  const foreign = await post(ann, "/confirm?act=%2F", { x: "1" }, {
    origin: "https://evil.example",
  });
  assert.equal(foreign.status, 403);
  assert.doesNotMatch(foreign.text, /name="x"/);
});

test("a page without a form asks too, and leads on; a stranger signs in, which counts as well", async () => {
  const ann = await house.person();
  const visit = new Api(house.url, { cookie: ann.cookie, accept: "text/html" });
  const asked = await visit.request<string>("GET", "/confirm?next=%2Fsettings%2Fsecurity");
  assert.equal(asked.status, 200);
  const fields = { ...hiddenIn(asked.text), "confirm.password": ann.password };
  const done = await post(ann, "/confirm?next=%2Fsettings%2Fsecurity", fields);
  assert.deepEqual([done.status, done.headers.get("location")], [303, "/settings/security"]);
  const stranger = await new Api(house.url, { accept: "text/html" })
    .request("GET", "/confirm?next=%2Fsettings%2Fsecurity");
  assert.equal(stranger.headers.get("location"), "/login?next=%2Fsettings%2Fsecurity");
});

test("a form from before somebody else signed in is neither asked about nor sent on", async () => {
  const [ann, bob] = [await house.person(), await house.person()];
  const { sessionId } = await ann.api.get<{ sessionId: number }>("/api/me");
  const stale = await post(bob, "/confirm?act=%2Fsettings%2Fprofile", {
    session: String(sessionId),
    displayName: "Ann's own",
    "confirm.password": bob.password,
  });
  assert.deepEqual([stale.status, stale.headers.get("location")], [303, "/settings/profile"]);
});
