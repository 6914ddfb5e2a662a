/** A room's page as a browser keeps it, which it does over TLS: "back" catches up, and ends with the session. */
import assert from "node:assert/strict";
import { PASSWORD } from "../support/browser_account.ts";
import { launchChromium, perform } from "../support/browser.ts";
import { message, open, openSettings, write } from "../support/browser_chat.ts";
import { type CertificateFiles, makeCertificate } from "../support/certificate.ts";
import { demand } from "../support/proxy.ts";

/** By its key Chromium trusts it; one that it only overlooked would keep it from keeping pages. */
async function keyOf({ cert }: CertificateFiles): Promise<string> {
  const key = `openssl x509 -in "$1" -pubkey -noout | openssl pkey -pubin -outform der |
    openssl dgst -sha256 -binary | base64`;
  return (await demand("sh", ["-c", key, "sh", cert])).trim();
}

Deno.test({
  name: "a page that the browser kept catches up, and is not shown any more after the logout",
  ignore: !await Deno.stat("/usr/bin/chromium").then(() => true, () => false),
  async fn() {
    const folder = await Deno.makeTempDir();
    const files = await makeCertificate(folder, "kept");
    const browser = await launchChromium(
      `--ignore-certificate-errors-spki-list=${await keyOf(files)}`,
    );
    try {
      await perform(browser, async ({ visitor }) => {
        const { page } = await visitor();
        await page.goto("/signup");
        await page.getByLabel("Username").fill("ann");
        await page.getByLabel("Password").fill(PASSWORD);
        await page.getByRole("button", { name: "Create account" }).click();
        await page.getByRole("link", { name: "general" }).waitFor();
        await open(page);
        await write(page, "one");
        await message(page, "one").waitFor();
        await openSettings(page);
        await page.goBack();
        await message(page, "one").waitFor();
        await openSettings(page);
        await page.getByRole("button", { name: "Log out" }).click();
        await page.waitForURL("**/login**");
        await page.goBack();
        await page.getByLabel("Password").waitFor();
        assert.equal(await page.getByText("one", { exact: true }).count(), 0);
      }, { env: { CONFAB_TLS_CERT: files.cert, CONFAB_TLS_KEY: files.key } });
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
