/** The second factor in a browser, with no script: set up, asked for, lost, taken off. */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { browserTests } from "../support/browser.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { PASSWORD } from "../support/browser_account.ts";

const test = browserTests();
const PLAIN = { javaScriptEnabled: false, locale: "en-GB" };

/** A code for later than any that was used: the server takes those of the next half minute. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

async function logIn(page: Page, username: string): Promise<void> {
  await page.goto("/login?next=/settings/profile");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** From the page of the settings; the secret and the codes. */
async function setUp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.goto("/settings/second-factor");
  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
  const secret = (await page.locator(".typed-key").innerText()).replaceAll(" ", "");
  const uri = await page.getByRole("link", { name: /on this device/ }).getAttribute("href");
  assert.equal(new URL(uri!).searchParams.get("secret"), secret);
  await page.getByLabel(/Then enter the code/).fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByRole("heading", { name: "Keep these codes" }).waitFor();
  return { secret, codes: await page.locator(".recovery-codes li").allInnerTexts() };
}

test("without a script an app is set up, its code asked for, and taken off", async (stage) => {
  const ann = await stage.person("ann", PLAIN);
  stage.tolerate(/status of 4(01|03|22) /);
  await ann.page.goto("/settings/second-factor");
  await ann.page.getByRole("button", { name: "Set up an app" }).click();
  await ann.page.getByLabel(/Then enter the code/).fill("000000");
  await ann.page.keyboard.press("Enter");
  await ann.page.getByText(/^That code is not right/).waitFor();
  await ann.page.getByRole("button", { name: "Cancel" }).click();
  const { secret, codes } = await setUp(ann.page);
  assert.equal(codes.length, 10);
  const file = ann.page.getByRole("link", { name: "Download as a file" });
  const [download] = await Promise.all([ann.page.waitForEvent("download"), file.click()]);
  assert.equal(download.suggestedFilename(), "confab-recovery-codes.txt");
  assert.equal(await Deno.readTextFile((await download.path())!), `${codes.join("\r\n")}\r\n`);
  await ann.page.getByRole("link", { name: "I have kept them" }).click();
  await ann.page.getByText(/^It has been on since/).waitFor();
  assert.ok(!(await ann.page.content()).includes(codes[0]!), "they are shown once");

  const phone = await stage.visitor(PLAIN);
  const { page } = phone;
  await logIn(page, "ann");
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/login/second");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "code");
  await page.keyboard.press("Enter");
  await page.getByText("Please fill this in.").waitFor();
  await page.getByLabel("Code from your authenticator app").fill("000 000");
  await page.keyboard.press("Enter");
  await page.getByText("That code is not right, or was used before.").waitFor();
  await page.getByLabel("Code from your authenticator app").fill(codeOf(secret, 1));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/settings/profile");
  const cookies = await phone.context.cookies();
  assert.deepEqual(cookies.map(({ name }) => name.includes("_second")), [false]);

  const other = await stage.visitor(PLAIN);
  await logIn(other.page, "ann");
  await other.page.getByRole("link", { name: "Use a recovery code instead" }).click();
  await other.page.getByLabel("Recovery code").fill(codes[0]!.toUpperCase());
  await other.page.keyboard.press("Enter");
  await other.page.waitForURL("**/settings/profile");
  await other.page.goto("/settings/second-factor");
  await other.page.getByText(/You have 9 codes left/).waitFor();
  await other.page.getByRole("button", { name: "Turn it off" }).click();
  await other.page.getByText("The second factor is off.").waitFor();
  const third = await stage.visitor(PLAIN);
  await logIn(third.page, "ann");
  await third.page.waitForURL("**/settings/profile");
});

test("five wrong codes lead back to the password, and nowhere else", async (stage) => {
  const ann = await stage.person("ann", PLAIN);
  stage.tolerate(/status of 4(01|22) /);
  const { secret } = await setUp(ann.page);
  const { page } = await stage.visitor(PLAIN);
  await logIn(page, "ann");
  for (let tries = 0; tries < 5; tries++) {
    await page.getByLabel(/^Code from/).fill("000000");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Log in" }).or(page.getByText(/took too long/))
      .waitFor();
  }
  await page.getByRole("link", { name: "Log in again" }).click();
  await page.waitForURL("**/login?next=*");
  await page.goto("/login/second");
  assert.equal(new URL(page.url()).pathname, "/login", "nothing waits any more");
  await logIn(page, "ann");
  await page.getByLabel(/^Code from/).fill(codeOf(secret, 1));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/settings/profile");
});

test("axe finds nothing on the pages of the second factor, in either theme", async (stage) => {
  const ann = await stage.person("ann", { locale: "en-GB" });
  stage.tolerate(/status of 4(01|22) /);
  const { page } = ann;
  await page.goto("/settings/second-factor");
  await findsNothing(page, "off");
  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  await findsNothing(page, "setting up");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Set up an app" }).waitFor();
  await setUp(page);
  await findsNothing(page, "the codes");
  await page.getByRole("link", { name: "I have kept them" }).click();
  await findsNothing(page, "on");
  const phone = await stage.visitor({ locale: "ru" });
  await phone.page.goto("/login");
  await phone.page.getByLabel("Имя пользователя").fill("ann");
  await phone.page.getByLabel("Пароль").fill(PASSWORD);
  await phone.page.keyboard.press("Enter");
  await phone.page.getByLabel(/^Код из/).fill("1");
  await phone.page.keyboard.press("Enter");
  await phone.page.getByText("Код неверный или уже использован.").waitFor();
  await findsNothing(phone.page, "the second step");
});

test("when a second factor is required, an open chat leads to its page, and on from there", async (stage) => {
  const ann = await stage.person("ann", { locale: "en-GB" });
  const ben = await stage.person("ben", { locale: "en-GB" });
  stage.tolerate(/status of 40[13] |WebSocket/);
  const { secret } = await ann.account.call("POST", "/me/totp", { password: PASSWORD }) as {
    secret: string;
  };
  await ann.account.call("POST", "/me/totp", { code: codeOf(secret) });
  await ben.page.goto("/rooms/1");
  await ben.page.getByRole("textbox", { name: /Message/ }).waitFor();
  await ann.account.call("PATCH", "/workspace/settings", { secondFactor: "all" });
  await ben.page.waitForURL("**/settings/second-factor*");
  await ben.page.getByText("Here everybody needs a second factor.").waitFor();
  await setUp(ben.page);
  await ben.page.getByRole("link", { name: "I have kept them" }).click();
  await ben.page.getByRole("link", { name: "Go on to the chat" }).click();
  await ben.page.getByRole("textbox", { name: /Message/ }).waitFor();
});
