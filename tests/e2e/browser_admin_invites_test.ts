/** The pages of invitations and requests to join, for those who let others in. */
import assert from "node:assert/strict";
import { createRoom, PASSWORD } from "../support/browser_account.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { browserTests } from "../support/browser.ts";
import { composer } from "../support/browser_chat.ts";

const test = browserTests();

test("staff invite guests from the chat, show the link as a code, and take it back", async (stage) => {
  const { page, account } = await stage.person("ann");
  const room = await createRoom(account, "Choir", "private");
  await page.goto(`/rooms/${room}`);
  await page.getByRole("button", { name: "New…" }).click();
  await page.getByRole("menuitem", { name: "Invite people" }).click();
  await page.getByRole("heading", { name: "Invitations", exact: true }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/admin/invitations");
  stage.tolerate(/status of 422 .*\/admin\/invitations/);
  await page.getByLabel("They come as").selectOption("guest");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByText("Choose at least one room for guests").waitFor();
  assert.equal(await page.getByLabel("They come as").inputValue(), "guest");
  await page.getByLabel("Choir").check();
  await page.getByLabel("For how many people").selectOption("1");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByText("The invitation is made.").waitFor();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  assert.match(link, /\/join\/[a-z2-9]{26}$/);
  await page.getByRole("img", { name: "The link as a QR code" }).waitFor();
  await page.getByText("0 of 1 have come by it").waitFor();
  await findsNothing(page, "an invitation that was made");
  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByText("The invitation is taken back.").waitFor();
  assert.equal((await fetch(link)).status, 404);
  await page.getByRole("link", { name: "Show ended ones" }).click();
  await page.getByText("Taken back.").waitFor();
  await page.locator(".settings-back").click();
  await composer(page).waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/${room}`);
});

test("members who may invite have a page of their own; others have no way there", async (stage) => {
  const owner = await stage.account("ann");
  const { page } = await stage.person("ben");
  await page.goto("/");
  await composer(page).waitFor();
  await page.getByRole("button", { name: "New…" }).click();
  await page.getByRole("menuitem", { name: "Create a room" }).waitFor();
  assert.equal(await page.getByRole("menuitem", { name: "Invite people" }).count(), 0);
  stage.tolerate(/status of 403/);
  await page.goto("/invitations");
  await page.getByText("You are not allowed to do that.").waitFor();
  await owner.call("PATCH", "/workspace/settings", { inviters: "members" });
  await page.goto("/");
  await page.getByRole("button", { name: "New…" }).click();
  await page.getByRole("menuitem", { name: "Invite people" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByText("The invitation is made.").waitFor();
  assert.equal(new URL(page.url()).pathname, "/invitations");
});

test("staff see at once that somebody asks, and let them in without JavaScript", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.call("PATCH", "/workspace/settings", { signup: "ask" });
  await ann.page.goto("/");
  await composer(ann.page).waitFor();
  const { page } = await stage.visitor({ javaScriptEnabled: false });
  await page.goto("/login");
  await page.getByRole("link", { name: "Ask to join" }).click();
  await page.getByRole("heading", { name: "Ask to join" }).waitFor();
  await page.getByLabel("Username").fill("dora");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("What should staff know about you?").fill("I sing.\nSecond row.");
  await page.getByRole("button", { name: "Send the request" }).click();
  await page.getByRole("heading", { name: "Your request was sent" }).waitFor();

  await ann.page.getByRole("link", { name: /Requests to join\s*1/ }).click();
  await ann.page.getByText("I sing.").waitFor();
  await ann.page.getByText("As a guest, or into more rooms").click();
  await findsNothing(ann.page, "requests to join");
  stage.tolerate(/status of 422 .*\/admin\/requests/);
  await ann.page.getByLabel("They come as").selectOption("guest");
  await ann.page.getByRole("button", { name: "Let in dora" }).click();
  // Why not is said at the field, and the choice is still there.
  await ann.page.getByText("Choose at least one room for guests").waitFor();
  assert.equal(await ann.page.getByLabel("They come as").inputValue(), "guest");
  await ann.page.getByLabel("They come as").selectOption("member");
  await ann.page.getByRole("button", { name: "Let in dora" }).click();
  await ann.page.getByText("They can log in now.").waitFor();
  await ann.page.getByText("Nobody is waiting.").waitFor();

  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByLabel("Username").fill("dora");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: /general/ }).first().waitFor();
});
