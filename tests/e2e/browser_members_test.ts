/** The list of members: of thousands only those in sight are in the page, and all can be reached. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { open } from "../support/browser_chat.ts";
import { longestTask } from "../support/browser_tasks.ts";
import { addCrowd } from "../support/crowd.ts";
import { atOwnSpeed } from "../support/own_speed.ts";

const test = browserTests();

const NAMES = ["José García", "Анна Королёва", "王小明", "Zoë Weiß", "Ben Moss"];

/** Ann looks at the members of a room of so many others. */
async function crowded(stage: Stage, count: number) {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await addCrowd(stage.program.dataDir, count, (n) => `${NAMES[n % NAMES.length]} ${n}`);
  await open(ann.page);
  await ann.page.getByRole("button", { name: /Show members/ }).click();
  const panel = ann.page.getByRole("complementary", { name: "Members" });
  await panel.getByRole("heading", { name: new RegExp(`${count + 2}`.replace(/(?=\d{3}$)/, ",?")) })
    .waitFor();
  await panel.getByRole("listitem").first().waitFor();
  return { ann, bob, panel, page: ann.page };
}

const rowsInPage = (page: Page) => page.locator(".member").count();

/** What has the focus: its number among all, and its text. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const row = document.activeElement?.closest(".member");
    return row === undefined || row === null ? null : {
      place: Number(row.getAttribute("aria-posinset")),
      size: Number(row.getAttribute("aria-setsize")),
      inSight: row.getBoundingClientRect().bottom <= innerHeight + 1 &&
        row.getBoundingClientRect().top >= 0,
    };
  });

test("of five thousand members a few dozen are in the page, wherever one scrolls", async (stage) => {
  const { page, panel } = await crowded(stage, 4_998);
  const scroll = panel.locator(".members-scroll");
  await eventually(async () => {
    const heights = await scroll.evaluate((pane) => [pane.scrollHeight, pane.clientHeight]);
    assert.ok(heights[0]! > 5_000 * 50, `${heights}`);
  });
  for (const part of [0, 0.3, 0.7, 1]) {
    await scroll.evaluate((pane, part) => pane.scrollTop = part * pane.scrollHeight, part);
    await eventually(async () => {
      assert.ok(await rowsInPage(page) < 100, `${await rowsInPage(page)} rows`);
      // What is in the middle of the pane is a row and no hole.
      const there = await scroll.evaluate((pane) => {
        const { left, top, width, height } = pane.getBoundingClientRect();
        const middle = document.elementFromPoint(left + width / 2, top + height / 2);
        return middle?.closest(".member")?.getAttribute("aria-setsize");
      });
      assert.equal(there, "5000");
    });
  }
  const first = await panel.getByRole("listitem").first().getAttribute("aria-posinset");
  assert.ok(Number(first) > 4_900, `${first}`);
});

test("who is here stands first, comes and goes without the list being loaded again", async (stage) => {
  const { panel, page, bob } = await crowded(stage, 300);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/members")) asked.push(request.url());
  });
  await panel.locator(".member:not(.absent)").filter({ hasText: "@ann" }).waitFor();
  const visitor = await stage.visitor();
  await visitor.context.addCookies([{ ...bob.cookie, url: stage.program.url }]);
  await open(visitor.page);
  const here = panel.locator(".member:not(.absent)");
  await here.filter({ hasText: "@bob" }).waitFor();
  assert.deepEqual(
    await here.evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-posinset")).sort()),
    ["1", "2"],
  );
  await visitor.page.close();
  await panel.locator(".member.absent").filter({ hasText: "@bob" })
    .or(here.filter({ hasText: "@bob" })).first().waitFor();
  await eventually(async () => assert.equal(await here.count(), 1));
  assert.deepEqual(asked, []);
});

test("members are found by any word of their names, without accents", async (stage) => {
  const { panel } = await crowded(stage, 300);
  const search = panel.getByRole("searchbox", { name: "Search members" });
  await search.fill("garcia 25");
  await eventually(async () =>
    assert.deepEqual(await panel.locator(".member .name bdi").allInnerTexts(), [
      "José García 25",
      "José García 250",
      "José García 255",
    ])
  );
  await search.fill("королева");
  await eventually(async () =>
    assert.equal(await panel.getByRole("listitem").first().getAttribute("aria-setsize"), "60")
  );
  await search.fill("nobody at all");
  await panel.getByText("Nobody by that name.").waitFor();
});

test("one stop of the Tab key leads to the members, and the arrows to each of them", async (stage) => {
  const { page, panel } = await crowded(stage, 300);
  await panel.getByRole("searchbox").focus();
  await page.keyboard.press("Tab");
  assert.equal((await focused(page))?.place, 1);
  for (const [key, place] of [["ArrowDown", 2], ["End", 302], ["ArrowUp", 301]] as const) {
    await page.keyboard.press(key);
    await eventually(async () =>
      assert.deepEqual(await focused(page), { place, size: 302, inSight: true })
    );
  }
  // Scrolled away, it keeps the focus, and Tab comes back to it.
  await panel.locator(".members-scroll").evaluate((pane) => pane.scrollTop = 0);
  await eventually(async () => assert.ok(await panel.locator('[aria-posinset="1"]').count()));
  assert.equal((await focused(page))?.place, 301);
  await page.keyboard.press("Home");
  await eventually(async () => assert.equal((await focused(page))?.place, 1));
  assert.equal(await panel.locator('.member[tabindex="0"]').count(), 1);
});

test("a member's new name is in the list at once, also of somebody who never spoke", async (stage) => {
  const { panel, bob } = await crowded(stage, 300);
  await panel.getByRole("searchbox").fill("bob");
  await panel.getByRole("listitem").filter({ hasText: "@bob" }).waitFor();
  await bob.call("PATCH", "/me", { displayName: "Robert Okafor" });
  await panel.getByRole("listitem").filter({ hasText: "Robert Okafor" }).waitFor();
});

test("after somebody was put out, the focus is at the neighbour", async (stage) => {
  const { page, panel } = await crowded(stage, 20);
  await panel.getByRole("searchbox").fill("moss");
  const row = panel.getByRole("listitem").filter({ hasText: "Ben Moss 9" });
  await row.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await row.waitFor({ state: "detached" });
  await eventually(async () =>
    assert.ok((await focused(page)) !== null, "the focus is in the list")
  );
});

test("a room of five thousand is listed, put into order and scrolled without a long task", async (stage) => {
  const ann = await stage.person("ann");
  await addCrowd(stage.program.dataDir, 4_999, (n) => `${NAMES[n % NAMES.length]} ${n}`);
  await open(ann.page);
  const listing = await longestTask(ann.page, async () => {
    await ann.page.getByRole("button", { name: /Show members/ }).click();
    await ann.page.locator('.member[aria-setsize="5000"]').first().waitFor();
  });
  const scrolling = await longestTask(
    ann.page,
    () =>
      ann.page.locator(".members-scroll").evaluate(async (pane) => {
        for (let at = 0; at < 120; at++) {
          pane.scrollTop += 2_000;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }),
  );
  const limit = atOwnSpeed(50);
  assert.ok(listing < limit && scrolling < limit, `${listing} ms and ${scrolling} ms`);
});
