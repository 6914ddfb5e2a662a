/** axe finds nothing in any dialog, and on any page of the settings: light and dark, on a phone and on a desktop. */
import { findsNothing } from "../support/browser_axe.ts";
import { browserTests } from "../support/browser.ts";
import { message, open, openMenu, openSection, roomLink } from "../support/browser_chat.ts";
import { livelyRoom } from "../support/browser_stages.ts";

const test = browserTests();

test("axe finds nothing in any dialog", async (stage) => {
  const { ann } = await livelyRoom(stage);
  const { page } = ann;
  await open(page, "/rooms/3");
  const close = async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  const viaMenu = (button: string, item: string) => async () => {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  const dialogs: [title: string, show: () => Promise<void>][] = [
    ["Create a room", viaMenu("New…", "Create a room")],
    ["Public rooms", viaMenu("New…", "Browse public rooms")],
    ["New direct message", viaMenu("New…", "New direct message")],
    ["Edit name, topic and picture", viaMenu("Room options", "Name, topic and picture")],
    ["Archive board meeting?", viaMenu("Room options", "Archive room")],
    ["Leave board meeting?", viaMenu("Room options", "Leave room")],
  ];
  for (const [title, show] of dialogs) {
    await show();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await dialog.getByText("Loading…").waitFor({ state: "detached" });
    await findsNothing(page, title);
    await close();
  }
  await roomLink(page, "general").click();
  await message(page, "small iron").waitFor();
  await openMenu(page, "small iron");
  await page.getByRole("menuitem", { name: "Another emoji" }).click();
  await page.getByRole("dialog", { name: "React with an emoji" }).waitFor();
  await findsNothing(page, "the emoji");
});

test("axe finds nothing on any page of the settings", async (stage) => {
  const { ann } = await livelyRoom(stage);
  const { page } = ann;
  stage.tolerate(/status of 422 .*\/settings\/profile/);
  await page.goto("/settings");
  for (const section of ["Security", "Appearance", "Notifications", "Profile"]) {
    await openSection(page, section);
    await findsNothing(page, section);
  }
  await page.getByLabel("Display name").fill(" ");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Please fill this in.").waitFor();
  await findsNothing(page, "a refusal");
  await page.getByLabel("Display name").fill("Ann");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await findsNothing(page, "a notice");
});
