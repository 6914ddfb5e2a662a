/** The settings as pages: without JavaScript, and what a script adds to their forms. */
import assert from "node:assert/strict";
import type { Page, Route } from "playwright-core";
import { type Account, createRoom, PASSWORD } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import {
  composer,
  message,
  open,
  openSection,
  openSettings,
  write,
} from "../support/browser_chat.ts";

const test = browserTests();

const notifyIn = async (account: Account, room: number) =>
  (await account.call("GET", `/rooms/${room}`) as { membership: { notify: string } })
    .membership.notify;

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

test("without JavaScript every setting is changed, and one comes back to the room", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false, locale: "en-GB" });
  const garden = await createRoom(ann.account, "garden");
  const { page } = ann;
  stage.tolerate(/status of 422 .*\/settings\//);
  await page.goto(`/rooms/${garden}`);
  await page.getByRole("link", { name: "Settings" }).click();

  await page.getByLabel("Display name").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Please fill this in.").waitFor();
  assert.equal(await focused(page), "displayName");
  await page.getByLabel("Display name").fill("Ann without a script");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  assert.equal(await page.getByRole("status").innerText(), "Saved.");
  await eventually(async () => assert.equal(await focused(page), "notice"));
  await page.getByRole("banner").getByText("Ann without a script").waitFor();

  await page.getByRole("link", { name: "Notifications" }).click();
  await page.getByLabel("garden").selectOption("none");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal(await page.getByLabel("garden").inputValue(), "none");
  assert.equal(await notifyIn(ann.account, garden), "none");
  assert.equal(await notifyIn(ann.account, 1), "all");

  await page.getByRole("link", { name: "Security" }).click();
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("a new long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText(/^Password changed/).waitFor();

  await page.getByRole("link", { name: "Appearance" }).click();
  await page.getByLabel("Theme").selectOption("dark");
  await page.getByLabel("Language").selectOption("ru");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Сохранено.").waitFor();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");

  await page.getByRole("link", { name: "Вернуться в чат" }).click();
  assert.equal(new URL(page.url()).pathname, `/rooms/${garden}`);
  await page.getByRole("link", { name: "Настройки" }).click();
  await page.getByRole("button", { name: "Выйти" }).click();
  assert.equal(new URL(page.url()).pathname, "/login");
});

test("a choice is saved when it is made: the focus stays, and an open chat hears of it", async (stage) => {
  const ann = await stage.person("ann");
  const rooms: number[] = [];
  for (const name of ["attic", "balcony", "cellar"]) {
    rooms.push(await createRoom(ann.account, name));
  }
  const chat = await ann.newPage();
  await open(chat);
  const { page } = ann;
  await page.goto("/settings/notifications");
  await page.locator("html[data-ready]").waitFor();
  assert.equal(await page.getByRole("button", { name: "Save", exact: true }).isVisible(), false);
  await page.getByLabel("cellar").focus();
  await page.getByLabel("cellar").selectOption("none");
  await page.getByText("Saved.").waitFor();
  assert.equal(await focused(page), `room-${rooms[2]}`);
  assert.equal(await notifyIn(ann.account, rooms[2]!), "none");
  await chat.locator(".room-link.quiet", { hasText: "cellar" }).waitFor();

  // Made one after the other without a wait, each is saved, and the last one stands.
  await page.getByLabel("attic").selectOption("none");
  await page.getByLabel("balcony").selectOption("none");
  await page.getByLabel("attic").selectOption("mentions");
  await page.getByLabel("balcony").selectOption("all");
  await eventually(async () => {
    assert.equal(await notifyIn(ann.account, rooms[0]!), "mentions");
    assert.equal(await notifyIn(ann.account, rooms[1]!), "all");
  });
  await page.getByText("Saved.").waitFor();
  assert.equal(await page.getByLabel("attic").inputValue(), "mentions");
  assert.equal(await page.getByLabel("balcony").inputValue(), "all");
});

test("a choice that does not reach the server says so, and can be made again", async (stage) => {
  stage.tolerate(/Failed to load resource|ERR_/);
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.goto("/settings/appearance");
  await page.locator("html[data-ready]").waitFor();
  await ann.context.setOffline(true);
  await page.getByLabel("Theme").selectOption("dark");
  await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
  await ann.context.setOffline(false);
  await page.getByLabel("Theme").selectOption("light");
  await page.getByText("Saved.").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
});

