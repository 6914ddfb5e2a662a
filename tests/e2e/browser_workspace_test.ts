/** The pages on which staff set what holds for everybody: without a script, and seen by others. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { browserTests } from "../support/browser.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { createRoom } from "../support/browser_account.ts";

const test = browserTests();

test("without JavaScript the owner names the place, and everybody's pages say it at once", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false, locale: "en-GB" });
  const bob = await stage.person("bob", { locale: "en-GB" });
  await bob.page.goto("/rooms/1");
  await bob.page.getByText("Confab", { exact: true }).waitFor();
  const { page } = ann;
  stage.tolerate(/status of 4(22|03) .*\/admin\//);

  await page.goto("/admin/settings");
  const look = page.locator("#workspace-look");
  await look.getByLabel("Name of this place").fill(" ");
  await look.getByRole("button", { name: "Save" }).click();
  await page.getByText("Please fill this in.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "name");
  await look.getByLabel("Name of this place").fill("Harbour School");
  await look.getByLabel("A colour of our own").check();
  await look.locator("[name=colour]").fill("#e6a100");
  await look.getByRole("button", { name: "Save" }).click();
  assert.equal(await page.getByRole("status").innerText(), "Saved.");
  assert.match(await page.title(), /Harbour School/);
  const accent = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent"));
  assert.match(await accent(), /#90640d/);

  // In an open chat without loading it again, and for strangers.
  await bob.page.getByText("Harbour School", { exact: true }).waitFor();
  const stranger = await stage.visitor();
  await stranger.page.goto("/login");
  await stranger.page.getByText("Harbour School").waitFor();

  const response = await bob.page.goto("/admin/settings");
  assert.equal(response?.status(), 403);
});

test("who may come in, where newcomers begin and how fast one writes is set in forms of their own", async (stage) => {
  const ann = await stage.person("ann", { locale: "en-GB" });
  const garden = await createRoom(ann.account, "garden");
  const { page } = ann;
  stage.tolerate(/status of 422 .*\/admin\//);
  await page.goto("/admin/settings");
  // What the page before said, "Saved.", must not stand for what this form is answered.
  const save = (form: string) =>
    Promise.all([
      page.waitForEvent("load"),
      page.locator(`#workspace-${form}`).getByRole("button", { name: "Save" }).click(),
    ]);
  const saved = () => page.getByRole("status").filter({ hasText: "Saved." }).waitFor();

  await page.getByLabel("# garden").check();
  await page.getByLabel("What newcomers read first").fill("Welcome!\nBe kind.");
  await save("welcome");
  await saved();
  const bob = await stage.account("bob");
  const { rooms } = await bob.call("GET", "/rooms") as { rooms: { id: number }[] };
  assert.deepEqual(rooms.map(({ id }) => id).sort(), [1, garden]);

  const newcomer = await stage.visitor({ locale: "en-GB", javaScriptEnabled: false });
  await newcomer.page.goto("/signup?next=/rooms/1");
  await newcomer.page.getByLabel("Username").fill("cleo");
  await newcomer.page.getByLabel("Password").fill("seven quiet gulls");
  await newcomer.page.getByRole("button", { name: "Create account" }).click();
  await newcomer.page.getByText("Be kind.").waitFor();
  assert.match(new URL(newcomer.page.url()).pathname, /^\/welcome$/);
  await newcomer.page.getByRole("link", { name: "Go to the chat" }).click();
  assert.equal(new URL(newcomer.page.url()).pathname, "/rooms/1");

  await page.getByLabel("How people get an account").selectOption("closed");
  await save("doors");
  await saved();
  const stranger = await stage.visitor({ locale: "en-GB" });
  await stranger.page.goto("/signup");
  await stranger.page.getByText("Sign-up is closed here").waitFor();

  await page.getByLabel("Longest message, in characters").fill("20");
  await save("limits");
  await page.getByText("Enter a whole number from 100 to 8000.").waitFor();
  assert.equal(await page.getByLabel("Longest message, in characters").inputValue(), "20");
  await page.getByLabel("Longest message, in characters").fill("100");
  await save("limits");
  await saved();
  const long = await bob.call("POST", "/rooms/1/messages", { text: "x".repeat(101) })
    .catch((error: Error) => error.message);
  assert.match(String(long), /422|invalid/);

  await page.getByLabel("Who may make public rooms").selectOption("staff");
  await save("rooms");
  await saved();
  await page.getByLabel("Language of the pages").selectOption("ru");
  await save("pages");
  await page.getByText("Сохранено.").waitFor();
  await stranger.page.goto("/login");
  await stranger.page.getByRole("button", { name: "Войти" }).waitFor();
});

test("the settings page is accessible in both themes, and nothing is wider than a phone", async (stage) => {
  const ann = await stage.person("ann", { locale: "en-GB" });
  await createRoom(ann.account, "garden");
  const { page } = ann;
  await page.goto("/admin/settings");
  await findsNothing(page, "settings");
  await page.setViewportSize(PHONE);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= PHONE.width, `${wide} px`);
});

test("staff see how the chat is doing, without a script, and nobody else does", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false, locale: "en-GB" });
  const bob = await stage.person("bob", { locale: "en-GB" });
  stage.tolerate(/status of 403 .*\/admin\//);
  const { page } = ann;
  await page.goto("/admin/health");
  await page.getByText("Everything works.").waitFor();
  const row = (name: string) =>
    page.locator(".health-row").filter({ has: page.getByText(name, { exact: true }) })
      .getByRole("definition").innerText();
  assert.match(await row("Its size"), /^[\d.,]+ [kM]B$/);
  assert.match(await row("Free on the disk"), /^[\d.,]+ GB$/);
  assert.equal(await row("Accounts"), "2");
  assert.equal(await row("Last backup"), "never");
  const response = await bob.page.goto("/admin/health");
  assert.equal(response?.status(), 403);
  const strict = await stage.person("ann2", { locale: "en-GB" });
  await ann.account.call("PATCH", `/users/${strict.account.id}`, { role: "admin" });
  await strict.page.goto("/admin/health");
  await findsNothing(strict.page, "health");
});

/** A red square as WebP, PNG or JPEG, painted by the browser. */
function painted(page: Page, type: string): Promise<string> {
  return page.evaluate((type) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [64, 48];
    const paint = canvas.getContext("2d")!;
    paint.fillStyle = "red";
    paint.fillRect(0, 0, 64, 48);
    return canvas.toDataURL(type).split(",")[1]!;
  }, type);
}

