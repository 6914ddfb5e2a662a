/**
 * Makes docs/screenshot.png anew, with the real program and Chromium:
 * deno run -A docs/screenshot.ts
 */
import type { Account } from "../tests/support/browser_account.ts";
import { launchChromium, perform, type Stage } from "../tests/support/browser.ts";
import { composer, message, open } from "../tests/support/browser_chat.ts";
import { livelyRoom } from "../tests/support/browser_stages.ts";

const FILE = new URL("screenshot.png", import.meta.url).pathname;

/** Somebody else has the chat open too. */
async function comeOnline(stage: Stage, account: Account): Promise<void> {
  const { context, page } = await stage.visitor();
  await context.addCookies([{ ...account.cookie, url: stage.program.url }]);
  await open(page);
}

const browser = await launchChromium();
await perform(browser, async (stage) => {
  const { ann: { page }, carol } = await livelyRoom(stage);
  await comeOnline(stage, carol);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page);
  await message(page, "small iron").waitFor();
  await composer(page).waitFor();
  await page.screenshot({ path: FILE, animations: "disabled" });
});
await browser.close();
