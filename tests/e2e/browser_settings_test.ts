/** Language and theme: by the browser's wish, and by the person's own setting. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { createRoom, PASSWORD } from "../support/browser_account.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { message, open, openSection, openSettings, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

test("a browser that asks for Russian gets Russian, on every page", async (stage) => {
  stage.tolerate(/status of 404 /);
  await stage.account("owner");
  const { page } = await stage.visitor({ locale: "ru-RU" });
  await page.goto("/login");
  assert.equal(await page.locator("html").getAttribute("lang"), "ru");
  await page.getByRole("button", { name: "Войти" }).waitFor();
  await page.goto("/nowhere");
  assert.match(await page.getByRole("main").innerText(), /[А-я]{4}/);

  const ann = await stage.person("ann", { locale: "ru-RU" });
  await ann.account.say("Привет");
  await open(ann.page);
  await ann.page.getByRole("navigation", { name: "Комнаты" }).waitFor();
  await ann.page.getByText("Сегодня").waitFor();
});

test("the language of the settings goes before the browser's, at once and afterwards", async (stage) => {
  const ann = await stage.person("ann", { locale: "en-GB" });
  await open(ann.page);
  await openSettings(ann.page, "Appearance");
  await ann.page.getByLabel("Language").selectOption("ru");
  await ann.page.getByRole("navigation", { name: "Настройки" }).waitFor();
  assert.match(await ann.page.title(), /Настройки/);
  assert.equal(await ann.page.locator("html").getAttribute("lang"), "ru");
  await ann.page.getByRole("link", { name: "Вернуться" }).click();
  await ann.page.getByRole("navigation", { name: "Комнаты" }).waitFor();
  await open(ann.page);
  await ann.page.getByRole("navigation", { name: "Комнаты" }).waitFor();
  assert.equal(await ann.page.locator("html").getAttribute("lang"), "ru");
});

/** How dark the page is: 0 is black, 255 is white. */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d")!;
    canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0]!;
  });
}

test("the theme follows the system until it is chosen, and then stays chosen", async (stage) => {
  const ann = await stage.person("ann", { colorScheme: "light" });
  await open(ann.page);
  assert(await brightness(ann.page) > 200);
  await ann.page.emulateMedia({ colorScheme: "dark" });
  assert(await brightness(ann.page) < 60);
  await ann.page.emulateMedia({ colorScheme: "light" });

  await openSettings(ann.page, "Appearance");
  await ann.page.getByLabel("Theme").selectOption("dark");
  await eventually(async () => assert(await brightness(ann.page) < 60));
  await ann.page.reload();
  assert(await brightness(ann.page) < 60);
  await open(ann.page);
  assert(await brightness(ann.page) < 60);
});

test("the browser's own frame follows the theme at once, as the side bar does", async (stage) => {
  const ann = await stage.person("ann", { colorScheme: "light" });
  await open(ann.page);
  const frame = () =>
    ann.page.evaluate(() => {
      const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
      return metas.find(({ media }) => matchMedia(media || "all").matches)?.content;
    });
  const bar = () =>
    ann.page.locator(".sidebar").evaluate((bar) => getComputedStyle(bar).backgroundColor);
  const light = await bar();
  await ann.account.call("PATCH", "/me", { theme: "dark" });
  await eventually(async () => {
    assert.notEqual(await bar(), light);
    assert.equal(await frame(), await bar());
  });
  await ann.account.call("PATCH", "/me", { theme: "system" });
  await eventually(async () => assert.equal(await frame(), light));
  await ann.page.emulateMedia({ colorScheme: "dark" });
  await eventually(async () => {
    assert.notEqual(await bar(), light);
    assert.equal(await frame(), await bar());
  });
});

test("a new name is seen by the others, in the list and at its messages", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await ann.account.say("m-1 by ann");
  const direct = await ann.account.call("POST", "/rooms", {
    kind: "direct",
    users: [bob.account.id],
  });
  // The room shows to bob with its first message.
  await ann.account.say("m-2 to bob", (direct as { id: number }).id);
  await Promise.all([open(ann.page), open(bob.page)]);
  await openSettings(ann.page);
  await ann.page.getByLabel("Display name").fill("Ann the Great");
  await ann.page.getByRole("button", { name: "Save" }).click();
  await ann.page.getByText("Saved").waitFor();
  await roomLink(bob.page, "Ann the Great").waitFor();
  await message(bob.page, "m-1 by ann").getByText("Ann the Great").first().waitFor();
});

