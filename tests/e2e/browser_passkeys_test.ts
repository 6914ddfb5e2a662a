/** Passkeys in Chromium, with its virtual authenticator: made, used in every way, removed. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { PASSWORD } from "../support/browser_account.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { browserTests } from "../support/browser.ts";
import { forgetProofs } from "../support/stale_sessions.ts";
import { virtualAuthenticator } from "../support/virtual_authenticator.ts";

const test = browserTests();

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** Adds one on the settings' page, and keeps the codes that come with the first. */
async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto("/settings/passkeys");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await button(page, "Add a passkey").click();
  await page.getByRole("heading", { name: "Keep these codes" }).waitFor();
  assert.equal(await page.locator(".recovery-codes li").count(), 10);
}

async function logOut(page: Page): Promise<void> {
  await page.goto("/settings/passkeys");
  await button(page, "Log out").click();
  await page.waitForURL(/\/login/);
}

test("a passkey is made, signs in alone, and follows the password", async (stage) => {
  const { page } = await stage.person("ann");
  const authenticator = await virtualAuthenticator(page);
  await addPasskey(page, "The laptop");
  assert.equal(await authenticator.count(), 1);
  await page.goto("/settings/passkeys");
  await page.getByText("The laptop", { exact: true }).waitFor();
  await page.getByText(/not used yet/).waitFor();

  await logOut(page);
  await page.getByRole("link", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/" || url.pathname.startsWith("/rooms"));

  await logOut(page);
  stage.tolerate(/status of 401/);
  await page.getByLabel("Username").fill("ann");
  await page.getByLabel("Password").fill(PASSWORD);
  await button(page, "Log in").click();
  await page.waitForURL((url) => url.pathname === "/" || url.pathname.startsWith("/rooms"));
  await page.goto("/settings/passkeys");
  await page.getByText(/last used/).waitFor();
});

test("without the passkey's device a recovery code lets in after the password", async (stage) => {
  const { page } = await stage.person("ann");
  const authenticator = await virtualAuthenticator(page);
  await addPasskey(page, "");
  const code = await page.locator(".recovery-codes li").first().innerText();
  await logOut(page);
  await authenticator.lose();
  stage.tolerate(/status of 401/);
  await page.goto("/login");
  await page.getByLabel("Username").fill("ann");
  await page.getByLabel("Password").fill(PASSWORD);
  await button(page, "Log in").click();
  await page.getByText("No passkey was shown.").waitFor();
  await findsNothing(page, "the passkey's step");
  await page.getByRole("link", { name: "Use a code instead" }).click();
  await page.getByLabel("Recovery code").fill(code);
  await button(page, "Log in").click();
  await page.waitForURL((url) => url.pathname === "/" || url.pathname.startsWith("/rooms"));
});

test("a passkey that its owner does not let be used signs nobody in, and can be tried again", async (stage) => {
  const { page } = await stage.person("ann");
  const authenticator = await virtualAuthenticator(page);
  await addPasskey(page, "");
  await logOut(page);
  await authenticator.consent(false);
  await page.goto("/login/passkey?next=%2Fsettings%2Fpasskeys");
  await page.getByText("No passkey was shown.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Show my passkey");
  await authenticator.consent(true);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/settings\/passkeys$/);
});

test("before something dangerous the page asks, takes the passkey, and goes on with the act", async (stage) => {
  const { page } = await stage.person("ann");
  await virtualAuthenticator(page);
  await addPasskey(page, "The laptop");
  await page.goto("/settings/passkeys");
  forgetProofs(stage.program);
  stage.tolerate(/status of 403 .*\/confirm/);
  await button(page, "Remove The laptop").click();
  await page.getByRole("heading", { name: "Is it you?" }).waitFor();
  await findsNothing(page, "the page that asks who it is");
  await button(page, "Or confirm with a passkey").click();
  await page.getByText("The passkey was removed.").waitFor();
  await page.getByText("You have no passkeys yet.").waitFor();
});

test("without a script a passkey is renamed and removed, and the password is asked for first", async (stage) => {
  const ann = await stage.person("ann");
  await virtualAuthenticator(ann.page);
  await addPasskey(ann.page, "The laptop");
  const plain = await stage.visitor({ javaScriptEnabled: false });
  await plain.context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  const { page } = plain;
  forgetProofs(stage.program);
  stage.tolerate(/status of 403 .*\/confirm/);
  await page.goto("/settings/passkeys");
  await page.getByText("Rename", { exact: true }).first().click();
  await page.getByLabel("New name").fill("The old laptop");
  await page.locator("form[id^=rename] button").click();
  await page.getByText("Saved.").waitFor();
  await page.getByText("The old laptop", { exact: true }).waitFor();

  await button(page, "Let the password be enough").click();
  await page.getByLabel("Password of ann").fill("not this one");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.getByText("That is not your password.").waitFor();
  await page.getByLabel("Password of ann").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await button(page, "Ask for a passkey as well").waitFor();
  await button(page, "Remove The old laptop").click();
  await page.getByText("The passkey was removed.").waitFor();
});

test("the page of the passkeys holds in both themes, by keyboard and on a phone, in Russian too", async (stage) => {
  const { page } = await stage.person("ann", { locale: "ru-RU" });
  await virtualAuthenticator(page);
  await page.goto("/settings/passkeys");
  await findsNothing(page, "no passkeys yet");
  await button(page, "Добавить ключ доступа").focus();
  await page.keyboard.press("Enter");
  await page.locator(".recovery-codes li").first().waitFor();
  await page.goto("/settings/passkeys");
  await findsNothing(page, "one passkey");
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const beyond = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth
    );
    assert.equal(beyond, 0, `nothing stands out at ${width} px`);
  }
});
