/** "users": the way back in, beside a server or without one, and who may not be left out. */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import { buildProject } from "../../../build.ts";
import { Api, ChatSocket, PASSWORD, signUp } from "../../support/chat_client.ts";
import { startProgram } from "../../support/program.ts";
import {
  contentsOf,
  makeChat,
  runCommand,
  runWithInput,
  startCommand,
  withFolder,
} from "../../support/operator.ts";

await buildProject();

async function withChat(
  test: (env: Record<string, string>, chat: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    await test({ CONFAB_DATA_DIR: folder }, `${folder}/chat.db`);
  });
}

Deno.test("the list tells who is there, in which role, and when last seen; also as JSON", () =>
  withChat(async (env) => {
    const { code, stdout, stderr } = await runCommand(env, "users", "list");
    assert.equal(code, 0, stderr);
    const [head, ann, ben, cid] = stdout.split("\n");
    assert.match(head!, /^id +username +role +state +last seen +name$/);
    assert.match(ann!, /^1 +ann +owner +\d{4}-\d\d-\d\dT\d\d:\d\dZ +Ann Owner$/);
    assert.match(ben!, /^2 +ben +member +\d{4}-\S+ +José García$/);
    assert.match(cid!, /^3 +cid +member +disabled +Çid 李小龍$/);
    const json = await runCommand(env, "users", "list", "--json");
    assert.equal(JSON.parse(json.stdout)[2].disabled, true);
  }));

Deno.test("whoever reads a list may stop in the middle", () =>
  withChat(async (env) => {
    const child = startCommand(env, ["users", "list"]);
    await child.stdout.cancel();
    const [{ code }, stderr] = await Promise.all([child.status, new Response(child.stderr).text()]);
    assert.deepEqual([code, stderr], [0, ""]);
  }));

Deno.test("roles and states change, by name in any case or by id, and a repetition says so", () =>
  withChat(async (env, chat) => {
    const say = async (...args: string[]) => (await runCommand(env, "users", ...args)).stdout;
    assert.equal(await say("role", "BEN", "admin"), "ben is now admin, no longer member.\n");
    assert.equal(await say("role", "2", "admin"), "ben is admin already.\n");
    assert.equal(await say("enable", "cid"), "cid may sign in again.\n");
    assert.equal(await say("disable", "ben"), "ben is disabled, and signed out everywhere.\n");
    assert.match(contentsOf(chat, ["users"]).users![1] as string, /"role":"admin".*"disabled":1/);
    assert.doesNotMatch(contentsOf(chat, ["sessions"]).sessions!.join(), /"user_id":2/);
    const { code, stdout } = await runCommand(env, "check");
    assert.equal(code, 0, stdout);
  }));

Deno.test("the last owner who can sign in stays one; with another one they may go", () =>
  withChat(async (env) => {
    for (const args of [["role", "ann", "member"], ["disable", "ann"]]) {
      const { code, stderr } = await runCommand(env, "users", ...args);
      assert.equal(code, 1);
      assert.match(stderr, /^ann is the only owner who can sign in: [^\n]+\n$/);
    }
    assert.equal((await runCommand(env, "users", "role", "ben", "owner")).code, 0);
    assert.equal((await runCommand(env, "users", "role", "ann", "member")).code, 0);
    assert.equal((await runCommand(env, "users", "disable", "ben")).code, 1);
  }));

Deno.test("every wrong use is one sentence, and changes nothing", () =>
  withChat(async (env, chat) => {
    const before = contentsOf(chat);
    const cases: [args: string[], code: number, sentence: RegExp][] = [
      [[], 2, /^"users" needs ACTION: confab users ACTION/],
      [["ban", "ben"], 2, /^"users" does not know "ban": list, /],
      [["__proto__"], 2, /^"users" does not know "__proto__"/],
      [["role", "ben"], 2, /^Call it so: confab users role NAME ROLE\. /],
      [["list", "ben"], 2, /^Call it so: confab users list\. /],
      [["role", "ben", "king"], 2, /^There is no role "king": owner, admin/],
      [["disable", "zoe"], 1, /^There is no account “zoe”\.$/],
      [["disable", "99"], 1, /^There is no account “99”\.$/],
      [["reset-password", "zoe"], 1, /^There is no account “zoe”\.$/],
      [["disable", "ben", "now", "please"], 2, /^Unknown argument "please"/],
    ];
    for (const [args, code, sentence] of cases) {
      const result = await runCommand(env, "users", ...args);
      assert.match(result.stderr.trimEnd(), sentence, args.join(" "));
      assert.match(result.stderr, /^[^\n]+\n$/);
      assert.deepEqual([result.code, result.stdout], [code, ""]);
    }
    for (
      const [password, why] of [["tiny", "is too short"], ["password123", "is among the most"]]
    ) {
      const args = ["users", "reset-password", "ben", "--stdin"];
      const result = await runWithInput(env, `${password}\n`, ...args);
      assert.deepEqual([result.code, result.stdout], [1, ""]);
      assert.match(result.stderr, new RegExp(`^The new password ${why}[^\\n]*\\n$`));
      assert.doesNotMatch(result.stderr, new RegExp(password!));
    }
    assert.deepEqual(contentsOf(chat), before);
  }));

