/** axe finds nothing beside the room, above it and around the composer, in Russian. */
import type { Page } from "playwright-core";
import { type Account, createRoom } from "../support/browser_account.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { browserTests, type Stage } from "../support/browser.ts";
import { open } from "../support/browser_chat.ts";

const test = browserTests();

const PLAN =
  "\n\n- [x] бобы\n- [ ] горох\n\n| а | б |\n|--|--:|\n| 1 | 2 |\n\n```ts\nlet a = 1;\n```";

const beside = (page: Page) => page.getByRole("complementary");
const above = (page: Page) => page.locator("dialog[open]");

async function close(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await above(page).waitFor({ state: "detached" });
}

/** A room with formatted text, an edited message and a thread with a title. */
async function garden(stage: Stage): Promise<{ page: Page; account: Account; said: number }> {
  const { page, account } = await stage.person("ann");
  const bob = await stage.account("bob");
  await account.call("PATCH", "/me", { language: "ru" });
  const room = await createRoom(account, "сад");
  await account.call("PUT", `/rooms/${room}/members/${bob.id}`);
  const { id } = await account.say(`**Бобы** или горох?${PLAN}`, room);
  await account.call("PATCH", `/messages/${id}`, { text: `**Бобы** или _горох_?${PLAN}` });
  for (const threadOnly of [false, true]) {
    await bob.call("POST", `/rooms/${room}/messages`, { text: "бобы", replyTo: id, threadOnly });
  }
  await account.call("PATCH", `/messages/${id}/thread`, { title: "Грядки" });
  await open(page, `/rooms/${room}`);
  return { page, account, said: id };
}

test("axe finds nothing in the panes and what opens from them", async (stage) => {
  const { page, said } = await garden(stage);
  const first = page.locator(`[data-message="${said}"]`).first();
  await first.getByRole("button", { name: /2 ответа/ }).click();
  await beside(page).getByText("Только в обсуждении", { exact: true }).waitFor();
  await findsNothing(page, "a room and a thread");
  await beside(page).getByRole("button", { name: /назван/i }).click();
  await above(page).waitFor();
  await findsNothing(page, "a thread's title");
  await close(page);
  for (const [button, text] of [["Темы", "Грядки"], [/^Обсуждения/, "Грядки"]] as const) {
    await page.getByRole("button", { name: button }).click();
    await beside(page).getByText(text).waitFor();
    await findsNothing(page, `threads: ${button}`);
  }
  await page.getByRole("button", { name: /^Показать участников/ }).click();
  await beside(page).getByText("@bob").waitFor();
  await findsNothing(page, "the members");
  await beside(page).getByRole("button", { name: "Добавить людей" }).click();
  await above(page).waitFor();
  await findsNothing(page, "adding people");
  await close(page);
  await beside(page).getByRole("button", { name: "Закрыть" }).click();
  await first.getByRole("button", { name: /измен/i }).first().click();
  await above(page).getByText("Сейчас").waitFor();
  await findsNothing(page, "earlier versions");
});

test("axe finds nothing around the composer", async (stage) => {
  const { page } = await garden(stage);
  const field = page.locator("textarea#composer");
  await field.fill("бобы и горох");
  await field.press("Control+a");
  await page.getByRole("toolbar").waitFor();
  await findsNothing(page, "the bar");
  await field.press("Control+/");
  await above(page).waitFor();
  await findsNothing(page, "the keys");
  await close(page);
  await field.fill(":соб");
  await page.getByRole("listbox").waitFor();
  await findsNothing(page, "names of emoji");
  await field.press("Escape");
  await field.fill("");
  await page.getByRole("button", { name: "Эмодзи" }).click();
  await above(page).getByText("😀").first().waitFor();
  await findsNothing(page, "the picker");
  await close(page);
  await page.getByRole("button", { name: "Ваш статус" }).click();
  await above(page).waitFor();
  await findsNothing(page, "the status");
});
