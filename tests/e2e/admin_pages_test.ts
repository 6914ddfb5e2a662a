/** The pages for staff as a browser without a script asks for them, and who may not. */
import assert from "node:assert/strict";
import { Api, type Person } from "../support/api_client.ts";
import { Visit } from "../support/visit.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const visitOf = (person: Person, headers?: Record<string, string>) =>
  new Visit(house.url, person, { accept: "text/html", ...headers });

const PAGES = ["/admin/audit"];

test("/admin leads to its first page; who is not signed in is led to the login, and back", async () => {
  const { status, headers } = await visitOf(house.owner).get("/admin");
  assert.deepEqual([status, headers.get("location")], [302, "/admin/audit"]);
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
