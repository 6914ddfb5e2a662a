/** Signing in by a real provider in Chromium: its redirects, its cookies, what the pages look like. */
import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { findsNothing } from "../support/browser_axe.ts";
import { launchChromium } from "../support/browser.ts";
import { signUp } from "../support/api_client.ts";
import {
  openSignOnHouse,
  type SignOnHouse,
  type SignOnHouseOptions,
} from "../support/sign_on_house.ts";

const CHROMIUM = Deno.env.get("CHROMIUM") || "/usr/bin/chromium";
const isThere = await Deno.stat(CHROMIUM).then(() => true, () => false);
let browser: Promise<Browser> | null = null;

function test(
  name: string,
  options: SignOnHouseOptions & { page?: BrowserContextOptions },
  run: (page: Page, house: SignOnHouse) => Promise<void>,
) {
  Deno.test({
    name,
    ignore: !isThere && Deno.env.get("CONFAB_REQUIRE_BROWSER") !== "1",
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      browser ??= launchChromium();
      await using house = await openSignOnHouse(options);
      const context = await (await browser).newContext({ baseURL: house.url, ...options.page });
      const complaints: string[] = [];
      context.on("console", (message) => {
        const isOurs = message.location().url.startsWith(house.url);
        if (message.type() === "error" && isOurs) complaints.push(message.text());
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await run(page, house);
      await context.close();
      assert.deepEqual(complaints, []);
    },
  });
}

Deno.test.afterAll(async () => await (await browser)?.close());

/** At the provider's own pages, as often as it asks. */
async function signInThere(page: Page, house: SignOnHouse, name: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("x");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((url) => url.origin === house.url);
}

test("one comes in by the provider, is signed out there too, and no script is needed", {
  page: { javaScriptEnabled: false, locale: "en-GB" },
}, async (page, house) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Continue with Work" }).click();
  await signInThere(page, house, "anna");
  assert.equal(new URL(page.url()).search, "", "nothing of the answer stays in the address");
  await page.goto("/settings/profile");
  await page.getByRole("banner").getByText("Anna Example").waitFor();
  // A form may lead to no other site: a page of ours leads on.
  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForURL((url) => url.origin === house.provider.issuer);
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.waitForURL((url) => url.origin === house.url && url.pathname === "/login");
  await page.getByRole("link", { name: "Continue with Work" }).waitFor();
  // The provider was never told an address of ours but the site's own.
  for (const { referer } of house.provider.requests) {
    assert.doesNotMatch(referer ?? "", /\/login\/oidc|code=|state=/);
  }
});

test(
  "signing out in the chat leads to the provider as well",
  { page: { locale: "en-GB" } },
  async (page, house) => {
    await page.goto("/login/oidc");
    await signInThere(page, house, "anna");
    await page.goto("/settings/profile");
    await page.locator("html[data-ready]").waitFor();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL((url) => url.origin === house.provider.issuer);
  },
);

test("an account is linked and unlinked in the settings, in Russian too", {
  page: { locale: "ru-RU" },
}, async (page, house) => {
  const ben = await signUp(house.url, "ben");
  const [name = "", value = ""] = ben.cookie.split(";")[0]!.split("=");
  await page.context().addCookies([{ name, value, url: house.url }]);
  await page.goto("/settings/profile");
  await page.getByRole("link", { name: "Привязанные учётные записи" }).click();
  await page.getByText("Пока нет.").waitFor();
  await findsNothing(page, "no linked accounts");
  await page.getByRole("button", { name: "Привязать Work" }).click();
  await signInThere(page, house, "benjamin");
  await page.getByText("benjamin@example.org").waitFor();
  await findsNothing(page, "a linked account");
  await page.getByRole("button", { name: "Отвязать: Work, benjamin@example.org" }).click();
  await page.getByText("Учётная запись больше не привязана.").waitFor();
  await page.getByText("Пока нет.").waitFor();
});

test("the login page with providers, with one way alone, and after a refusal", {
  second: {},
  env: { CONFAB_SIGNUP: "closed" },
  page: { locale: "en-GB" },
}, async (page, house) => {
  await page.goto("/login");
  const links = page.getByRole("link", { name: /^Continue with/ });
  assert.deepEqual(await links.allInnerTexts(), ["Continue with Work", "Continue with Second"]);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "username");
  assert.equal(await page.locator("script").count(), 0);
  await findsNothing(page, "login with providers");
  await links.first().focus();
  await page.keyboard.press("Enter");
  await signInThere(page, house, "anna");
  await page.getByRole("alert").getByText("You have no account here yet").waitFor();
  await findsNothing(page, "login after a refusal");
});

test("where a provider is the only way the owner finds the password", {
  env: { CONFAB_PASSWORD_LOGIN: "owner" },
  page: { locale: "en-GB", javaScriptEnabled: false },
}, async (page, house) => {
  await page.goto("/login");
  assert.equal(await page.getByLabel("Password").count(), 0);
  await page.getByRole("link", { name: "Sign in with a password" }).click();
  await page.getByLabel("Username").fill("the-owner");
  await page.getByLabel("Password").fill(house.owner.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL((url) => url.pathname === "/");
});