test("a form that does not reach the server keeps what was typed and says so, and can be sent again", async (stage) => {
  stage.tolerate(/Failed to load resource|ERR_/);
  const ann = await stage.person("ann");
  const { page } = ann;
  const refused = () =>
    page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
  await page.goto("/settings/profile");
  await page.locator("html[data-ready]").waitFor();
  const name = page.getByLabel("Display name");
  await name.fill("Ann the Great");
  await ann.context.setOffline(true);
  await name.press("Enter");
  await refused();
  assert.equal(await name.inputValue(), "Ann the Great");
  await ann.context.setOffline(false);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("banner").getByText("Ann the Great").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);

  await openSection(page, "Security");
  await page.locator("html[data-ready]").waitFor();
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("a new long password");
  await ann.context.setOffline(true);
  await page.getByRole("button", { name: "Change password" }).click();
  await refused();
  assert.equal(await page.getByLabel("Current password").inputValue(), PASSWORD);
  assert.equal(await page.getByLabel("New password").inputValue(), "a new long password");
  await ann.context.setOffline(false);
  // The browser itself sends it and goes to the answer: so its password manager follows.
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Change password" }).click();
  assert.equal((await sent).isNavigationRequest(), true);
  await page.getByText(/^Password changed/).waitFor();
});

test("with a script, too, a device is signed out by its own button", async (stage) => {
  stage.tolerate(/Failed to load resource|ERR_/);
  const ann = await stage.person("ann");
  const { page } = ann;
  for (const agent of ["one", "two"]) {
    const answer = await fetch(`${stage.program.url}/api/login`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": agent },
      body: JSON.stringify({ username: "ann", password: PASSWORD }),
    });
    await answer.body?.cancel();
    assert.equal(answer.status, 200);
  }
  await page.goto("/settings/security");
  await page.locator("html[data-ready]").waitFor();
  const buttons = page.locator(".device").getByRole("button");
  assert.equal(await buttons.count(), 2);
  await page.setViewportSize({ width: 390, height: 400 });
  await ann.context.setOffline(true);
  await buttons.last().click();
  const alert = page.getByRole("alert").getByText("The server cannot be reached.");
  await alert.waitFor();
  await eventually(async () => {
    const box = await alert.boundingBox();
    assert.ok(box !== null && box.y >= 0, "it is in sight");
  });
  await ann.context.setOffline(false);
  await buttons.last().click();
  await page.getByRole("status").waitFor();
  assert.equal(await buttons.count(), 1);
});

test("a choice in a session that is over leads to the login, which says why", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.goto("/settings/appearance");
  await page.locator("html[data-ready]").waitFor();
  const { sessions } = await ann.account.call("GET", "/me/sessions") as {
    sessions: { id: number }[];
  };
  await ann.account.call("DELETE", `/me/sessions/${sessions[0]!.id}`);
  await page.getByLabel("Theme").selectOption("dark");
  await page.waitForURL("**/login*");
  await page.getByRole("status").getByText(/signed out from another/).waitFor();
});

test("who leaves a name that is not saved is asked, and nobody else", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked++;
    void dialog.dismiss();
  });
  await open(page);
  await openSettings(page);
  await page.getByLabel("Display name").pressSequentially(" the Great");
  await page.getByRole("link", { name: "Security" }).click();
  await eventually(() => Promise.resolve(assert.equal(asked, 1)));
  assert.equal(new URL(page.url()).pathname, "/settings/profile");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal(new URL(page.url()).searchParams.has("notice"), false, "it is said once");
  await page.getByRole("checkbox").uncheck();
  await page.getByRole("link", { name: "Security" }).click();
  await eventually(() => Promise.resolve(assert.equal(asked, 2)));
  await page.getByRole("checkbox").check();
  await openSection(page, "Security");
  assert.equal(asked, 2);
});

test("who was refused is asked before they leave what they typed; a password is not kept anyway", async (stage) => {
  stage.tolerate(/status of 4\d\d .*\/settings\//);
  const ann = await stage.person("ann");
  const { page } = ann;
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked++;
    void dialog.accept();
  });
  await page.goto("/settings/security");
  await page.getByLabel("Current password").fill("wrong horse battery");
  await page.getByLabel("New password").fill("a new long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("The current password is not right.").waitFor();
  await openSection(page, "Profile");
  assert.equal(asked, 0);
  await page.getByLabel("Display name").fill("\u2800");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("There must be something in it that one can see.").waitFor();
  await page.locator("html[data-ready]").waitFor();
  await openSection(page, "Security");
  assert.equal(asked, 1);
});

