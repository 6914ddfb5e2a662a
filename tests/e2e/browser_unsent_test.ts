/** Whoever leaves the chat before all is sent is told so; whoever logs out is asked first. */
import assert from "node:assert/strict";
import { browserTests, type Stage } from "../support/browser.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { message, open, openSettings, write } from "../support/browser_chat.ts";

const test = browserTests();

/** In the settings, with two messages that could not be sent: no connection of the chat comes about. */
async function withUnsent(stage: Stage, locale = "en-GB") {
  const ann = await stage.person("ann", { locale });
  const { page } = ann;
  let connects = false;
  await page.routeWebSocket(/./, (socket) => {
    if (connects) socket.connectToServer();
    else void socket.close();
  });
  await page.goto("/rooms/1");
  await page.locator("html[data-ready]").waitFor();
  const connect = () => connects = true;
  return { ann, page, connect };
}

test("who logs out before all is sent is asked, is told what would be lost, and may stay", async (stage) => {
  const { page, ann, connect } = await withUnsent(stage);
  await write(page, "m-1 a thought\nin two lines");
  await write(page, `m-2 ${"long ".repeat(60)}`);
  await message(page, "m-2").waitFor();
  await openSettings(page);
  await page.getByText("Not everything that you wrote has been sent.").waitFor();
  await findsNothing(page, "the line about what is not sent");
  const question = page.getByRole("dialog", { name: "Log out before it is sent?" });
  const logOut = page.getByRole("button", { name: "Log out", exact: true });
  await logOut.click();
  await question.getByText("m-1 a thought in two lines", { exact: true }).waitFor();
  await question.getByText(/^m-2 long .*…$/).waitFor();
  await findsNothing(page, "the question");
  const lose = question.getByRole("button", { name: "Log out and lose it" });
  const [colour, ground] = await lose.evaluate((button) => {
    const { color, backgroundColor } = getComputedStyle(button);
    return [color, backgroundColor];
  });
  assert.notEqual(colour, ground);
  for (const stay of ["Stay", "Escape"]) {
    if (stay === "Escape") await page.keyboard.press(stay);
    else await question.getByRole("button", { name: stay }).click();
    await question.waitFor({ state: "detached" }).catch(() =>
      question.waitFor({ state: "hidden" })
    );
    await logOut.click();
    await question.waitFor();
  }
  await page.keyboard.press("Escape");
  connect();
  await page.getByRole("link", { name: "Send it from the chat" }).click();
  await message(page, "m-2").getByRole("link", { name: /:/ }).first().waitFor();
  const { messages } = await ann.account.call("GET", "/rooms/1/messages") as {
    messages: { text: string }[];
  };
  assert.deepEqual(messages.map(({ text }) => text.slice(0, 3)), ["m-1", "m-2"]);
  await openSettings(page);
  await logOut.click();
  await page.waitForURL("**/login");
});

test("who answers that it may be lost is logged out, and nothing of it is left", async (stage) => {
  const { page, ann, connect } = await withUnsent(stage, "ru-RU");
  await page.getByRole("textbox").last().fill("m-1");
  await page.keyboard.press("Enter");
  await page.getByText("m-1", { exact: true }).waitFor();
  await page.goto("/settings");
  await page.locator("html[data-ready] .settings").waitFor();
  await page.getByRole("button", { name: "Выйти", exact: true }).click();
  await page.getByRole("button", { name: "Выйти и потерять" }).click();
  await page.waitForURL("**/login");
  connect();
  await ann.context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  await page.goto("/login");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).join()), "");
});

test("where all is sent nobody is told or asked anything", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await write(page, "m-1");
  await message(page, "m-1").getByRole("link", { name: /:/ }).first().waitFor();
  await openSettings(page);
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await page.waitForURL("**/login");
});
