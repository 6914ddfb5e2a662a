/** axe on what a page shows just now: light and dark, on a phone and on a desktop. */
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";

const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
const BOTH = [DESKTOP, PHONE];

/** Fails with each violation. Runs axe in both themes, at each size. What is open stays open. */
export async function findsNothing(page: Page, what: string, sizes = BOTH): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.deepEqual(
        await violations(page, colorScheme),
        [],
        `${what}, ${colorScheme}, ${size.width} px`,
      );
    }
  }
  await page.setViewportSize(DESKTOP);
}

/** Through the debugger, which the page's policy does not bind: it stays as strict as it is. */
async function violations(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  return await page.evaluate(async (dark) => {
    // A colour on its way from one theme to the other is neither.
    const moving = () =>
      document.getAnimations().filter(({ playState, effect }) =>
        playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime)
      );
    for (let left = moving(); left.length > 0; left = moving()) {
      await Promise.allSettled(left.map(({ finished }) => finished));
    }
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
      // Of all that axe looks at, only the colours differ between the themes.
      ...(dark ? { runOnly: ["color-contrast"] } : {}),
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)
    );
  }, colorScheme === "dark");
}
