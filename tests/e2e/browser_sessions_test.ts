/** Whose page it is: several instances, several accounts and several tabs in one browser. */
import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { type Account, PASSWORD, SESSION_ENDED } from "../support/browser_account.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { composer, message, open, openSettings, write } from "../support/browser_chat.ts";
import { startProgram } from "../support/program.ts";

const test = browserTests();

/** Signs up through the form. */
async function signUp(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/signup`);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("link", { name: "general" }).waitFor();
}

/** The link below the list says whose page it is. */
const owner = (page: Page, username: string) =>
  page.getByRole("link", { name: new RegExp(`@${username}\\b`) });

test("two instances and a third program on one host leave each other's people signed in", async (stage) => {
  const other = await stage.anotherProgram();
  const third = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => {
    const headers = new Headers({ "content-type": "text/html" });
    for (const name of ["session", "confab", "confab_0123456789ab"]) {
      headers.append("set-cookie", `${name}=third; Path=/; Max-Age=1000; HttpOnly`);
    }
    return new Response("a third program", { headers });
  });
  const { page, context, newPage } = await stage.visitor();
  try {
    await signUp(page, stage.program.url, "ann");
    const second = await newPage();
    await signUp(second, other.url, "ben");
    await (await newPage()).goto(`http://localhost:${third.addr.port}/`);

    const cookies = (await context.cookies()).map(({ name }) => name);
    assert.equal(cookies.filter((name) => /^confab_[0-9a-f]{12}$/.test(name)).length, 3, "+ third");
    assert.ok(cookies.includes("session"));
    for (const [tab, name] of [[page, "ann"], [second, "ben"]] as const) {
      await tab.reload();
      await owner(tab, name).waitFor();
      await tab.getByRole("link", { name: "general" }).click();
      await write(tab, `still ${name}`);
      await message(tab, `still ${name}`).waitFor();
    }
    // Signing out of one is no matter of the other's.
    await openSettings(page);
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL("**/login");
    await second.reload();
    await owner(second, "ben").waitFor();
  } finally {
    await third.shutdown();
  }
});

/** As if this account had just signed in with this browser. */
async function signsIn(context: BrowserContext, stage: Stage, account: Account): Promise<void> {
  await context.addCookies([{ ...account.cookie, url: stage.program.url }]);
}

const nameOf = async (account: Account) =>
  (await account.call("GET", "/me") as { displayName: string }).displayName;

test("a tab whose browser another account signed in with changes nothing of it, and loads anew", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await open(ann.page);
  await openSettings(ann.page);
  await ann.page.getByLabel("Display name").fill("Renamed by mistake");
  await signsIn(ann.context, stage, bob);
  await ann.page.getByRole("button", { name: "Save" }).click();

  await ann.page.getByRole("banner").getByText("@bob").waitFor();
  await ann.page.getByText(/Another account signed in with this browser/).waitFor();
  assert.equal(await ann.page.getByLabel("Display name").inputValue(), "bob");
  assert.equal(await nameOf(bob), "bob");
  assert.equal(await nameOf(ann.account), "ann");
  await ann.page.reload();
  await ann.page.getByRole("banner").getByText("@bob").waitFor();
  assert.equal(await ann.page.getByText(/Another account/).count(), 0, "it is said once");
});

test("a chat whose browser another account signed in with changes nothing of it, and loads anew", async (stage) => {
  stage.tolerate(/status of 409 .*\/api\/(me|rooms)\)/);
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await open(ann.page);
  await ann.page.getByRole("button", { name: "New…" }).first().click();
  await ann.page.getByRole("menuitem", { name: "Create a room" }).click();
  await ann.page.getByRole("dialog").getByLabel("Name").fill("made by mistake");
  await signsIn(ann.context, stage, bob);
  await ann.page.getByRole("dialog").getByRole("button", { name: "Create room" }).click();

  await owner(ann.page, "bob").waitFor();
  await ann.page.getByText(/Another account signed in with this browser/).waitFor();
  const { rooms } = await bob.call("GET", "/rooms") as { rooms: { name: string }[] };
  assert.deepEqual(rooms.map(({ name }) => name), ["general"]);
  await ann.page.getByRole("button", { name: "Dismiss" }).click();
  await ann.page.reload();
  await owner(ann.page, "bob").waitFor();
  assert.equal(await ann.page.getByText(/Another account/).count(), 0, "it is said once");
});

test("a tab hears at once that another account opened one, and shows that account", async (stage) => {
  stage.tolerate(/status of 409 .*\/api\/me\)/);
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await open(ann.page);
  await signsIn(ann.context, stage, bob);
  const second = await ann.newPage();
  await open(second, "/");
  await owner(second, "bob").waitFor();
  await owner(ann.page, "bob").waitFor();
  await ann.page.getByText(/Another account signed in with this browser/).waitFor();
});

test("what waited to be sent in a tab is never sent by the account that signed in since", async (stage) => {
  stage.tolerate(/./); // the outage is the test's
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await open(ann.page);
  await stage.program.kill();
  await write(ann.page, "in ann's name only");
  await message(ann.page, "in ann's name only").waitFor();
  await signsIn(ann.context, stage, bob);
  await stage.program.restart();
  await owner(ann.page, "bob").waitFor();
  await composer(ann.page).waitFor();
  await bob.say("bob was here");
  assert.deepEqual(await bob.texts(), ["bob was here"]);

  await signsIn(ann.context, stage, ann.account);
  await open(ann.page);
  await eventually(async () =>
    assert.deepEqual(await bob.texts(), ["bob was here", "in ann's name only"])
  );
});

