/** The pages of the settings as a browser without a script asks for them, and who may post to them. */
import assert from "node:assert/strict";
import type { Me } from "../../lib/protocol/accounts.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { Session } from "../../lib/protocol/sessions.ts";
import { Api, logIn, type Person, signUp } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";
import { hiddenIn, Visit } from "../support/visit.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const visitOf = (person: Person, headers?: Record<string, string>) =>
  new Visit(house.url, person, headers);

const me = ({ api }: Person) => api.get<Me>("/api/me");

const sessionsOf = async ({ api }: Person) =>
  (await api.get<{ sessions: Session[] }>("/api/me/sessions")).sessions;

const notifyOf = async ({ api }: Person, room: number) =>
  (await api.get<MemberRoom>(`/api/rooms/${room}`)).membership.notify;

const SECTIONS = ["profile", "security", "appearance", "notifications"];

test("/settings leads to the profile; who is not signed in is led to the login, and back", async () => {
  const ann = await house.person();
  const first = await visitOf(ann).get("/settings");
  assert.deepEqual([first.status, first.headers.get("location")], [302, "/settings/profile"]);
  for (const section of SECTIONS) {
    for (const method of ["GET", "POST"]) {
      const answer = await new Api(house.url, { origin: house.url })
        .request(method, `/settings/${section}`);
      assert.equal(answer.status, 302, section);
      assert.equal(answer.headers.get("location"), `/login?next=%2Fsettings%2F${section}`);
    }
  }
});

test("a name is saved, 303 leads back with a notice, and the way back to the room stays", async () => {
  const ann = await house.person();
  const visit = visitOf(ann);
  const path = "/settings/profile?room=1";
  const done = await visit.submit(path, { displayName: "  Ann of the Pages  " });
  assert.equal(done.status, 303);
  assert.equal(done.headers.get("location"), "/settings/profile?room=1&notice=saved");
  assert.equal((await me(ann)).displayName, "Ann of the Pages");
  const { text } = await visit.get(done.headers.get("location")!);
  assert.match(text, /role="status"[^>]*>Saved\./);
  assert.match(text, /href="\/rooms\/1"/);
  assert.match(text, /href="\/settings\/security\?room=1"/);
  // What is no room's number leads to the start.
  for (const room of ["0", "x", "1%2F..%2F..", "9".repeat(40)]) {
    assert.match(
      (await visit.get(`/settings/profile?room=${room}`)).text,
      /settings-back" href="\/"/,
    );
  }
});

test("a notice is said to whom this site led there, not to whom a foreign link did", async () => {
  const visit = visitOf(await house.person());
  const shown = async (query: string, site?: string) =>
    (await visit.get(
      `/settings/security?notice=${query}`,
      site === undefined ? {} : { "sec-fetch-site": site },
    )).text.includes('id="notice"');
  assert.equal(await shown("password", "same-origin"), true);
  assert.equal(await shown("password"), true, "a browser that says nothing of it");
  for (const site of ["cross-site", "same-site", "none"]) {
    assert.equal(await shown("password", site), false, site);
  }
  assert.equal(await shown("constructor", "same-origin"), false);
});

test("a refusal stands at its field, with what was typed, and changes nothing", async () => {
  const ann = await house.person();
  const visit = visitOf(ann, { "accept-language": "ru" });
  const typed = 'x"><b>'.padEnd(80, "x");
  const refused = await visit.submit("/settings/profile", { displayName: typed });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /id="displayName-error"[^>]*>Здесь помещается не больше 64 символов/);
  assert.match(refused.text, /value="x&quot;>&lt;b>x/);
  assert.match(refused.text, /name="displayName" value="[^"]*"[^>]* autofocus/);
  assert.equal((await me(ann)).displayName, ann.username);

  const theme = await visit.submit("/settings/appearance", { theme: "purple", language: "" });
  assert.equal(theme.status, 422);
  assert.equal((await me(ann)).theme, "system");
});

test("language and theme are saved together, or each alone", async () => {
  const ann = await house.person();
  const visit = visitOf(ann);
  const settings = async () => {
    const { language, theme } = await me(ann);
    return [language, theme];
  };
  await visit.submit("/settings/appearance", { language: "ru", theme: "dark" });
  assert.deepEqual(await settings(), ["ru", "dark"]);
  assert.match((await visit.get("/settings/appearance")).text, /<html lang="ru" data-theme="dark"/);
  // And so are the plain pages, such as those of links.
  for (const path of ["/forgot", "/reset/none", "/email/none"]) {
    assert.match((await visit.get(path)).text, /<html lang="ru" data-theme="dark"/, path);
  }
  await visit.submit("/settings/appearance", { theme: "light" });
  await visit.submit("/settings/appearance", { language: "" });
  assert.deepEqual(await settings(), [null, "light"]);
});

