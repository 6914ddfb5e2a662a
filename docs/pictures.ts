/**
 * Makes the pictures of docs/settings.md anew, with the real program and Chromium:
 * deno run -A docs/pictures.ts
 */
import type { Page } from "playwright-core";
import { WORKSPACE_KEYS } from "../lib/protocol/workspace.ts";
import { ADMIN_SECTIONS } from "../lib/ui/admin/sections.ts";
import { BELOW, SECTIONS } from "../lib/ui/settings/sections.ts";
import { launchChromium } from "../tests/support/browser.ts";
import { createAccount } from "../tests/support/browser_account.ts";
import { startProgram } from "../tests/support/program.ts";
import { freePort } from "../tests/support/servers.ts";

const FOLDER = new URL("pictures/", import.meta.url).pathname;
const WINDOW = { width: 900, height: 640 };
const PORT = freePort();
/** With a mail server, though nobody listens there, the page about e-mail is what it is. */
const ENVIRONMENT = {
  // Programs of tests ask no other sites, and say so.
  CONFAB_LINK_PREVIEWS: "",
  CONFAB_SMTP: "smtp://127.0.0.1:9?tls=never",
  CONFAB_MAIL_FROM: "chat@example.org",
  CONFAB_ORIGIN: `http://localhost:${PORT}`,
  PORT: String(PORT),
};

/** The part of the page that is about one setting. */
async function pictureOf(page: Page, key: string): Promise<void> {
  const field = page.locator(`[name="${key}"]`).first();
  const around = field.locator(
    "xpath=ancestor-or-self::*[self::fieldset or contains(concat(' ', @class, ' '), ' field ')][1]",
  );
  await around.screenshot({ path: `${FOLDER}${key}.png`, animations: "disabled" });
}

await Deno.remove(FOLDER, { recursive: true }).catch(() => {});
await Deno.mkdir(FOLDER, { recursive: true });
const browser = await launchChromium();
{
  await using program = await startProgram({ env: ENVIRONMENT });
  const ann = await createAccount(program.url, "ann");
  await ann.call("POST", "/rooms", { kind: "public", name: "garden" });
  const context = await browser.newContext({
    baseURL: program.url,
    viewport: WINDOW,
    colorScheme: "light",
    locale: "en",
  });
  await context.addCookies([{ ...ann.cookie, url: program.url }]);
  const page = await context.newPage();
  await page.goto("/admin/settings");
  for (const key of WORKSPACE_KEYS) await pictureOf(page, key);
  for (const section of ADMIN_SECTIONS) {
    await page.goto(`/admin/${section}`);
    await page.screenshot({ path: `${FOLDER}admin-${section}.png`, animations: "disabled" });
  }
  for (const section of [...SECTIONS, ...Object.keys(BELOW)]) {
    await page.goto(`/settings/${section}`);
    await page.screenshot({ path: `${FOLDER}settings-${section}.png`, animations: "disabled" });
  }
}
await browser.close();
