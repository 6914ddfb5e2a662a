/** What staff set for everybody, in the running program: at once, and still there after a kill. */
import assert from "node:assert/strict";
import { Api, signUp } from "../support/api_client.ts";
import { startProgram } from "../support/program.ts";

interface States {
  settings: Record<string, { value: unknown; standard: unknown; fixedBy: string | null }>;
}

const SETTINGS = "/api/workspace/settings";

Deno.test("staff close signing up without a restart, and it stays closed over a kill", async () => {
  await using program = await startProgram();
  const ann = await signUp(program.url, "ann");
  const bob = await signUp(program.url, "bob");
  const stranger = new Api(program.url);
  assert.equal((await bob.api.refused("PATCH", SETTINGS, { signup: "closed" })).code, "forbidden");
  assert.equal((await bob.api.refused("GET", SETTINGS)).code, "forbidden");
  assert.equal((await stranger.refused("GET", SETTINGS)).code, "unauthenticated");

  const change = { signup: "closed", name: "  Harbour   School " };
  const { status, body } = await ann.api.request<States>("PATCH", SETTINGS, change);
  assert.equal(status, 200);
  assert.deepEqual(body.settings.name, {
    value: "Harbour School",
    standard: "Confab",
    fixedBy: null,
  });
  const account = { username: "cleo", password: ann.password };
  assert.equal((await stranger.refused("POST", "/api/signup", account)).code, "forbidden");
  await program.kill();
  await program.restart();
  const known = await stranger.get<Record<string, unknown>>("/api/workspace");
  assert.deepEqual([known.name, known.signup], ["Harbour School", "closed"]);
  assert.equal((await stranger.refused("POST", "/api/signup", account)).code, "forbidden");

  await ann.api.request("PATCH", SETTINGS, { signup: null });
  await signUp(program.url, "cleo");
});

Deno.test("what the host's environment sets is shown to staff, and refused", async () => {
  await using program = await startProgram({ env: { CONFAB_SIGNUP: "closed" } });
  const ann = await signUp(program.url, "ann");
  const { settings } = await ann.api.get<States>(SETTINGS);
  assert.deepEqual(settings.signup, {
    value: "closed",
    standard: "open",
    fixedBy: "CONFAB_SIGNUP",
  });
  const problem = await ann.api.refused("PATCH", SETTINGS, { name: "Harbour", signup: "open" });
  assert.equal(problem.code, "conflict");
  assert.equal(problem.errors?.[0]?.path, "signup");
  const { name } = (await ann.api.get<States>(SETTINGS)).settings;
  assert.equal(name!.value, "Confab", "nothing of a refused change is kept");
});

Deno.test("what is no setting, or no value of one, is refused with its name", async () => {
  await using program = await startProgram();
  const ann = await signUp(program.url, "ann");
  const wrong = { signup: "by post", name: "", colour: "red" };
  for (const [key, value] of Object.entries(wrong)) {
    const problem = await ann.api.refused("PATCH", SETTINGS, { [key]: value });
    assert.equal(problem.code, "invalid", key);
    assert.equal(problem.errors?.[0]?.path, key);
  }
});
