/** Accounts in the browser: signing up, logging in and out, with and without JavaScript. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { PASSWORD, SESSION_ENDED } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { composer, message, open, openSettings, write } from "../support/browser_chat.ts";

const test = browserTests();

async function fillIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(password);
}

test("a newcomer signs up through the form and writes the first message", async (stage) => {
  await stage.account("owner");
  const { page } = await stage.visitor();
  await page.goto("/");
  assert.equal(new URL(page.url()).pathname, "/login");
  await page.getByRole("link", { name: "Create account" }).click();
  await fillIn(page, "Ann", PASSWORD);
  await page.getByLabel("Display name").fill("Ann Onymous");
  await page.getByRole("button", { name: "Create account" }).click();
  await composer(page).waitFor();
  await write(page, "Hello, everybody");
  await message(page, "Hello, everybody").waitFor();
  await page.getByRole("link", { name: /Ann Onymous.*@Ann/ }).waitFor();
});

test("the sign-up form says what is wrong beside the field and keeps the rest", async (stage) => {
  await stage.account("ann");
  const { page } = await stage.visitor();
  stage.tolerate(/status of 409 .*\/signup\)/);
  stage.tolerate(/status of 422 .*\/signup\)/);
  await page.goto("/signup");
  await fillIn(page, "ANN", PASSWORD);
  await page.getByLabel("Display name").fill("Another Ann");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByText("That username is taken.").waitFor();
  assert.equal(await page.getByLabel("Username").getAttribute("aria-invalid"), "true");
  assert.equal(await page.getByLabel("Display name").inputValue(), "Another Ann");
  assert.equal(await page.getByLabel("Password").inputValue(), "");

  await fillIn(page, "ann2", "password123");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByText("That is one of the most common passwords. Please choose another.")
    .waitFor();
});

test("without JavaScript one signs up, logs out, mistypes the password and logs in", async (stage) => {
  const { page } = await stage.visitor({ javaScriptEnabled: false });
  stage.tolerate(/status of 401 .*\/login\)/);
  await page.goto("/signup");
  await fillIn(page, "ann", PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  assert.equal(new URL(page.url()).pathname, "/login");

  await fillIn(page, "ann", "wrong horse battery");
  await page.getByRole("button", { name: "Log in" }).click();
  assert.equal(await page.getByRole("alert").innerText(), "Wrong username or password.");
  assert.equal(await page.getByLabel("Username").inputValue(), "ann");
  assert.equal(await page.getByLabel("Password").inputValue(), "");

  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "general" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/");
});

test("without JavaScript the rooms and the newest messages can be read", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false });
  await ann.account.say("Readable without a script");
  await ann.page.goto("/rooms/1");
  await message(ann.page, "Readable without a script").waitFor();
  await ann.page.getByRole("navigation", { name: "Rooms" })
    .getByRole("link", { name: "general" }).waitFor();
});

test("a login leads on to the page that was asked for", async ({ visitor, account }) => {
  const ann = await account("ann");
  const { seq } = await ann.say("The place to come back to");
  const { page } = await visitor();
  await page.goto(`/rooms/1/${seq}`);
  await fillIn(page, "ann", PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await message(page, "The place to come back to").waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/1/${seq}`);
});

test("logging out in the settings leads to the login and ends the session", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  await openSettings(ann.page);
  await ann.page.getByRole("button", { name: "Log out" }).click();
  await ann.page.waitForURL("**/login");
  await assert.rejects(ann.account.call("GET", "/me"), /401/);
  await ann.page.goBack();
  await ann.page.waitForURL("**/login*");
});

test("a device that is signed out elsewhere goes to the login by itself", async (stage) => {
  stage.tolerate(SESSION_ENDED);
  const ann = await stage.person("ann");
  await open(ann.page);
  const { sessions } = await ann.account.call("GET", "/me/sessions") as {
    sessions: { id: number }[];
  };
  await ann.account.call("DELETE", `/me/sessions/${sessions[0]!.id}`);
  await ann.page.waitForURL("**/login*");
  await eventually(async () => {
    assert.equal(await ann.page.getByRole("button", { name: "Log in" }).count(), 1);
  });
});