test("a password is changed with the old one only, and the other devices are signed out", async (stage) => {
  const ann = await stage.person("ann");
  stage.tolerate(/status of 403 .*\/settings\/security/);
  const device = await logIn(stage, "ann");
  await open(ann.page);
  await openSettings(ann.page, "Security");
  const { page } = ann;
  const change = page.getByRole("button", { name: "Change password" });
  await page.getByLabel("Current password").fill("wrong horse battery");
  await page.getByLabel("New password").fill("a fresh long password");
  await change.click();
  await page.getByText("The current password is not right.").waitFor();
  assert.equal((await device()).status, 200);
  assert.equal(await page.getByLabel("New password").inputValue(), "", "no page has a password");
  await page.getByLabel("Current password").fill("correct horse battery");
  await page.getByLabel("New password").fill("a fresh long password");
  await change.click();
  await page.getByText(/^Password changed/).waitFor();
  assert.equal((await device()).status, 401);
});

/** Ann's account on another device: asks who it is. */
async function logIn(stage: Stage, username: string): Promise<() => Promise<Response>> {
  const answer = await fetch(`${stage.program.url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  const { token } = await answer.json();
  return async () => {
    const headers = { authorization: `Bearer ${token}` };
    const me = await fetch(`${stage.program.url}/api/me`, { headers });
    await me.body?.cancel();
    return me;
  };
}

test("a silenced room shows no count", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const garden = await createRoom(bob, "garden");
  await ann.account.call("PUT", `/rooms/${garden}/members/${ann.account.id}`);
  await open(ann.page, `/rooms/${garden}`);
  await ann.page.getByRole("button", { name: "Room options" }).click();
  await ann.page.getByRole("menuitemradio", { name: "None" }).click();
  await roomLink(ann.page, "general").click();
  await bob.say("m-1", garden);
  await bob.say("m-2");
  await message(ann.page, "m-2").waitFor();
  assert.equal(await roomLink(ann.page, "garden").getByText(/unread/).count(), 0);
});

test("language, theme and name reach every open tab and device at once, without a reload", async (stage) => {
  const [ann, bob] = [
    await stage.person("ann", { locale: "en-GB", colorScheme: "light" }),
    await stage.person("bob", { locale: "en-GB", colorScheme: "light" }),
  ];
  const { id } = await bob.account.call("POST", "/rooms", {
    kind: "direct",
    users: [ann.account.id],
  }) as { id: number };
  await bob.account.say("Hello", id);
  const device = await stage.visitor({ locale: "en-GB", colorScheme: "light" });
  await device.context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  const second = await ann.newPage();
  await open(ann.page);
  await open(second);
  await open(device.page);
  await open(bob.page, `/rooms/${id}`);
  const others = [second, device.page];
  for (const page of [...others, bob.page]) {
    await page.evaluate(() => document.documentElement.dataset.sameDocument = "");
  }

  await openSettings(ann.page);
  await ann.page.getByLabel("Display name").fill("Ann of All Tabs");
  await ann.page.getByRole("button", { name: "Save" }).click();
  await ann.page.getByText("Saved").waitFor();
  await openSection(ann.page, "Appearance");
  await ann.page.getByLabel("Theme").selectOption("dark");
  await ann.page.getByLabel("Language").selectOption("ru");
  for (const page of others) {
    await page.getByRole("navigation", { name: "Комнаты" }).waitFor();
    await page.getByRole("link", { name: /Ann of All Tabs.*@ann/ }).waitFor();
    await eventually(async () => assert(await brightness(page) < 60));
    assert.equal(await page.locator("html").getAttribute("lang"), "ru");
  }
  await eventually(async () => assert.match(await bob.page.title(), /^Ann of All Tabs/));
  assert(await brightness(bob.page) > 200, "it is nobody else's theme");
  await bob.page.getByRole("navigation", { name: "Rooms" }).waitFor();
  for (const page of [...others, bob.page]) {
    assert.equal(await page.locator("html[data-same-document]").count(), 1, "it was not reloaded");
  }
});