test("no page is wider than its window, however long the names are, and all sections are in sight", async (stage) => {
  const ann = await stage.person("ann", { forcedColors: "active" });
  const long = "W".repeat(64);
  await ann.account.call("PATCH", "/me", { displayName: long });
  await createRoom(ann.account, "M".repeat(80));
  const bob = await stage.account(`b${"o".repeat(30)}b`);
  const direct = await ann.account.call("POST", "/rooms", { kind: "direct", users: [bob.id] });
  await ann.account.say("hello", (direct as { id: number }).id);
  const { page } = ann;
  for (const width of [320, 390, 820, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [at, section] of ["Profile", "Security", "Appearance", "Notifications"].entries()) {
      if (at === 0) await page.goto("/settings");
      else await openSection(page, section);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, `${section} at ${width} px`);
      const links = page.getByRole("navigation", { name: "Settings" }).getByRole("link");
      const colors = await links.evaluateAll((all) =>
        all.map((link) => {
          const { left, right, height } = link.getBoundingClientRect();
          const inSight = left >= 0 && right <= innerWidth && height >= 44;
          return inSight ? getComputedStyle(link).backgroundColor : "out of sight";
        })
      );
      const [own] = colors.splice((await links.allInnerTexts()).indexOf(section), 1);
      assert.ok(!colors.includes("out of sight") && own !== "out of sight", `${width} px`);
      assert.ok(
        !colors.includes(own!),
        "where one is stands out, also in the system's few colours",
      );
    }
  }
});

test("a draft and the room are there again after a look at the settings", async (stage) => {
  const ann = await stage.person("ann");
  const garden = await createRoom(ann.account, "garden");
  const { page } = ann;
  await open(page, `/rooms/${garden}`);
  await composer(page).pressSequentially("half a thou");
  await openSettings(page, "Appearance");
  await page.getByLabel("Theme").selectOption("dark");
  await page.getByText("Saved.").waitFor();
  await page.getByRole("link", { name: "Back to the chat" }).click();
  await eventually(async () => assert.equal(await composer(page).inputValue(), "half a thou"));
  assert.equal(new URL(page.url()).pathname, `/rooms/${garden}`);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
});

/** How many drafts and unsent messages the browser keeps. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const keys = Object.keys(localStorage).filter((key) => /draft|sending/.test(key));
    const names = (await indexedDB.databases()).map(({ name }) => name!);
    const records = await Promise.all(
      names.filter((name) => name.startsWith("confab-outbox-")).map((name) =>
        new Promise<unknown[]>((resolve, reject) => {
          const request = indexedDB.open(name);
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const all = request.result.transaction("messages").objectStore("messages").getAll();
            all.onsuccess = () => {
              request.result.close();
              resolve(all.result);
            };
          };
        })
      ),
    );
    return keys.length + records.flat().length;
  });

test("who logs out in the settings leaves no draft and no unsent message in the browser", async (stage) => {
  stage.tolerate(/./); // the lost connection is the test's
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await stage.program.kill();
  await write(page, "never sent");
  await message(page, "never sent").waitFor();
  await composer(page).pressSequentially("never finished");
  await eventually(async () => assert.ok(await kept(page) >= 2));
  // What would send it on the way is not there: the settings are opened at once.
  await page.goto("about:blank");
  await stage.program.restart();
  await page.goto("/settings/profile");
  await page.locator("html[data-ready]").waitFor();
  const all = await kept(page);
  assert.ok(all >= 2);

  await stage.program.kill();
  const logOut = async () => {
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByRole("button", { name: "Log out and lose it" }).click();
  };
  await logOut();
  await page.locator("#failure").waitFor();
  assert.equal(await kept(page), all, "who is not logged out loses nothing");
  await stage.program.restart();
  await logOut();
  await page.waitForURL("**/login");
  assert.equal(await kept(page), 0);
  const bob = await stage.account("bob");
  assert.deepEqual(await bob.texts(), []);
});

test("who logs out of a session that is gone already is logged out, and their drafts are gone", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await composer(page).pressSequentially("never finished");
  await openSettings(page);
  await page.locator("html[data-ready]").waitFor();
  assert.ok(await kept(page) >= 1);
  await ann.account.call("POST", "/logout");
  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForURL("**/login");
  assert.equal(await kept(page), 0);
});

/** From here on every POST is accepted and never answered. */
const silence = (page: Page) =>
  page.route("**", (route) => {
    if (route.request().method() !== "POST") return route.continue();
  });

const UNREACHABLE = "The server cannot be reached.";

