/** A room whose people `ready` does not list: names are right all the same, at once and later. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { type Account, GENERAL } from "../support/browser_account.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { composer, connected, message, open, write } from "../support/browser_chat.ts";
import { addCrowd } from "../support/crowd.ts";

const test = browserTests();

/** Ann looks on in a room of more than 150 people, two of whom speak; nobody has seen the others. */
async function crowded(stage: Stage, nameOf?: (number: number) => string) {
  const ann = await stage.person("ann");
  const [bob, olga] = [await stage.account("bob"), await stage.account("olga")];
  await rename(bob, "Bob Okafor");
  await rename(olga, "Ольга Петрова");
  const crowd = await addCrowd(stage.program.dataDir, 150, nameOf);
  return { ann, bob, olga, crowd };
}

const rename = (account: Account, displayName: string) =>
  account.call("PATCH", "/me", { displayName });

const react = (account: Account, id: number) =>
  account.call("PUT", `/messages/${id}/reactions/${encodeURIComponent("🎉")}`);

const authorOf = (page: Page, text: string): Locator => message(page, text).locator(".author");

test("the first paint of a large room shows names, initials, mentions and who reacted", async (stage) => {
  const { ann, bob, olga, crowd } = await crowded(stage);
  const said = await bob.say(`m-1 good morning @${crowd[7]!.username}`);
  await react(olga, said.id);
  // Without its scripts the page is what the server wrote.
  const reader = await stage.visitor({ javaScriptEnabled: false });
  await reader.context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  await reader.page.goto(`/rooms/${GENERAL}`);
  for (const page of [reader.page, ann.page]) {
    if (page === ann.page) await open(page);
    const item = message(page, "m-1");
    assert.equal(await item.locator(".author").innerText(), "Bob Okafor");
    assert.equal(await item.locator(".avatar").innerText(), "BO");
    assert.equal(await item.locator(".mention").getAttribute("title"), "Crowd Member 8");
    assert.equal(await item.locator(".reaction").first().getAttribute("title"), "Ольга Петрова");
  }
});

test("who speaks, types, reacts or is mentioned later is shown by name, too", async (stage) => {
  const { ann, bob, olga, crowd } = await crowded(stage);
  await ann.account.say("m-0 first");
  await open(ann.page);
  const asked: string[] = [];
  ann.page.on("request", (request) => {
    if (request.url().includes("/api/users?ids=")) asked.push(request.url());
  });
  const said = await bob.say(`m-1 hello @${crowd[3]!.username} and @${crowd[4]!.username}`);
  await react(olga, said.id);
  await eventually(async () => {
    assert.equal(await authorOf(ann.page, "m-1").innerText(), "Bob Okafor");
    const mentions = message(ann.page, "m-1").locator(".mention");
    assert.equal(await mentions.first().getAttribute("title"), "Crowd Member 4");
    const reaction = message(ann.page, "m-1").locator(".reaction").first();
    assert.equal(await reaction.getAttribute("title"), "Ольга Петрова");
  });
  await write(ann.page, `m-2 for @${bob.username}, thanks`);
  await message(ann.page, "m-2").waitFor();
  const ids = asked.flatMap((url) => new URL(url).searchParams.get("ids")!.split(","));
  assert.equal(new Set(ids).size, ids.length, "each person is asked for once");
  assert.ok(asked.length <= 3, `${asked.length} requests`);
});

test("an older page brings the names of its authors", async (stage) => {
  const { ann, bob } = await crowded(stage);
  const old = await bob.say("m-old said long ago");
  for (let at = 0; at < 60; at++) await ann.account.say(`m-${at} filler`);
  await ann.account.call("PUT", `/rooms/${GENERAL}/read`, { seq: old.seq + 60 });
  await open(ann.page);
  await message(ann.page, "m-59").waitFor();
  await message(ann.page, "m-59").hover();
  await eventually(async () => {
    await ann.page.mouse.wheel(0, -4000);
    assert.deepEqual(await authorOf(ann.page, "m-old").allInnerTexts(), ["Bob Okafor"]);
  });
});

