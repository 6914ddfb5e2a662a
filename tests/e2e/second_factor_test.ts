/** The second step of signing in, attacked over HTTP: the ticket, the form, where it leads. */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import { Api, type Person, signUp } from "../support/api_client.ts";
import { type Program, startProgram } from "../support/program.ts";

async function withApp(person: Person) {
  const { secret } = await person.api.post<{ secret: string }>("/api/me/totp", {
    password: person.password,
  }, 200);
  const app = new TOTP({ secret });
  const { codes } = await person.api.post<{ codes: string[] }>("/api/me/totp", {
    code: app.generate(),
  }, 200);
  return { codes, next: () => app.generate({ timestamp: Date.now() + 30_000 }) };
}

function post(
  url: string,
  path: string,
  fields: Record<string, string>,
  headers: HeadersInit = {},
) {
  return fetch(`${url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: url, ...headers },
    body: new URLSearchParams(fields),
  });
}

/** A form's sign-in with the right password: where it leads, and the cookie that it sets. */
async function firstStep({ url }: Program, { username, password }: Person, next = "/") {
  const answer = await post(url, "/login", { username, password, next });
  await answer.body?.cancel();
  assert.equal(answer.status, 303);
  const set = answer.headers.get("set-cookie")!;
  return { set, cookie: set.split(";")[0]!, location: answer.headers.get("location")! };
}

Deno.test("the ticket is in a cookie that no script and no other site gets, and in no address", async () => {
  await using program = await startProgram();
  const ann = await signUp(program.url, "ann");
  await withApp(ann);
  const { set, location } = await firstStep(program, ann, "/rooms/1");
  assert.match(
    set,
    /^confab_[\da-f]{12}_second=[\w-]{43}; Path=\/; Max-Age=300; HttpOnly; SameSite=Lax$/,
  );
  assert.equal(location, "/login/second?next=%2Frooms%2F1");
  const ticket = set.split(/[=;]/)[1]!;
  const { api } = ann;
  const me = await api.request("GET", "/api/me");
  assert.equal(me.status, 200, "the session that was there goes on");
  assert.ok(!(program.stdout() + program.stderr()).includes(ticket), "no log has it");
});

Deno.test("without a session nothing is open to whoever has a ticket alone", async () => {
  await using program = await startProgram();
  const ann = await signUp(program.url, "ann");
  await withApp(ann);
  const { cookie } = await firstStep(program, ann);
  for (const path of ["/api/me", "/api/rooms", "/api/me/totp"]) {
    const answer = await fetch(`${program.url}${path}`, { headers: { cookie } });
    assert.equal(answer.status, 401, path);
    await answer.body?.cancel();
    const [, ticket] = cookie.split("=");
    const bearer = await fetch(`${program.url}${path}`, {
      headers: { authorization: `Bearer ${ticket}` },
    });
    assert.equal(bearer.status, 401, path);
    await bearer.body?.cancel();
  }
});

Deno.test("the second step leads only on this site, and only from this site's own form", async () => {
  await using program = await startProgram();
  const { url } = program;
  const ann = await signUp(url, "ann");
  const { codes } = await withApp(ann);
  const { cookie } = await firstStep(program, ann, "https://evil.example/");
  const foreign = { origin: "https://evil.example", cookie };
  const refused = await post(url, "/login/second", { code: codes[0]! }, foreign);
  assert.equal(refused.status, 403);
  await refused.body?.cancel();
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    const shown = await fetch(`${url}/login/second?next=${encodeURIComponent(next)}`, {
      headers: { cookie },
    });
    assert.ok(!(await shown.text()).includes("evil.example"));
  }
  const done = await post(url, "/login/second", { code: codes[0]!, next: "//evil.example" }, {
    cookie,
  });
  await done.body?.cancel();
  assert.deepEqual([done.status, done.headers.get("location")], [303, "/"]);
  assert.match(done.headers.getSetCookie().join("\n"), /_second=; Path=\/; Max-Age=0/);
});

Deno.test("of two tickets in one browser one was planted, and neither is believed", async () => {
  await using program = await startProgram();
  const { url } = program;
  const [ann, bob] = [await signUp(url, "ann"), await signUp(url, "bob")];
  const { codes } = await withApp(ann);
  await withApp(bob);
  const [own, planted] = [await firstStep(program, ann), await firstStep(program, bob)];
  const cookie = `${own.cookie}; ${planted.cookie}`;
  const answer = await post(url, "/login/second", { code: codes[0]! }, { cookie });
  const text = await answer.text();
  assert.equal(answer.status, 401);
  assert.match(text, /log in again/i);
});

Deno.test("a program signs in by ticket and code, and the ticket does it once", async () => {
  await using program = await startProgram();
  const { url } = program;
  const ann = await signUp(url, "ann");
  const { codes, next } = await withApp(ann);
  const anybody = new Api(url);
  const body = { username: ann.username, password: ann.password };
  const asked = await anybody.request("POST", "/api/login", body);
  assert.equal(asked.status, 401);
  const problem = asked.body as { code: string; ticket: string; methods: string[] };
  assert.deepEqual([problem.code, problem.methods], ["second_factor", ["totp", "recovery"]]);
  assert.equal(asked.headers.get("set-cookie"), null);
  const wrong = await anybody.request("POST", "/api/login/second", {
    ticket: problem.ticket,
    code: "000000",
  });
  assert.equal(wrong.status, 401);
  const answer = await anybody.request("POST", "/api/login/second", {
    ticket: problem.ticket,
    code: next(),
  });
  assert.equal(answer.status, 200);
  const again = await anybody.request("POST", "/api/login/second", {
    ticket: problem.ticket,
    code: codes[0],
  });
  assert.equal(again.status, 401);
});

Deno.test("a body that says nothing may be left out, as fetch and curl leave it out of a DELETE", async () => {
  await using program = await startProgram();
  const { url } = program;
  const ann = await signUp(url, "ann");
  await withApp(ann);
  const requests = [
    ["POST", "/api/me/recovery-codes", 200],
    ["DELETE", "/api/me/totp", 204],
    ["POST", "/api/invites", 201],
    ["POST", "/api/login/passkey", 200],
  ] as const;
  for (const [method, path, status] of requests) {
    const headers = { authorization: `Bearer ${ann.token}` };
    const answer = await fetch(`${url.replace("127.0.0.1", "localhost")}${path}`, {
      method,
      headers,
    });
    assert.equal(answer.status, status, `${method} ${path}: ${await answer.text()}`);
  }
});
