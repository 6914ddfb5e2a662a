/** `/api/docs` in a browser: under the policy of all pages, in both themes, on a phone; and it works. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests } from "../support/browser.ts";

const test = browserTests();

async function open(page: Page): Promise<void> {
  await page.goto("/api/docs");
  await page.getByRole("heading", { name: "Confab" }).waitFor();
}

/** Opens an operation by its sentence. */
async function unfold(page: Page, id: string): Promise<void> {
  await page.locator(`[id$="-${id}"] .opblock-summary-control`).click();
  await page.locator(`[id$="-${id}"] .opblock-body`).waitFor();
}

test("a stranger reads the interface, and nothing breaks the policy, in both themes", async (stage) => {
  const { page } = await stage.visitor();
  await open(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(colorScheme === "dark" ? "html.dark-mode" : "html:not(.dark-mode)")
      .waitFor();
    const [background, text] = await page.evaluate(() => {
      const { backgroundColor } = getComputedStyle(document.body);
      return [backgroundColor, getComputedStyle(document.querySelector(".swagger-ui p")!).color];
    });
    assert.notEqual(background, text);
  }
  assert.equal(await page.getByRole("main").count(), 1, "one main part, to jump to");
  assert.equal(await page.getByRole("banner").count(), 1);
  await unfold(page, "sendMessage");
  await page.getByText("until it is answered; it is stored once").waitFor();
});

test("who is signed in tries a request, and a change, with their own session", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  for (const [id, status] of [["getMe", "200"], ["updateMe", "200"]] as const) {
    await unfold(page, id);
    const block = page.locator(`[id$="-${id}"]`);
    await block.getByRole("button", { name: "Try it out" }).click();
    await block.getByRole("button", { name: "Execute" }).click();
    await block.locator(".live-responses-table .response-col_status", { hasText: status })
      .waitFor();
  }
  const me = page.locator('[id$="-updateMe"] .live-responses-table');
  await me.getByText("Ann Lee").first().waitFor();
});

test("the theme is the reader's own, and on a phone nothing is cut off", async (stage) => {
  const { page } = await stage.person("ann", { viewport: { width: 390, height: 844 } });
  await open(page);
  await page.locator("html:not(.dark-mode)").waitFor();
  await page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    await fetch("/api/me", { method: "PATCH", headers, body: '{"theme":"dark"}' });
  });
  await open(page);
  await page.locator("html.dark-mode").waitFor();
  await unfold(page, "history");
  const { wide, shown } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }));
  assert.ok(wide <= shown, `${wide} px on ${shown}`);
});
