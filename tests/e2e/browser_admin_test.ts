/** The pages for staff in a browser: without a script, by keyboard alone, on a phone, with axe. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests } from "../support/browser.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";

const test = browserTests();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

test("without a script staff find somebody, change the role, and erase them", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false, locale: "en-GB" });
  const bob = await stage.account("bobcat");
  stage.tolerate(/status of 4\d\d .*\/admin\//);
  const { page } = ann;
  await page.goto("/settings/profile");
  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByLabel("Name").fill("bobc");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: /bobcat/ }).click();
  await page.getByRole("combobox", { name: "Role" }).selectOption("guest");
  await page.getByRole("button", { name: "Change the role" }).click();
  assert.equal(await page.getByRole("status").innerText(), "Saved.");
  assert.equal(await focused(page), "notice");
  await page.getByRole("button", { name: "Make a link" }).click();
  assert.match(await page.getByLabel("The link").inputValue(), /\/reset\/\S+$/);
  await page.getByRole("link", { name: /Erase this person/ }).click();
  await page.getByLabel(/Type “bobcat”/).fill("bob");
  await page.getByRole("button", { name: "Erase for ever" }).click();
  assert.equal(await focused(page), "typed");
  await page.getByLabel(/Type “bobcat”/).fill("bobcat");
  await page.getByRole("button", { name: "Erase for ever" }).click();
  await page.getByRole("heading", { name: "Former member" }).waitFor();
  await page.getByRole("link", { name: "what was done to them" }).click();
  await page.locator(".audit").getByText("Person erased").waitFor();
  assert.ok(bob.id > 0);
});

test("by keyboard alone an account is disabled and enabled again", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const { page } = ann;
  await page.goto(`/admin/people/${bob.id}`);
  const press = async (name: string) => {
    for (let tabs = 0; tabs < 60; tabs++) {
      await page.keyboard.press("Tab");
      const text = await page.evaluate(() => document.activeElement?.textContent ?? "");
      if (text === name) return await page.keyboard.press("Enter");
    }
    assert.fail(`no way to “${name}” by the tab key`);
  };
  await press("Disable the account");
  await page.getByText("The account is disabled, and signed out everywhere.").waitFor();
  await press("Enable the account");
  await page.getByText("The account is enabled.").waitFor();
});

test("a search that was begun is left without a question", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.goto("/admin/people");
  await page.locator("html[data-ready]").waitFor();
  await page.getByLabel("Name").fill("somebody");
  page.on("dialog", (dialog) => assert.fail(`asked: ${dialog.message()}`));
  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByRole("heading", { name: "Audit log" }).waitFor();
});

test("axe finds nothing on the pages for staff, and nothing is wider than a phone", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await ann.account.call("PATCH", `/users/${bob.id}`, { role: "admin" });
  const { page } = ann;
  const paths = [
    "/admin/people",
    `/admin/people/${bob.id}`,
    `/admin/people/${bob.id}/erase`,
    "/admin/audit",
  ];
  for (const path of paths) {
    await page.goto(path);
    await findsNothing(page, path);
    await page.setViewportSize(PHONE);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
  }
});
