/** Devices in Chromium: the list of them, news of sign-ins, and a phone that is let in by a code. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { PASSWORD } from "../support/browser_account.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { composer, open } from "../support/browser_chat.ts";

const test = browserTests();

const ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/140.0.0.0 Mobile Safari/537.36";

/** Signs in elsewhere, with the password. */
async function signIn(stage: Stage, username: string): Promise<void> {
  const answer = await fetch(`${stage.program.url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": ANDROID },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  assert.equal(answer.status, 200);
  await answer.body?.cancel();
}

test("a new sign-in is told in the chat at once, stays told after a reload, and is told no more once it was one's own", async (stage) => {
  const ann = await stage.person("ann", { locale: "en-GB" });
  await open(ann.page);
  await composer(ann.page).fill("what I was writing");
  await signIn(stage, "ann");
  const line = ann.page.getByRole("alert").filter({ hasText: "New sign-in to your account" });
  await line.getByText(/Chrome on Android, 127\.0\.0\.1/).waitFor();
  // As every other moment in the chat.
  await line.getByText(/, \d{1,2} \w+ \d{4} at \d{2}:\d{2}\./).waitFor();
  assert.equal(await composer(ann.page).inputValue(), "what I was writing");
  await findsNothing(ann.page, "the line about a sign-in");

  await ann.page.reload();
  await line.waitFor();
  await line.getByRole("link", { name: "Look at my devices" }).click();
  await ann.page.getByRole("heading", { name: "Signed-in devices" }).waitFor();
  const device = ann.page.getByRole("listitem").filter({ hasText: "Chrome on Android" });
  await device.getByText("New", { exact: true }).waitFor();
  await device.getByText(/Signed in .*, with the password/).waitFor();
  await device.getByText(/in the network where you are now/).waitFor();

  await open(ann.page);
  await line.getByRole("button", { name: "It was me" }).click();
  await line.waitFor({ state: "detached" });
  await ann.page.reload();
  await composer(ann.page).waitFor();
  assert.deepEqual(await ann.account.call("GET", "/me/sign-ins"), { signIns: [] });
  assert.equal(await line.count(), 0);
});

test("on the page of devices new ones are acknowledged without a script", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false, locale: "ru-RU" });
  await signIn(stage, "ann");
  await ann.page.goto("/settings/security");
  await ann.page.getByText("Новый", { exact: true }).waitFor();
  await ann.page.getByRole("button", { name: "Новые входы — мои" }).click();
  await ann.page.getByText("Сохранено.").waitFor();
  assert.equal(await ann.page.getByText("Новый", { exact: true }).count(), 0);
});

/** The address that the code holds, as it stands beside it. */
async function addressOf(page: Page): Promise<string> {
  return await page.getByText(/\/link\/[\w-]{43}$/).innerText();
}

async function showCode(page: Page): Promise<string> {
  await page.goto("/settings/security");
  await page.getByRole("link", { name: "Sign in on a phone" }).click();
  await page.getByRole("button", { name: "Show the code" }).click();
  await page.getByRole("img", { name: "The code for the phone" }).waitFor();
  return await addressOf(page);
}

test("a phone is let in by the code that a desktop shows, once both show the same digits", async (stage) => {
  const desk = await stage.person("ann");
  const phone = await stage.visitor({ viewport: PHONE, userAgent: ANDROID });
  const address = await showCode(desk.page);
  await findsNothing(desk.page, "the code");

  await phone.page.goto(address);
  await phone.page.getByText("You would be signed in here as ann (@ann).").waitFor();
  await findsNothing(phone.page, "whose account it is", [PHONE]);
  await phone.page.setViewportSize(PHONE);
  await phone.page.getByRole("button", { name: "Sign in here" }).press("Enter");
  await phone.page.getByRole("heading", { name: "Confirm on the other device" }).waitFor();
  const digits = await phone.page.getByText(/^\d{4}$/).innerText();
  await findsNothing(phone.page, "the digits", [PHONE]);

  await desk.page.getByRole("heading", { name: "A phone wants to sign in" }).waitFor();
  await desk.page.getByText("Chrome on Android").waitFor();
  await desk.page.getByText("Your network now (127.0.0.1)").waitFor();
  assert.equal(await desk.page.getByText(/^\d{4}$/).innerText(), digits);
  await findsNothing(desk.page, "the question");
  await desk.page.getByRole("button", { name: "It is mine: let it in" }).click();

  await phone.page.getByRole("link", { name: "general" }).waitFor();
  await desk.page.getByText("The phone is signed in.").waitFor();
  assert.deepEqual(await desk.account.call("GET", "/me/sign-ins"), { signIns: [] });
  const { sessions } = await desk.account.call("GET", "/me/sessions") as {
    sessions: { way: string }[];
  };
  assert.deepEqual(sessions.map(({ way }) => way).sort(), ["phone", "signup"]);
});

test("a phone that was refused is told so, and gets nothing", async (stage) => {
  stage.tolerate(/status of 403 .*\/link/);
  const desk = await stage.person("ann");
  const phone = await stage.visitor({ viewport: PHONE });
  await phone.page.goto(await showCode(desk.page));
  await phone.page.getByRole("button", { name: "Sign in here" }).click();
  await desk.page.getByRole("button", { name: "Not mine" }).click();
  await phone.page.getByRole("heading", { name: "Refused" }).waitFor();
  await desk.page.getByText("Refused. Nobody was let in.").waitFor();
  assert.deepEqual((await phone.context.cookies()).filter(({ path }) => path === "/"), []);
});

test("without a script on either side the phone gets in all the same", async (stage) => {
  const desk = await stage.person("ann", { javaScriptEnabled: false });
  const phone = await stage.visitor({ javaScriptEnabled: false, locale: "ru-RU" });
  await phone.page.goto(await showCode(desk.page));
  await phone.page.getByRole("button", { name: "Войти здесь" }).click();
  await phone.page.getByRole("heading", { name: "Подтвердите на другом устройстве" }).waitFor();
  // The pages load themselves again after some seconds.
  await desk.page.getByRole("button", { name: "It is mine: let it in" }).click();
  await phone.page.getByRole("button", { name: "Открыть чат" }).click();
  await phone.page.getByRole("link", { name: "general" }).waitFor();
});

test("a browser that is signed in keeps its account, whatever code it is sent", async (stage) => {
  const mallory = await stage.person("mallory");
  const ann = await stage.person("ann");
  const address = await showCode(mallory.page);
  await ann.page.goto(address);
  await ann.page.getByText(/You are signed in here as @ann\. Log out first/).waitFor();
  assert.equal(await ann.page.getByRole("button").count(), 0);
  await eventually(async () => {
    const link = await mallory.account.call("GET", "/me/sign-ins");
    assert.deepEqual(link, { signIns: [] });
  });
});
