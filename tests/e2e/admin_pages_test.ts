/** The pages for staff as a browser without a script asks for them, and who may not. */
import assert from "node:assert/strict";
import { Api, type HistoryPage, type Person } from "../support/api_client.ts";
import { eventually } from "../support/eventually.ts";
import { Visit } from "../support/visit.ts";
import { DOT } from "../../lib/http/openapi/operations/avatars.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const visitOf = (person: Person, headers?: Record<string, string>) =>
  new Visit(house.url, person, { accept: "text/html", ...headers });

const PAGES = ["people", "invitations", "requests", "settings", "health", "audit"]
  .map((section) => `/admin/${section}`);

test("/admin leads to its first page; who is not signed in is led to the login, and back", async () => {
  const { status, headers } = await visitOf(house.owner).get("/admin");
  assert.deepEqual([status, headers.get("location")], [302, "/admin/people"]);
  for (const path of PAGES) {
    for (const method of ["GET", "POST"]) {
      const answer = await new Api(house.url, { origin: house.url }).request(method, path);
      assert.equal(answer.status, 302, path);
      assert.equal(answer.headers.get("location"), `/login?next=${encodeURIComponent(path)}`);
    }
  }
});

test("the pages for staff are refused to everybody else, also where a form is sent", async () => {
  const guest = await house.person();
  await house.owner.api.patch(`/api/users/${guest.id}`, { role: "guest" });
  for (const person of [await house.person(), guest]) {
    for (const path of PAGES) {
      const page = await visitOf(person).get(path);
      assert.equal(page.status, 403, path);
      assert.ok(page.headers.get("content-type")?.startsWith("text/html"));
      assert.equal((await visitOf(person).post(path, {})).status, 403, path);
    }
  }
});

test("a form that no page has does nothing, and is not taken for another one", async () => {
  const bob = await house.person();
  const visit = visitOf(house.owner);
  const before = await house.owner.api.get<{ invites: unknown[] }>("/api/invites");
  const pages = [...PAGES.filter((path) => path !== "/admin/requests"), `/admin/people/${bob.id}`];
  for (const path of [...pages, "/settings/phone"]) {
    assert.equal((await visit.post(path, { form: "none" })).status, 400, path);
  }
  assert.equal((await visit.post("/admin/requests", { form: "none" })).status, 422);
  assert.equal((await visit.post("/admin/logo", {})).status, 400);
  assert.deepEqual(await house.owner.api.get("/api/invites"), before);
  assert.equal((await house.owner.api.request("GET", "/api/me/phone-link")).status, 404);
});

test("the audit log is a page: who did what to whom, found by each of them", async () => {
  const [ann, bob] = [await house.person("ann"), await house.person("bob")];
  await house.owner.api.patch(`/api/users/${ann.id}`, { role: "admin" });
  await ann.api.patch(`/api/users/${bob.id}`, { role: "guest" });
  const visit = visitOf(house.owner);
  const found = async (query: string) => (await visit.get(`/admin/audit?${query}`)).text;
  const all = await found(`whom=@${bob.username.toUpperCase()}`);
  assert.match(all, /Role changed/);
  assert.match(all, /member → guest/);
  assert.ok(all.includes(`@${ann.username}`) && !all.includes("member → admin"));
  assert.match(await found(`who=${ann.username}&action=user.role`), /member → guest/);
  for (const none of [`who=${bob.username}`, "action=user.enabled", "until=2020-01-01"]) {
    assert.match(await found(none), /Nothing of this kind/, none);
  }
  assert.match(await found("who=nobody-at-all"), /Nobody has this username/);
  assert.match(await found("since=nonsense&action=%00&before=x"), /Role changed/);
});

