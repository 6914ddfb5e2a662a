/** axe finds nothing on what shows people: cards, statuses, who has seen what, a room before joining. */
import { browserTests } from "../support/browser.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { message, open, write } from "../support/browser_chat.ts";

const test = browserTests();

test("axe finds nothing on people's cards, statuses and what they have seen", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const cid = await stage.account("cid");
  const until = Date.now() + 3_600_000;
  await bob.call("PATCH", "/me", {
    status: { emoji: "🍜", text: "At lunch", until },
    timeZone: "Asia/Tokyo",
  });
  await bob.say("hello @ann");
  const { page } = ann;
  await open(page);
  const close = async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await message(page, "hello").getByRole("button", { name: "bob" }).click();
  await page.getByRole("dialog").getByText("At lunch").waitFor();
  await findsNothing(page, "the card");
  await close();
  await page.getByRole("button", { name: "Your status" }).click();
  await page.getByRole("dialog").waitFor();
  await findsNothing(page, "the status");
  await page.getByLabel("Clear it").selectOption("at");
  await page.getByLabel("Until").waitFor();
  await findsNothing(page, "its end");
  await close();
  await page.getByRole("button", { name: /Show members/ }).click();
  await page.getByRole("complementary", { name: "Members" }).getByText("@bob").waitFor();
  await findsNothing(page, "the members");

  const group = await ann.account.call("POST", "/rooms", {
    kind: "direct",
    users: [bob.id, cid.id],
  }) as { id: number };
  await open(page, `/rooms/${group.id}`);
  await write(page, "m-1");
  await page.locator('[data-seq="1"]').getByText("m-1").waitFor(); // what is on its way cannot be read
  await bob.call("PUT", `/rooms/${group.id}/read`, { seq: 1 });
  await page.getByRole("button", { name: "Seen by bob" }).waitFor();
  await findsNothing(page, "who has seen it");
  await page.getByRole("button", { name: "Seen by bob" }).click();
  await page.getByRole("dialog").getByText("Not seen yet").waitFor();
  await findsNothing(page, "the list of who has seen it");
  await close();

  const garden = await bob.call("POST", "/rooms", { kind: "public", name: "garden" }) as {
    id: number;
  };
  await bob.say("beans", garden.id);
  await page.getByRole("button", { name: "Browse public rooms" }).click();
  await page.getByRole("button", { name: /^garden.+member/ }).click();
  await page.getByText("beans").waitFor();
  await findsNothing(page, "a room before joining");
});