test("what waits for one server's database is not sent to another behind the same address", async (stage) => {
  stage.tolerate(/./); // the outage is the test's
  const ann = await stage.person("ann");
  await open(ann.page);
  await stage.program.kill();
  await write(ann.page, "for the first server");
  await message(ann.page, "for the first server").waitFor();
  {
    await using another = await startProgram({ env: { PORT: String(stage.program.port) } });
    assert.equal(another.url, stage.program.url);
    const second = await ann.newPage();
    await signUp(second, another.url, "ben");
    await open(second);
    await write(second, "for the second server");
    await message(second, "for the second server").waitFor();
    // Both servers call their first session 1: the page knows that it is not its own all the same.
    // It becomes Ben's, or, where it was back before he was there, the way in.
    const { page } = ann;
    await owner(page, "ben").or(page.getByRole("button", { name: /Log in|Create account/ }))
      .waitFor();
    assert.equal(await owner(page, "ann").count(), 0);
    await eventually(async () => {
      const { messages } = await second.evaluate(async () =>
        await (await fetch("/api/rooms/1/messages")).json()
      ) as { messages: { text: string; userId: number }[] };
      // The same user id, and another person.
      assert.deepEqual(
        messages.map(({ text, userId }) => [text, userId]),
        [["for the second server", ann.account.id]],
      );
    });
    await second.close();
  }
  await stage.program.restart();
  await open(ann.page);
  await eventually(async () =>
    assert.deepEqual(await ann.account.texts(), ["for the first server"])
  );
});

test("a new session of the same person keeps the tab's place", async (stage) => {
  stage.tolerate(/status of 409 .*\/api\//);
  const ann = await stage.person("ann");
  await open(ann.page);
  const answer = await fetch(`${stage.program.url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "ann", password: PASSWORD }),
  });
  await answer.body?.cancel();
  const [name, value] = answer.headers.get("set-cookie")!.split(";")[0]!.split("=");
  await ann.context.addCookies([{ name: name!, value: value!, url: stage.program.url }]);
  await ann.page.evaluate(() => document.documentElement.dataset.before = "");
  await ann.page.getByRole("button", { name: "Browse public rooms" }).first().click();
  await ann.page.locator("html:not([data-before])").waitFor();
  await ann.page.getByRole("dialog").waitFor({ state: "detached" });
  await composer(ann.page).waitFor();
  assert.equal(new URL(ann.page.url()).pathname, "/rooms/1");
  assert.equal(await ann.page.getByText(/Another account/).count(), 0);
});

/** The reason on the login page, and that one comes back to where one was. */
async function saysAndLetsBackIn(page: Page, reason: RegExp, password: string): Promise<void> {
  await page.waitForURL("**/login?*");
  await page.getByRole("status").getByText(reason).waitFor();
  if (await page.getByLabel("Username").inputValue() === "") {
    await page.getByLabel("Username").fill("ann");
  }
  assert.equal(await page.getByLabel("Username").inputValue(), "ann");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await composer(page).waitFor();
  assert.equal(new URL(page.url()).pathname, "/rooms/1");
}

test("a tab whose session was ended says why, and leads back to its place", async (stage) => {
  stage.tolerate(SESSION_ENDED);
  const ann = await stage.person("ann");
  await open(ann.page);
  const second = await ann.newPage();
  await open(second);

  await openSettings(second);
  await second.getByRole("button", { name: "Log out" }).click();
  await second.waitForURL("**/login");
  assert.equal(await second.getByRole("status").count(), 0, "who logged out need not be told");
  await saysAndLetsBackIn(ann.page, /signed out in another tab/, PASSWORD);

  const device = await logIn(stage, PASSWORD);
  const { sessions } = await device("GET", "/me/sessions") as {
    sessions: { id: number; current: boolean }[];
  };
  for (const { id } of sessions.filter(({ current }) => !current)) {
    await device("DELETE", `/me/sessions/${id}`);
  }
  await saysAndLetsBackIn(ann.page, /signed out from another/, PASSWORD);

  await device("POST", "/me/password", { current: PASSWORD, password: "a new long password" });
  await saysAndLetsBackIn(ann.page, /password was changed/, "a new long password");
});

test("a tab of a disabled account says so, in the reader's language", async (stage) => {
  stage.tolerate(SESSION_ENDED);
  stage.tolerate(/status of 403 .*\/api\/me\b/); // asked before the socket has said why it ends
  const owner = await stage.account("owner");
  const ann = await stage.person("ann", { locale: "ru-RU" });
  await open(ann.page);
  await owner.call("PATCH", `/users/${ann.account.id}`, { disabled: true });
  await ann.page.waitForURL("**/login?*");
  await ann.page.getByRole("status").getByText(/учётная запись отключена/).waitFor();
});

/** Ann on another device. */
async function logIn(stage: Stage, password: string) {
  const send = (path: string, init: RequestInit) => fetch(`${stage.program.url}/api${path}`, init);
  const json = { "content-type": "application/json" };
  const login = await send("/login", {
    method: "POST",
    headers: json,
    body: JSON.stringify({ username: "ann", password }),
  });
  const { token } = await login.json();
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await send(path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert(answer.ok, `${method} ${path}: ${answer.status}`);
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  };
}