Deno.test("an owner who lost the password comes in with a new one, and all old devices are out", () =>
  withFolder(async (dataDir) => {
    const env = { CONFAB_DATA_DIR: dataDir };
    await using program = await startProgram({ dataDir });
    const socket = await ChatSocket.connect(await signUp(program.url, "ann"));
    const { code, stdout, stderr } = await runCommand(env, "users", "reset-password", "ann");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^([a-z2-9]{5}-){3}[a-z2-9]{5}\n$/);
    assert.equal(stderr, "ann has a new password, and is signed out everywhere.\n");
    assert.deepEqual(await socket.closed, { code: 4401, reason: "password" });
    assert.equal(await logIn(program.url, "ann", PASSWORD), 401);
    assert.equal(await logIn(program.url, "ann", stdout.trim()), 200);
    const chosen = "the sea walks back at night";
    const args = ["users", "reset-password", "ann", "--stdin"];
    const again = await runWithInput(env, `${chosen}\n`, ...args);
    assert.deepEqual([again.code, again.stdout], [0, ""]);
    assert.equal(await logIn(program.url, "ann", chosen), 200);
  }));

Deno.test("a server learns of it within seconds: a disabled account is out, a new role is told", () =>
  withFolder(async (dataDir) => {
    const env = { CONFAB_DATA_DIR: dataDir };
    await using program = await startProgram({ dataDir });
    const ann = await ChatSocket.connect(await signUp(program.url, "ann"));
    const member = await signUp(program.url, "ben");
    const ben = await ChatSocket.connect(member);
    const page = (had: Record<string, string>) =>
      fetch(`${program.url}/rooms/1`, {
        headers: { authorization: `Bearer ${member.token}`, ...had },
      });
    const first = await page({});
    await first.body?.cancel();
    const known = { "if-none-match": first.headers.get("etag")! };
    assert.equal((await page(known)).status, 304);
    assert.equal((await runCommand(env, "users", "role", "ben", "admin")).code, 0);
    const again = await page(known);
    await again.body?.cancel();
    assert.equal(again.status, 200, "one's own page has the role at once");
    await ann.event("user", ({ user }) => user.username === "ben" && user.role === "admin");
    assert.equal((await runCommand(env, "users", "disable", "ben")).code, 0);
    assert.deepEqual(await ben.closed, { code: 4403, reason: "disabled" });
    assert.equal(await logIn(program.url, "ben", PASSWORD), 403);
    await ann.close();
  }));

Deno.test("a link lets somebody set a new password, once, and no link for who is disabled or not there", () =>
  withFolder(async (dataDir) => {
    const env = { CONFAB_DATA_DIR: dataDir };
    await using program = await startProgram({ dataDir });
    const socket = await ChatSocket.connect(await signUp(program.url, "ann"));
    const { code, stdout, stderr } = await runCommand(
      { ...env, CONFAB_ORIGIN: program.url },
      "users",
      "reset-link",
      "ANN",
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^http:\S+\/reset\/[\w-]{43}\n$/);
    assert.match(stderr, /^With this link ann sets a new password, once, until \S+ \S+ UTC:\n$/);
    const chosen = "the sea walks back at night";
    const form = { method: "POST", body: new URLSearchParams({ password: chosen }) };
    const use = () => fetch(stdout.trim(), { ...form, redirect: "manual" });
    const answer = await use();
    await answer.body?.cancel();
    assert.equal(answer.status, 303);
    assert.deepEqual(await socket.closed, { code: 4401, reason: "password" });
    assert.equal(await logIn(program.url, "ann", PASSWORD), 401);
    assert.equal(await logIn(program.url, "ann", chosen), 200);
    const again = await use();
    await again.body?.cancel();
    assert.equal(again.status, 404);

    await signUp(program.url, "ben");
    assert.equal((await runCommand(env, "users", "disable", "ben")).code, 0);
    for (
      const [name, why] of [["ben", /^ben is disabled, /], ["zoe", /^There is no account “zoe”/]]
    ) {
      const refused = await runCommand(env, "users", "reset-link", name as string);
      assert.deepEqual([refused.code, refused.stdout], [1, ""]);
      assert.match(refused.stderr, why as RegExp);
    }
    const unset = await runCommand(env, "users", "reset-link", "ann");
    assert.match(unset.stderr, /\nCONFAB_ORIGIN is not set: /);
  }));

async function logIn(url: string, username: string, password: string): Promise<number> {
  return (await new Api(url).request("POST", "/api/login", { username, password })).status;
}

Deno.test("who lost the second factor signs in by the password alone, once an operator took it off", () =>
  withFolder(async (dataDir) => {
    const env = { CONFAB_DATA_DIR: dataDir };
    await using program = await startProgram({ dataDir });
    const { api } = await signUp(program.url, "ann");
    const begun = await api.post<{ secret: string }>("/api/me/totp", { password: PASSWORD }, 200);
    const code = new TOTP({ secret: begun.secret }).generate();
    await api.post("/api/me/totp", { code }, 200);
    assert.equal(await logIn(program.url, "ann", PASSWORD), 401);
    const args = ["users", "second-factor-off", "ann"];
    const { code: exit, stdout, stderr } = await runCommand(env, ...args);
    assert.deepEqual([exit, stderr], [0, ""]);
    assert.equal(stdout, "ann signs in without a second factor now.\n");
    assert.equal(await logIn(program.url, "ann", PASSWORD), 200);
    const again = await runCommand(env, ...args);
    assert.equal(again.stdout, "ann had no second factor.\n");
    const { entries } = await api.get<{ entries: { action: string; actor: { kind: string } }[] }>(
      "/api/audit",
    );
    const told = entries.map(({ action, actor }) => `${action} ${actor.kind}`);
    assert.ok(told.includes("user.factors operator"));
  }));