test("the audit log is downloaded as a table and as JSON, by staff alone, and that is in it", async () => {
  const { api } = house.owner;
  const bob = await house.person("bob");
  const roles = ["guest", "member", "bot"];
  for (const role of roles) await api.patch(`/api/users/${bob.id}`, { role });
  const json = await api.request<{ entries: { action: string; detail: { to: string } }[] }>(
    "GET",
    `/api/audit/export?format=json&target=${bob.id}`,
  );
  assert.equal(json.headers.get("content-type"), "application/json");
  assert.match(json.headers.get("content-disposition")!, /^attachment; filename="audit-.*\.json"$/);
  assert.deepEqual(json.body.entries.map(({ detail }) => detail.to), roles.toReversed());
  const csv = await api.request("GET", `/api/audit/export?format=csv&target=${bob.id}`);
  const rows = csv.text.replace("\ufeff", "").trimEnd().split("\r\n");
  assert.equal(rows[0], "id,time,actor,action,target,detail,address");
  assert.equal(rows.length, 1 + roles.length);
  assert.match(rows[1]!, new RegExp(`the-owner \\(1\\),user\\.role,${bob.username} `));
  const none = await api.request("GET", "/api/audit/export?format=json&until=1");
  assert.deepEqual(JSON.parse(none.text), { entries: [] });
  const { entries } = await api.get<{ entries: { action: string; target: unknown }[] }>(
    "/api/audit",
  );
  assert.deepEqual([entries[0]!.action, entries[0]!.target], ["audit.exported", null]);
  assert.equal((await bob.api.request("GET", "/api/audit/export?format=csv")).status, 403);
  assert.equal((await api.request("GET", "/api/audit/export?format=xml")).status, 422);
});

test("people are listed, searched, and each has a page that says what may be done", async () => {
  const bob = await house.person("bobcat");
  const visit = visitOf(house.owner);
  const { text } = await visit.get("/admin/people?q=BOBCAT&role=member&state=active");
  assert.ok(text.includes(`href="/admin/people/${bob.id}"`), text);
  const none = (await visit.get("/admin/people?q=bobcat&state=disabled")).text;
  assert.match(none, /Nobody is found/);
  assert.match((await visit.get(`/admin/people/${bob.id}`)).text, /Hand over ownership/);
  assert.match((await visit.get(`/admin/people/${house.owner.id}`)).text, /your own account/);
  for (const path of [`/admin/people/${bob.id}`, `/admin/people/${bob.id}/erase`]) {
    assert.equal((await visitOf(bob).get(path)).status, 403);
    assert.equal((await visitOf(bob).post(path, {})).status, 403);
  }
  assert.equal((await visit.get("/admin/people/999999")).status, 404);
});

test("a person's role, sessions and state are changed by forms, and each is said", async () => {
  const bob = await house.person("bob");
  const visit = visitOf(house.owner);
  const path = `/admin/people/${bob.id}`;
  const submit = async (form: string, more: Record<string, string> = {}) => {
    const { status, headers } = await visit.submit(path, { form, ...more });
    return [status, headers.get("location")];
  };
  assert.deepEqual(await submit("newRole", { role: "guest" }), [303, `${path}?notice=saved`]);
  assert.deepEqual(await submit("sessions"), [303, `${path}?notice=signedOut`]);
  assert.equal((await bob.api.request("GET", "/api/me")).status, 401);
  assert.deepEqual(await submit("disable"), [303, `${path}?notice=disabled`]);
  assert.match((await visit.get(path)).text, /Enable the account/);
  assert.deepEqual(await submit("enable"), [303, `${path}?notice=enabled`]);
  assert.equal((await submit("newRole", { role: "owner" }))[0], 422);
  assert.equal((await submit("nonsense"))[0], 400);
});