test("a new name is on all tabs at once, and there after an absence", async (stage) => {
  const { ann, bob } = await crowded(stage);
  await bob.say("m-1 before");
  const second = await ann.newPage();
  await Promise.all([open(ann.page), open(second)]);
  await rename(bob, "Robert Okafor");
  for (const page of [ann.page, second]) {
    await eventually(async () =>
      assert.equal(await authorOf(page, "m-1").innerText(), "Robert Okafor")
    );
  }
  stage.tolerate(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  await ann.context.setOffline(true);
  await ann.page.getByText("You are offline").or(ann.page.locator(".connection-line")).first()
    .waitFor();
  await rename(bob, "Bobby O.");
  await connected(ann.page, () => ann.context.setOffline(false));
  await eventually(async () =>
    assert.equal(await authorOf(ann.page, "m-1").innerText(), "Bobby O.")
  );
});

test("somebody whom nobody has seen is completed by any word of the name, without accents", async (stage) => {
  const { ann } = await crowded(
    stage,
    (number) => number === 77 ? "José Garcíaclara" : `Someone ${number}`,
  );
  await open(ann.page);
  await composer(ann.page).pressSequentially("hello @garciacl");
  const option = ann.page.getByRole("option", { name: /José Garcíaclara/ });
  await option.waitFor();
  await composer(ann.page).press("Enter");
  assert.equal(await composer(ann.page).inputValue(), "hello @crowd-0077 ");
  await composer(ann.page).press("Enter");
  const mention = message(ann.page, "hello").locator(".mention");
  await eventually(async () =>
    assert.equal(await mention.getAttribute("title"), "José Garcíaclara")
  );
});

test("without a connection whoever is known is completed, and a failed search is no complaint", async (stage) => {
  const { ann, bob } = await crowded(stage);
  await bob.say("m-1 here I am");
  await open(ann.page);
  // What completes names is fetched when the page is at rest.
  await ann.page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/rest-"))
  );
  stage.tolerate(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  await ann.context.setOffline(true);
  await composer(ann.page).pressSequentially("@okaf");
  await ann.page.getByRole("option", { name: /Bob Okafor/ }).waitFor();
  await composer(ann.page).press("Tab");
  assert.equal(await composer(ann.page).inputValue(), "@bob ");
});

test("people are found for a direct message by any word, and members of a large room are known as such", async (stage) => {
  const { ann, crowd } = await crowded(
    stage,
    (number) => number === 77 ? "José Garcíaclara" : `Someone ${number}`,
  );
  await open(ann.page);
  await ann.page.getByRole("button", { name: "New direct message" }).click();
  await ann.page.getByRole("searchbox").fill("garciaclara jos");
  await ann.page.getByRole("checkbox", { name: /Garcíaclara/ }).check();
  await ann.page.getByRole("button", { name: "Start conversation" }).click();
  await ann.page.getByRole("heading", { name: "José Garcíaclara", level: 1 }).waitFor();

  await open(ann.page);
  await ann.page.getByRole("button", { name: /Show members/ }).click();
  await ann.page.getByRole("button", { name: "Add people" }).click();
  const dialog = ann.page.getByRole("dialog", { name: /Add people/ });
  await dialog.getByRole("searchbox").fill(crowd[5]!.username);
  await dialog.getByText("Already a member").or(dialog.getByText("already", { exact: false }))
    .first().waitFor();
  assert(await dialog.getByRole("checkbox", { name: /Someone 6/ }).isDisabled());
});

test("a guest sees the names of a large room and completes its members, too", async (stage) => {
  const { ann, bob } = await crowded(
    stage,
    (number) => number === 77 ? "José Garcíaclara" : `Someone ${number}`,
  );
  const gus = await stage.person("gus");
  await ann.account.call("PATCH", `/users/${gus.account.id}`, { role: "guest" });
  await bob.say("m-1 before");
  await open(gus.page);
  assert.equal(await authorOf(gus.page, "m-1").innerText(), "Bob Okafor");
  await rename(bob, "Robert Okafor");
  await eventually(async () =>
    assert.equal(await authorOf(gus.page, "m-1").innerText(), "Robert Okafor")
  );
  await composer(gus.page).pressSequentially("@garciacl");
  await gus.page.getByRole("option", { name: /José Garcíaclara/ }).waitFor();
});

test("a name that is begun before the list has come is completed when it comes", async (stage) => {
  const { ann, bob } = await crowded(stage);
  await bob.say("m-1 here I am");
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  await ann.page.route("**/assets/rest-*.js", async (route) => {
    await held;
    await route.continue();
  });
  await open(ann.page);
  await composer(ann.page).pressSequentially("@okaf");
  assert.equal(await ann.page.getByRole("option").count(), 0);
  release();
  await ann.page.getByRole("option", { name: /Bob Okafor/ }).waitFor();
  await composer(ann.page).press("Tab");
  assert.equal(await composer(ann.page).inputValue(), "@bob ");
});

test("who mentions a whole large room is asked first, and what was written is kept", async (stage) => {
  const { ann, bob } = await crowded(stage);
  await open(ann.page);
  await composer(ann.page).fill("@room good morning");
  await composer(ann.page).press("Enter");
  const dialog = ann.page.getByRole("dialog", { name: "Mention 152 people?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await composer(ann.page).inputValue(), "@room good morning");
  await composer(ann.page).press("Enter");
  await dialog.getByRole("button", { name: "Mention them" }).click();
  await dialog.waitFor({ state: "detached" });
  await message(ann.page, "@room good morning").waitFor();
  await eventually(async () => assert.equal(await composer(ann.page).inputValue(), ""));
  await eventually(async () => {
    const { membership } = await bob.call("GET", `/rooms/${GENERAL}`) as {
      membership: { mentions: number };
    };
    assert.equal(membership.mentions, 1);
  });
  await composer(ann.page).fill("@room good night");
  await ann.page.getByRole("button", { name: "Send later" }).click();
  await dialog.getByRole("button", { name: "Mention them" }).click();
  const when = ann.page.getByRole("dialog", { name: "Send later" });
  await when.getByRole("button", { name: /^Tomorrow morning/ }).waitFor();
  await ann.page.keyboard.press("Escape");
  await when.waitFor({ state: "detached" });
  await composer(ann.page).fill("");
  // Few are online: nobody is asked, and the group is completed by what it is called.
  await composer(ann.page).pressSequentially("@everyo");
  await ann.page.getByRole("option", { name: /@room/ }).waitFor();
  await composer(ann.page).fill("@here anybody?");
  await composer(ann.page).press("Enter");
  await message(ann.page, "@here anybody?").waitFor();
});
