/** Lost passwords and e-mail addresses in a browser, with no script: by letters, and by staff. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Api } from "../support/api_client.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { MailSink } from "../support/mail_sink.ts";

const CHOSEN = "the sea walks back at night";
const PLAIN = { javaScriptEnabled: false, locale: "en-GB" };

let sink: (MailSink & { port: number }) | null = null;

const test = browserTests(async () => {
  await sink?.stop();
  sink = await MailSink.start();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  return {
    args: ["--port", String(port)],
    env: {
      CONFAB_ORIGIN: `http://localhost:${port}`,
      CONFAB_SMTP: `smtp://127.0.0.1:${sink.port}?tls=never`,
      CONFAB_MAIL_FROM: "chat@example.org",
    },
  };
});

Deno.test.afterAll(async () => await sink?.stop());

/** The link in the letter that comes as the `nth`, from 1. */
async function linkOf(nth: number): Promise<string> {
  const letters = await sink!.received(nth);
  return /^http\S+\/(?:reset|email)\/[\w-]{43}$/m.exec(letters[nth - 1]!.text)![0];
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

test("without a script an address is confirmed, and a lost password found again by it, by keys alone", async (stage) => {
  const { page } = await stage.person("ann", PLAIN);
  stage.tolerate(/status of 4(04|22) /);
  await page.goto("/settings/email");
  await page.getByText("No address yet.").waitFor();
  await page.getByLabel("E-mail address").fill("ann at example.org");
  await page.keyboard.press("Enter");
  await page.getByText(/That is not an e-mail address/).waitFor();
  assert.equal(await focused(page), "address");
  await page.getByLabel("E-mail address").fill("ann@example.org");
  await page.keyboard.press("Enter");
  await page.getByText(/^A letter was sent to ann@example\.org/).waitFor();

  await page.goto(await linkOf(1));
  await page.getByText(/Is ann@example\.org to be the address of the account ann\?/).waitFor();
  await page.keyboard.press("Enter"); // the button has the focus
  await page.getByRole("heading", { name: "Address confirmed" }).waitFor();
  await page.goto("/settings/email");
  await page.getByText("Your address: ann@example.org").waitFor();

  const elsewhere = (await stage.visitor(PLAIN)).page;
  await elsewhere.goto("/login");
  await elsewhere.getByRole("link", { name: "Forgot your password?" }).click();
  assert.equal(await focused(elsewhere), "name");
  await elsewhere.keyboard.press("Enter");
  await elsewhere.getByText("Please fill this in.").waitFor();
  await elsewhere.getByLabel("Username or e-mail address").fill("Ann@example.org");
  await elsewhere.keyboard.press("Enter");
  await elsewhere.getByRole("heading", { name: "Look into your mailbox" }).waitFor();

  const link = await linkOf(2);
  await elsewhere.goto(link);
  assert.equal(await focused(elsewhere), "password");
  await elsewhere.getByLabel("New password").fill("short");
  await elsewhere.keyboard.press("Enter");
  await elsewhere.getByText("At least 8 characters are needed.").waitFor();
  await elsewhere.getByLabel("New password").fill(CHOSEN);
  await elsewhere.keyboard.press("Enter");
  await elsewhere.waitForURL((url) => !url.pathname.startsWith("/reset/"));
  await elsewhere.goto("/settings/profile");
  assert.equal(await elsewhere.getByLabel("Display name").inputValue(), "ann");

  await page.goto(link);
  await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  await page.goto("/settings/profile");
  await page.waitForURL("**/login?**"); // the device of before is out
});

test("a browser sends the form of a link, tells no address of it, and with a script too the page stays as it is", async (stage) => {
  await stage.account("owner");
  const ben = await stage.person("ben");
  const owner = new Api(stage.program.url);
  const login = { username: "owner", password: "correct horse battery" };
  const { token } = await owner.post<{ token: string }>("/api/login", login, 200);
  const api = new Api(stage.program.url, { authorization: `Bearer ${token}` });
  const { url } = await api.post<{ url: string }>(`/api/users/${ben.account.id}/reset`, {});
  const referrers: string[] = [];
  ben.page.on("request", (request) => {
    const { referer } = request.headers();
    if (referer !== undefined) referrers.push(referer);
  });
  await ben.page.goto(url);
  await ben.page.getByLabel("New password").fill(CHOSEN);
  await ben.page.keyboard.press("Enter");
  await ben.page.waitForURL((at) => !at.pathname.startsWith("/reset/"));
  const secret = url.split("/").at(-1)!;
  await eventually(() => assert.ok(referrers.length > 0));
  assert.deepEqual(referrers.filter((each) => each.includes(secret)), []);
});

test("axe finds nothing on any of the pages, on phone and desktop, light and dark, in both languages", async (stage) => {
  stage.tolerate(/status of 4(04|22) /);
  const ann = await stage.person("ann", { locale: "en-GB" });
  const { page } = ann;
  await page.goto("/settings/email");
  await page.getByLabel("E-mail address").fill("ann@example.org");
  await findsNothing(page, "the page of the address");
  await page.keyboard.press("Enter");
  await page.getByText(/^A letter was sent to ann@example\.org/).waitFor();
  await findsNothing(page, "the address waits");
  await page.goto(await linkOf(1));
  await findsNothing(page, "the page that confirms");
  await page.getByRole("button", { name: "Yes, confirm it" }).click();
  await page.getByRole("heading", { name: "Address confirmed" }).waitFor();
  await findsNothing(page, "the address is confirmed");

  const russian = (await stage.visitor({ locale: "ru-RU" })).page;
  await russian.goto("/forgot");
  await russian.getByRole("heading", { name: "Забыли пароль?" }).waitFor();
  await findsNothing(russian, "забыли пароль");
  await russian.getByLabel("Имя пользователя или адрес почты").fill("ann");
  await russian.keyboard.press("Enter");
  await russian.getByRole("heading", { name: "Проверьте почту" }).waitFor();
  await findsNothing(russian, "проверьте почту");
  await russian.goto(await linkOf(2));
  await russian.getByLabel("Новый пароль").fill("short");
  await russian.keyboard.press("Enter");
  await russian.locator("#password-error").waitFor();
  await findsNothing(russian, "новый пароль");
  await russian.goto("/reset/none");
  await russian.getByRole("heading", { name: "Эта ссылка больше не работает" }).waitFor();
  await findsNothing(russian, "ссылка не работает");
});