test("a picture that nobody should see is taken away by a form, which is there while there is one", async () => {
  const bob = await house.person("bob");
  const visit = visitOf(house.owner);
  const path = `/admin/people/${bob.id}`;
  assert.doesNotMatch((await visit.get(path)).text, /Remove the picture/);
  assert.equal((await bob.api.request("PUT", "/api/me/avatar", { data: DOT })).status, 200);
  const { avatar } = await bob.api.get<{ avatar: string }>(`/api/users/${bob.id}`);
  const { text } = await visit.get(path);
  assert.ok(text.includes("Remove the picture") && text.includes(avatar));
  const carol = await house.person("carol");
  const refused = await carol.api.request("DELETE", `/api/users/${bob.id}/avatar`);
  assert.equal(refused.status, 403);
  assert.equal((await visitOf(carol).submit(path, { form: "picture" })).status, 403);
  const { headers } = await visit.submit(path, { form: "picture" });
  assert.equal(headers.get("location"), `${path}?notice=pictureGone`);
  const after = await visit.get(`${path}?notice=pictureGone`);
  assert.match(after.text, /The picture is gone/);
  assert.doesNotMatch(after.text, /Remove the picture/);
  assert.equal((await bob.api.request("GET", avatar)).status, 404);
  assert.match((await visit.get(`/admin/audit?whom=${bob.username}`)).text, /Picture taken away/);
});

test("a link for a new password is shown once, on a page that nothing keeps", async () => {
  const bob = await house.person("bob");
  const visit = visitOf(house.owner);
  const path = `/admin/people/${bob.id}`;
  const made = await visit.submit(path, { form: "reset" });
  assert.equal(made.status, 200);
  assert.equal(made.headers.get("cache-control"), "no-store");
  const [, url] = /value="(http[^"]*\/reset\/[^"]+)"/.exec(made.text) ?? [];
  assert.equal((await new Api(house.url).request("GET", new URL(url!).pathname)).status, 200);
  assert.ok(!(await visit.get(path)).text.includes("/reset/"));
});

test("somebody is erased only by who typed their name, and is nobody afterwards", async () => {
  const bob = await house.person("bob");
  await bob.api.post("/api/rooms/1/messages", { text: "I was here" });
  const visit = visitOf(house.owner);
  const path = `/admin/people/${bob.id}/erase`;
  const wrong = await visit.submit(path, { typed: "somebody", texts: "take", username: "keep" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /This is not the username/);
  assert.match(wrong.text, /value="take" checked/);
  const fields = { typed: bob.username, texts: "take", username: "free" };
  const done = await visit.submit(path, fields);
  assert.deepEqual(
    [done.status, done.headers.get("location")],
    [303, `/admin/people/${bob.id}?notice=erased`],
  );
  assert.match((await visit.get(`/admin/people/${bob.id}`)).text, /Former member/);
  const refused = await new Api(house.url).request("POST", "/api/login", {
    username: bob.username,
    password: bob.password,
  });
  assert.equal(refused.status, 401);
  await eventually(async () => {
    const { erasing } = await house.owner.api.get<{ erasing: boolean }>(`/api/accounts/${bob.id}`);
    assert.equal(erasing, false);
  });
  const { messages } = await house.owner.api.get<HistoryPage>("/api/rooms/1/messages");
  const theirs = messages.filter(({ userId }) => userId === bob.id);
  assert.deepEqual(theirs.map(({ text }) => text), [""]);
});

test("the place is handed over by a form that must be meant, and the former owner is an admin", async () => {
  const bob = await house.person("bob");
  const path = `/admin/people/${bob.id}`;
  const visit = visitOf(house.owner);
  const unsure = await visit.submit(path, { form: "owner" });
  assert.equal(unsure.status, 422);
  assert.match(unsure.text, /Tick this first/);
  const done = await visit.submit(path, { form: "owner", sure: "yes" });
  assert.equal(done.headers.get("location"), `${path}?notice=handedOver`);
  assert.equal((await bob.api.get<{ role: string }>("/api/me")).role, "owner");
  assert.equal((await house.owner.api.get<{ role: string }>("/api/me")).role, "admin");
  // And back, for the other tests of this house.
  await bob.api.post(`/api/users/${house.owner.id}/owner`, {}, 200);
});