test("a password is changed with the right one, other devices end, and no page repeats one", async () => {
  const ann = await house.person();
  const other = await logIn(ann);
  const visit = visitOf(ann);
  const change = (current: string, password: string) =>
    visit.submit("/settings/security", { form: "password", current, password });
  const next = "another long password";
  const refusals: [current: string, password: string, status: number, said: RegExp][] = [
    ["", "", 422, /id="current-error"[^>]*>Please fill this in.*id="next-error"[^>]*>Please fill/s],
    [ann.password, "short", 422, /id="next-error"[^>]*>At least 8 characters/],
    ["a wrong password", next, 403, /id="current-error"[^>]*>The current password is not right/],
  ];
  for (const [current, password, status, said] of refusals) {
    const answer = await change(current, password);
    assert.equal(answer.status, status);
    assert.match(answer.text, said);
    for (const secret of [current, password].filter((one) => one !== "")) {
      assert.ok(!answer.text.includes(secret), secret);
    }
  }
  assert.equal((await other.api.request("GET", "/api/me")).status, 200);

  const done = await change(ann.password, next);
  assert.equal(done.headers.get("location"), "/settings/security?notice=password");
  assert.equal((await other.api.request("GET", "/api/me")).status, 401);
  assert.equal((await visit.get("/settings/security")).status, 200, "this one stays");
});

test("one device is signed out, or all others; one that is gone already is no error", async () => {
  const ann = await house.person();
  const visit = visitOf(ann);
  const devices = [await logIn(ann), await logIn(ann), await logIn(ann)];
  const page = (await visit.get("/settings/security")).text;
  assert.equal(page.match(/<li class="device">/g)?.length, 4);
  assert.equal(page.match(/This device/g)?.length, 1);
  const others = (await sessionsOf(ann)).filter(({ current }) => !current);
  const end = (which: string) =>
    visit.submit("/settings/security", { form: "devices", end: which });
  for (let time = 0; time < 2; time++) {
    const done = await end(String(others[0]!.id));
    assert.equal(done.headers.get("location"), "/settings/security?notice=device");
  }
  assert.equal((await sessionsOf(ann)).length, 3);
  assert.equal((await end("others")).headers.get("location"), "/settings/security?notice=devices");
  assert.deepEqual((await sessionsOf(ann)).map(({ current }) => current), [true]);
  for (const { api } of devices) assert.equal((await api.request("GET", "/api/me")).status, 401);

  // Nobody else's.
  const bob = await house.person();
  const [bobs] = await sessionsOf(bob);
  await end(String(bobs!.id));
  assert.equal((await bob.api.request("GET", "/api/me")).status, 200);
  assert.equal((await end("all of them")).status, 400);
});

test("of the rooms in the list what was changed on the page is saved, and nothing else", async () => {
  const [ann, bob] = await house.people(2) as [Person, Person];
  const [one, two] = [(await house.room(ann)).id, (await house.room(ann)).id];
  const direct = await ann.api.post<MemberRoom>("/api/rooms", { kind: "direct", users: [bob.id] });
  await bob.api.post(`/api/rooms/${direct.id}/messages`, { text: "hello" });
  const visit = visitOf(ann);
  const { text } = await visit.get("/settings/notifications");
  assert.match(text, new RegExp(`<label for="room-${direct.id}"[^>]*><bdi[^>]*>${bob.username}<`));
  assert.match(text, new RegExp(`<select id="room-${one}"[^>]*name="room.${one}"`));

  // The page is old: the second room was silenced elsewhere since.
  await ann.api.patch(`/api/rooms/${two}/membership`, { notify: "none" });
  const fields = {
    [`was.${one}`]: "all",
    [`room.${one}`]: "mentions",
    [`was.${two}`]: "all",
    [`room.${two}`]: "all",
    "room.999999": "none",
  };
  const done = await visit.submit("/settings/notifications", fields);
  assert.equal(done.headers.get("location"), "/settings/notifications?notice=saved");
  assert.deepEqual([await notifyOf(ann, one), await notifyOf(ann, two)], ["mentions", "none"]);

  const refused = await visit.submit("/settings/notifications", { [`room.${one}`]: "loudly" });
  assert.equal(refused.status, 422);
  assert.equal(await notifyOf(ann, one), "mentions");

  await ann.api.patch(`/api/rooms/${direct.id}/membership`, { hidden: true });
  const without = (await visit.get("/settings/notifications")).text;
  assert.ok(!without.includes(`room-${direct.id}"`));
  assert.match(without, /Conversations that are not in your list/);
});

