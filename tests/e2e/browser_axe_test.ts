/** axe finds nothing on any page: light and dark, on a phone and on a desktop. */
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { browserTests } from "../support/browser.ts";
import { message, open, openMenu } from "../support/browser_chat.ts";
import { livelyRoom } from "../support/browser_stages.ts";

const test = browserTests();

test("axe finds nothing on the pages for those without an account", async (stage) => {
  stage.tolerate(/status of 40[14] /);
  const { page } = await stage.visitor();
  await page.goto("/login");
  await page.getByRole("heading", { name: "Create the first account" }).waitFor();
  await findsNothing(page, "the first start");
  await stage.account("owner");
  await page.goto("/login");
  await findsNothing(page, "login");
  await page.getByLabel("Username").fill("nobody");
  await page.getByLabel("Password").fill("wrong horse battery");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("alert").waitFor();
  await findsNothing(page, "a failed login");
  await page.goto("/signup");
  await findsNothing(page, "signup");
  await page.goto("/nowhere");
  await findsNothing(page, "a page that is not there");
});

test("axe finds nothing in a lively room, with its menus and its members", async (stage) => {
  const { ann } = await livelyRoom(stage);
  const { page } = ann;
  await open(page);
  await message(page, "small iron").waitFor();
  await findsNothing(page, "a room");
  await openMenu(page, "small iron");
  await findsNothing(page, "a message's menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Room options" }).click();
  await findsNothing(page, "the room's menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Show members/ }).click();
  await page.getByRole("complementary", { name: "Members" }).getByText("@bob").waitFor();
  await findsNothing(page, "the members");
});

test("axe finds nothing on the list of rooms and in a room that is not there", async (stage) => {
  stage.tolerate(/status of 404 /);
  const { ann } = await livelyRoom(stage);
  await ann.page.setViewportSize(PHONE);
  await open(ann.page, "/");
  await findsNothing(ann.page, "the list of rooms", [PHONE]);
  await ann.page.goto("/rooms/99");
  await findsNothing(ann.page, "a room that is not there");
});
