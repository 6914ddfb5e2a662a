/** A second factor that the host requires: until it is there, nothing else is open. */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import { Api, type Person, type Problem, signUp } from "../support/api_client.ts";
import { ChatSocket } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";

const require = (owner: Person, of: "optional" | "staff" | "all") =>
  owner.api.patch("/api/workspace/settings", { secondFactor: of });

async function setUp({ api, password }: Person): Promise<void> {
  const { secret } = await api.post<{ secret: string }>("/api/me/totp", { password }, 200);
  await api.post("/api/me/totp", { code: new TOTP({ secret }).generate() }, 200);
}

/** What a page's address answers to a browser. */
async function page({ api, cookie }: Person, path: string) {
  const { status, headers } = await new Api(api.url, { cookie, accept: "text/html" })
    .request("GET", path);
  return [status, headers.get("location")];
}

Deno.test("whoever lacks a required second factor may set one up and log out, nothing else", async () => {
  await using program = await startProgram();
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  await setUp(ann);
  await require(ann, "all");
  for (
    const [method, path, body] of [
      ["GET", "/api/rooms"],
      ["GET", "/api/rooms/1/messages"],
      ["POST", "/api/rooms/1/messages", { text: "hello" }],
      ["PATCH", "/api/me", { displayName: "Bobby" }],
      ["GET", "/api/me/sessions"],
      ["GET", "/api/users?q=ann"],
      ["GET", "/settings/profile"],
      ["GET", "/settings/second-factor-not"],
    ] as const
  ) {
    const { status, body: problem } = await bob.api.request<Problem>(method, path, body);
    assert.deepEqual([status, problem?.code], [403, "factor_first"], `${method} ${path}`);
  }
  for (const path of ["/", "/rooms/1", "/saved", "/settings/profile", "/admin"]) {
    assert.deepEqual(await page(bob, path), [303, "/settings/second-factor"], path);
  }
  assert.deepEqual(await page(bob, "/settings/second-factor"), [200, null]);
  assert.equal((await bob.api.request("GET", "/api/me")).status, 200);
  await assert.rejects(ChatSocket.connect(bob));
  const { username, password } = bob;
  const again = await bob.api.request("POST", "/api/login", { username, password });
  assert.equal(again.status, 200, "what strangers may do is open");
  await setUp(bob);
  assert.equal((await bob.api.request("GET", "/api/rooms")).status, 200);
  assert.deepEqual(await page(bob, "/"), [200, null]);
  const cleo = await signUp(program.url, "cleo");
  assert.equal((await cleo.api.request("GET", "/api/rooms")).status, 403);
  assert.equal((await cleo.api.request("POST", "/api/logout")).status, 204);
});

Deno.test("required of staff, it binds the owner and admins, and from the moment of their role", async () => {
  await using program = await startProgram();
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  await setUp(ann);
  await require(ann, "staff");
  assert.equal((await bob.api.request("GET", "/api/rooms")).status, 200);
  await ann.api.patch(`/api/users/${bob.user.id}`, { role: "admin" });
  assert.equal((await bob.api.request("GET", "/api/rooms")).status, 403);
  await require(ann, "optional");
  assert.equal((await bob.api.request("GET", "/api/rooms")).status, 200);
});

Deno.test("when it is required, the sockets of those without one close at once", async () => {
  await using program = await startProgram();
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  await setUp(ann);
  const [staying, leaving] = [
    await ChatSocket.connect(ann),
    await ChatSocket.connect(bob),
  ];
  await require(ann, "all");
  assert.equal((await leaving.closed).code, 4401);
  assert.equal((await ann.api.request("GET", "/api/rooms")).status, 200);
  staying.close();
});

Deno.test("whoever gets a role that must have one, or loses their last one, loses the sockets too", async () => {
  await using program = await startProgram();
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  await setUp(ann);
  await require(ann, "staff");
  const asMember = await ChatSocket.connect(bob);
  await ann.api.patch(`/api/users/${bob.user.id}`, { role: "admin" });
  assert.equal((await asMember.closed).code, 4401);
  await setUp(bob);
  const asAdmin = await ChatSocket.connect(bob);
  await ann.api.delete(`/api/users/${bob.user.id}/second-factor`);
  assert.equal((await asAdmin.closed).code, 4401);
  await setUp(bob);
  const again = await ChatSocket.connect(bob);
  await bob.api.request("DELETE", "/api/me/totp", { password: bob.password });
  assert.equal((await again.closed).code, 4401);
});