test("a form of another session, or of another server's database, changes nothing of this one's", async () => {
  const [ann, bob] = await house.people(2) as [Person, Person];
  const other = await logIn(bob);
  const room = (await house.room(bob)).id;
  const visit = visitOf(bob);
  const own = hiddenIn((await visit.get("/settings/profile")).text);
  const anns = hiddenIn((await visitOf(ann).get("/settings/profile")).text);
  const forms: [path: string, fields: Record<string, string>][] = [
    ["/settings/profile", { displayName: "Renamed by mistake" }],
    ["/settings/appearance", { theme: "dark", language: "ru" }],
    ["/settings/security", { form: "password", current: bob.password, password: "a new long one" }],
    ["/settings/security", { form: "devices", end: "others" }],
    ["/settings/notifications", { [`room.${room}`]: "none" }],
  ];
  const before = [await me(bob), await notifyOf(bob, room)];
  for (const whose of [anns, { ...own, instance: "yesterday's" }, { ...own, session: "" }]) {
    for (const [path, fields] of forms) {
      const answer = await visit.post(path, { ...whose, ...fields });
      assert.equal(answer.status, 303, path);
      assert.equal(answer.headers.get("location"), `${path}?notice=otherSession`);
    }
  }
  assert.deepEqual([await me(bob), await notifyOf(bob, room)], before);
  assert.equal((await other.api.request("GET", "/api/me")).status, 200);
  for (const whose of [anns, { ...own, instance: "yesterday's" }]) {
    const answer = await visit.post("/api/logout", whose);
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/"]);
    assert.equal(answer.headers.get("set-cookie"), null);
  }
  const { text } = await visit.get("/settings/profile?notice=otherSession");
  assert.match(text, /Another account signed in with this browser/);
  assert.match(text, new RegExp(`@${bob.username}<`));
});

const FOREIGN: Record<string, string>[] = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://confab.example" },
];

test("no other site posts to the settings, and what is no form is refused", async () => {
  const ann = await house.person();
  const visit = visitOf(ann);
  for (const section of SECTIONS) {
    const path = `/settings/${section}`;
    for (const headers of FOREIGN) {
      const answer = await visit.submit(path, { displayName: "Evil", theme: "dark" }, headers);
      assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
    }
    const json = { "content-type": "application/json" };
    assert.equal((await visit.submit(path, {}, json)).status, 400, path);
  }
  const { displayName, theme } = await me(ann);
  assert.deepEqual([displayName, theme], [ann.username, "system"]);
});

test("no page of the settings has an inline style or script", async () => {
  const visit = visitOf(await house.person());
  for (const section of SECTIONS) {
    const { text, headers } = await visit.get(`/settings/${section}`);
    assert.doesNotMatch(text, /\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/, section);
    assert.match(
      headers.get("content-security-policy") ?? "",
      /script-src 'self'; style-src 'self'/,
    );
    assert.equal(headers.get("cache-control"), "no-store");
  }
});

Deno.test("a form that is sent too often says when it may be sent again, as the API does", async () => {
  await using program = await startProgram({ env: { CONFAB_AUTH_RATE: "300" } });
  const { cookie } = await signUp(program.url, "ann");
  const password = "not the password";
  const forms: [string, Record<string, string>, Record<string, string>][] = [
    ["/settings/security", { current: password, password: "a longer new one" }, { cookie }],
    ["/login", { username: "ann", password }, {}],
  ];
  for (const [path, fields, headers] of forms) {
    const api = new Api(program.url, { origin: program.url, ...headers });
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const send = () => api.request("POST", path, new URLSearchParams(fields).toString(), type);
    let answer = await send();
    for (let tries = 0; answer.status !== 429 && tries < 30; tries++) answer = await send();
    assert.equal(answer.status, 429, path);
    assert.match(answer.headers.get("retry-after") ?? "none", /^[1-9]\d*$/, path);
  }
});