test("a picture of staff's is on everybody's pages, and what is none is refused in a sentence", async (stage) => {
  const ann = await stage.person("ann", { locale: "en-GB" });
  const { page } = ann;
  await page.goto("/admin/settings");
  const form = page.locator("#workspace-logo");
  const choose = async (name: string, mimeType: string, base64: string) => {
    const buffer = Buffer.from(base64, "base64");
    await form.locator("[type=file]").setInputFiles({ name, mimeType, buffer });
    await form.getByRole("button", { name: "Save" }).click();
  };
  const svg = btoa('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await choose("logo.png", "image/png", svg);
  await page.getByText("This picture cannot be used").waitFor();
  for (const type of ["image/png", "image/jpeg", "image/webp"]) {
    await choose("logo", type, await painted(page, type));
    await page.getByText("Saved.").waitFor();
    const stranger = await stage.visitor({ locale: "en-GB" });
    await stranger.page.goto("/login");
    const mark = stranger.page.locator("img.mark");
    await mark.waitFor();
    const size = await mark.evaluate((image: HTMLImageElement) => [
      image.complete && image.naturalWidth,
      image.naturalHeight,
    ]);
    assert.deepEqual(size, [64, 48], type);
    const address = await mark.getAttribute("src");
    const answer = await fetch(`${stage.program.url}${address}`);
    assert.equal(answer.headers.get("content-type"), type);
    assert.match(answer.headers.get("cache-control") ?? "", /immutable/);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    await answer.body?.cancel();
    await page.goto("/admin/settings");
  }
  await page.goto("/rooms/1");
  await page.locator(".sidebar img.mark").waitFor();
  await page.goto("/admin/settings");
  await form.getByRole("button", { name: "Remove the picture" }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal(await page.locator("img.mark").count(), 0);
  const gone = await fetch(`${stage.program.url}/workspace/logo/0123456789abcdef`);
  assert.equal(gone.status, 404);
  await gone.body?.cancel();
});