test("a server that accepts a choice and says nothing does not block what is done after it", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.addInitScript(() => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (milliseconds) => timeout(milliseconds / 20);
  });
  await page.goto("/settings/appearance");
  await page.locator("html[data-ready]").waitFor();
  const alert = page.getByRole("alert").getByText(UNREACHABLE);
  await silence(page);
  await page.getByLabel("Theme").selectOption("dark");
  await alert.waitFor();
  assert.equal(await page.getByLabel("Theme").inputValue(), "dark");
  await page.unroute("**");
  await page.getByLabel("Theme").selectOption("light");
  await page.getByText("Saved.").waitFor();
  assert.equal(await alert.count(), 0);

  await silence(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await alert.waitFor();
  await page.unroute("**");
  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForURL("**/login");
});

test("a logout that the server refuses says so on the page, and what is not saved is still asked about", async (stage) => {
  stage.tolerate(/status of (503|429) .*\/api\/logout/);
  const ann = await stage.person("ann");
  const { page } = ann;
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked++;
    void dialog.dismiss();
  });
  await page.goto("/settings/profile");
  await page.locator("html[data-ready]").waitFor();
  const name = page.getByLabel("Display name");
  await name.fill("Ann the Great");
  for (const status of [503, 429]) {
    await page.route("**/api/logout", (route) => route.fulfill({ status, body: "Not now." }));
    const refused = page.waitForResponse("**/api/logout");
    await page.getByRole("button", { name: "Log out" }).click();
    await (await refused).finished();
    await page.getByRole("alert").getByText(UNREACHABLE).waitFor();
    assert.equal(new URL(page.url()).pathname, "/settings/profile");
    await page.unroute("**/api/logout");
  }
  await page.getByRole("link", { name: "Security" }).click();
  await eventually(() => Promise.resolve(assert.equal(asked, 1)));
  assert.equal(await name.inputValue(), "Ann the Great");
  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForURL("**/login");
  assert.equal(asked, 1);
});

test("who presses the button twice logs out once", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.goto("/settings/profile");
  await page.locator("html[data-ready]").waitFor();
  let logouts = 0;
  const pressed = Promise.withResolvers<void>();
  await page.route("**/api/logout", async (route) => {
    logouts++;
    await pressed.promise;
    await route.continue();
  });
  await page.getByRole("button", { name: "Log out" }).dblclick();
  await page.getByRole("button", { name: "Log out" }).click();
  pressed.resolve();
  await page.waitForURL("**/login");
  assert.equal(logouts, 1);
});

test("a choice that was lost before a saved one is shown as it is, and the page says that one was lost", async (stage) => {
  stage.tolerate(/status of (503|422) .*\/settings\/|ERR_/);
  const ann = await stage.person("ann");
  const rooms: number[] = [];
  for (const name of ["attic", "balcony"]) rooms.push(await createRoom(ann.account, name));
  const { page } = ann;
  await page.goto("/settings/notifications");
  await page.locator("html[data-ready]").waitFor();
  const alert = page.getByRole("alert").getByText(UNREACHABLE);
  const chosen = (room: string) => page.getByLabel(room).inputValue();
  /** The server is asked for what it must refuse. */
  const refuse = (route: Route) =>
    route.continue({ postData: route.request().postData()!.replace("=none", "=nothing") });

  for (const loss of ["no answer", "an error", "a refusal"]) {
    const bothMade = Promise.withResolvers<void>();
    await page.route("**/settings/notifications*", async (route) => {
      await bothMade.promise;
      if (loss === "no answer") await route.abort();
      else if (loss === "an error") await route.fulfill({ status: 503, body: "Not now." });
      else await refuse(route);
    }, { times: 1 });
    await page.getByLabel("attic").selectOption("none");
    await page.getByLabel("balcony").selectOption("mentions");
    bothMade.resolve();
    await alert.waitFor();
    assert.equal(await page.getByText("Saved.").count(), 0, loss);
    assert.deepEqual([await chosen("attic"), await chosen("balcony")], ["all", "mentions"], loss);
    assert.equal(await notifyIn(ann.account, rooms[0]!), "all");
    assert.equal(await notifyIn(ann.account, rooms[1]!), "mentions");

    await page.getByLabel("balcony").selectOption("all");
    await page.getByText("Saved.").waitFor();
    assert.equal(await alert.count(), 0, "what was lost is said once");
  }

  await page.route("**/settings/notifications*", refuse, { times: 1 });
  await page.getByLabel("attic").selectOption("none");
  await page.locator(".form-error:not([hidden])").waitFor();
  assert.equal(await alert.count(), 0, "a refusal alone gives its own reason");
});
