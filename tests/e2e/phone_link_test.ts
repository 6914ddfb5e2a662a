/** Attacks on the sign-in by a code: seen over a shoulder, replayed, guessed, sent to somebody. */
import assert from "node:assert/strict";
import type { PhoneClaim, PhoneLink, SignIn } from "../../lib/protocol/devices.ts";
import { Api, logIn, type Person } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";
import { signUp } from "../support/api_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

interface Shown extends PhoneLink {
  code: string;
}

async function show(person: Person): Promise<Shown> {
  const link = await person.api.post<PhoneLink>("/api/me/phone-link", {});
  return { ...link, code: link.url!.split("/").at(-1)! };
}

const claim = (code: string) => house.stranger.post<PhoneClaim>("/api/login/phone", { code });
const openBy = (ticket: string) =>
  house.stranger.request<{ token: string }>("POST", "/api/login/phone/open", { ticket });
/** The status of the answer. */
const decide = async (person: Person, id: number, allow: boolean) =>
  (await person.api.request("POST", "/api/me/phone-link/decide", { id, allow })).status;
const claimed = async (code: string) =>
  (await house.stranger.request("POST", "/api/login/phone", { code })).status;

/** As a browser opens a page or sends its form. */
async function browse(path: string, init: RequestInit & { cookie?: string } = {}) {
  const { cookie = "", ...more } = init;
  const answer = await fetch(new URL(path, house.url), {
    redirect: "manual",
    ...more,
    headers: { accept: "text/html", origin: house.url, ...(cookie && { cookie }), ...more.headers },
  });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

test("whoever scans second gets nothing, and the code is worth nothing any more", async () => {
  const ann = await house.person("ann");
  const { code, id } = await show(ann);
  const { ticket } = await claim(code);
  assert.equal(await claimed(code), 404);
  const late = await browse(`/link/${code}`);
  assert.equal(late.status, 404);
  assert.match(late.html, /does not work any more/);
  assert.equal(await decide(ann, id, true), 204);
  assert.equal((await openBy(code)).status, 404, "the code is no ticket");
  assert.equal((await openBy(ticket)).status, 200);
});

test("a ticket opens nothing before it is confirmed, one session afterwards, and none once refused", async () => {
  const ann = await house.person("ann");
  const first = await show(ann);
  const { ticket } = await claim(first.code);
  assert.equal((await openBy(ticket)).status, 202);
  assert.equal(await decide(ann, first.id, true), 204);
  const answers = await Promise.all([1, 2, 3].map(() => openBy(ticket)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 404, 404]);
  const { token } = answers.find(({ status }) => status === 200)!.body;
  const phone = new Api(house.url, { authorization: `Bearer ${token}` });
  assert.equal((await phone.get<{ id: number }>("/api/me")).id, ann.id);

  const second = await show(ann);
  const other = await claim(second.code);
  assert.equal(await decide(ann, second.id, false), 204);
  const refused = await openBy(other.ticket);
  assert.equal(refused.status, 403);
});

test("an old page confirms no newer phone, and nobody else confirms", async () => {
  const ann = await house.person("ann");
  const mallory = await house.person("mallory");
  const old = await show(ann);
  await claim(old.code);
  const current = await show(ann);
  assert.equal(await claimed(old.code), 404);
  const { ticket } = await claim(current.code);
  assert.equal(await decide(ann, old.id, true), 404);
  assert.equal(await decide(mallory, current.id, true), 404);
  assert.equal((await openBy(ticket)).status, 202);
});

test("the session that shows a code takes it along when it ends, confirmed or not", async () => {
  const ann = await house.person("ann");
  const { code, id } = await show(ann);
  const { ticket } = await claim(code);
  assert.equal(await decide(ann, id, true), 204);
  assert.equal((await ann.api.request("POST", "/api/logout")).status, 204);
  assert.equal((await openBy(ticket)).status, 404);
});

test("the phone that was let in is told to the other devices, and not to the one that confirmed", async () => {
  const ann = await house.person("ann");
  const socket = await house.connect(ann);
  const laptop = (await logIn(ann)).api;
  const told = (way: string) =>
    socket.until(() => socket.all("signIn").find(({ signIn }) => signIn.way === way), way);
  await told("password");
  const { code, id } = await show({ ...ann, api: laptop });
  const { ticket } = await claim(code);
  assert.equal(await decide({ ...ann, api: laptop }, id, true), 204);
  await openBy(ticket);
  await told("phone");
  const { signIns } = await laptop.get<{ signIns: SignIn[] }>("/api/me/sign-ins");
  assert.deepEqual(signIns, []);
});

test("the pages keep the address to themselves: no referrer but the origin, no cache, not in the page", async () => {
  const ann = await house.person("ann");
  const { code } = await show(ann);
  const page = await browse(`/link/${code}`);
  assert.equal(page.status, 200);
  assert.equal(page.headers.get("referrer-policy"), "strict-origin");
  assert.equal(page.headers.get("cache-control"), "no-store");
  assert.ok(!page.html.includes(code));
  assert.equal((await browse(`/link/${code}`)).status, 200, "looking uses nothing");

  const taken = await browse(`/link/${code}`, { method: "POST" });
  assert.deepEqual([taken.status, taken.headers.get("location")], [303, "/link"]);
  const cookie = taken.headers.get("set-cookie")!;
  assert.match(cookie, /^confab_phone=[\w-]{43}; Path=\/link; .*HttpOnly; SameSite=Strict/);
  const wait = await browse("/link", { cookie: cookie.split(";")[0]! });
  assert.match(wait.html, /<p class="phone-digits"[^>]*>\d{4}</);
});

test("another site cannot make a browser take a code, or go on with one", async () => {
  const mallory = await house.person("mallory");
  const { code, id } = await show(mallory);
  const evil = { origin: "https://evil.example" };
  assert.equal((await browse(`/link/${code}`, { method: "POST", headers: evil })).status, 403);
  const taken = await browse(`/link/${code}`, { method: "POST" });
  const cookie = taken.headers.get("set-cookie")!.split(";")[0]!;
  assert.equal(await decide(mallory, id, true), 204);
  const foreign = await browse("/link", { method: "POST", headers: evil, cookie });
  assert.equal(foreign.status, 403);
  assert.equal(foreign.headers.get("set-cookie"), null);
});

test("a browser that is signed in as somebody stays so, whatever ticket it holds", async () => {
  const mallory = await house.person("mallory");
  const ann = await house.person("ann");
  const { code, id } = await show(mallory);
  const taken = await browse(`/link/${code}`, { method: "POST" });
  const planted = taken.headers.get("set-cookie")!.split(";")[0]!;
  assert.equal(await decide(mallory, id, true), 204);
  const cookie = `${ann.cookie}; ${planted}`;
  for (const method of ["GET", "POST"]) {
    const answer = await browse("/link", { method, cookie });
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/"]);
    assert.equal(answer.headers.get("set-cookie"), null);
  }
  const other = await browse(`/link/${(await show(mallory)).code}`, {
    method: "POST",
    cookie: ann.cookie,
  });
  assert.equal(other.headers.get("set-cookie"), null);
  assert.match(other.html, /Log out first/);
});

test("of two tickets in one browser one was planted, and neither opens anything", async () => {
  const [ann, mallory] = [await house.person("ann"), await house.person("mallory")];
  const tickets: string[] = [];
  for (const person of [mallory, ann]) {
    const { code, id } = await show(person);
    tickets.push((await claim(code)).ticket);
    assert.equal(await decide(person, id, true), 204);
  }
  const cookies = tickets.map((ticket) => `confab_phone=${ticket}`);
  for (const cookie of [cookies.join("; "), cookies.toReversed().join("; ")]) {
    const page = await browse("/link", { method: "POST", cookie, body: new URLSearchParams() });
    assert.deepEqual([page.status, page.headers.get("set-cookie")], [404, null]);
  }
  const alone = { method: "POST", cookie: cookies[1]!, body: new URLSearchParams() };
  assert.equal((await browse("/link", alone)).status, 303);
});

test("what never was a code is as one that was used", async () => {
  for (const code of ["x", "A".repeat(43), "A".repeat(5000), "%00", "é".repeat(43)]) {
    assert.equal((await browse(`/link/${code}`)).status, 404, code.slice(0, 20));
    assert.equal((await browse(`/link/${code}`, { method: "POST" })).status, 404);
  }
  const nothing = await browse("/link");
  assert.equal(nothing.status, 404);
});

Deno.test("guesses are counted with all other attempts to sign in, and no code stands in the log", async () => {
  await using program = await startProgram({ env: { CONFAB_AUTH_RATE: "5" } });
  const ann = await signUp(program.url, "ann");
  const { url } = await ann.api.post<PhoneLink>("/api/me/phone-link", {});
  const stranger = new Api(program.url, {});
  const statuses: number[] = [];
  for (let guess = 0; guess < 8; guess++) {
    const code = `${"A".repeat(42)}${guess}`;
    statuses.push((await stranger.request("POST", "/api/login/phone", { code })).status);
  }
  assert.equal(statuses[0], 404);
  assert.equal(statuses.at(-1), 429);
  const page = await fetch(url!, { headers: { accept: "text/html" } });
  assert.equal(page.status, 429);
  await page.body?.cancel();
  assert.ok(!`${program.stdout()}${program.stderr()}`.includes(url!.split("/").at(-1)!));
});
