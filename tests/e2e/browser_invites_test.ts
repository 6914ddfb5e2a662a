/** Invitations in the browser: coming by one, with and without an account, without JavaScript too. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { InviteWithLink } from "../../lib/http/invites.ts";
import { createRoom, PASSWORD } from "../support/browser_account.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { browserTests, type Stage } from "../support/browser.ts";
import { composer } from "../support/browser_chat.ts";

const test = browserTests();

async function invited(stage: Stage, wanted: object = {}) {
  const ann = await stage.account("ann");
  await ann.call("PATCH", "/me", { displayName: "Ann Lindqvist" });
  const rooms = [await createRoom(ann, "Choir", "private"), await createRoom(ann, "Garden")];
  const invite = await ann.call("POST", "/invites", { rooms, ...wanted }) as InviteWithLink;
  return { ann, rooms, url: invite.url! };
}

/** Each address that a request of this page said it came from. */
function referrersOf(page: Page): string[] {
  const found: string[] = [];
  page.on("request", (request) => found.push(request.headers()["referer"] ?? ""));
  return found;
}

test("a newcomer follows an invitation, signs up and is in its first room", async (stage) => {
  const { rooms, url } = await invited(stage);
  const { page } = await stage.visitor();
  const referrers = referrersOf(page);
  await page.goto(url);
  await page.getByRole("heading", { name: /Ann Lindqvist invites you to/ }).waitFor();
  await findsNothing(page, "an invitation");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByText("Ann Lindqvist invites you to").waitFor();
  await page.keyboard.type("ben");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await composer(page).waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/${rooms[0]}`);
  const code = url.split("/").at(-1)!;
  assert.deepEqual(referrers.filter((referrer) => referrer.includes(code)), []);
});

test("without JavaScript somebody with an account logs in from an invitation and joins", async (stage) => {
  const { rooms, url } = await invited(stage, { uses: 1 });
  await stage.account("ben");
  const { page } = await stage.visitor({ javaScriptEnabled: false });
  await page.goto(url);
  await page.getByRole("link", { name: "I have an account already" }).click();
  await page.getByLabel("Username").fill("ben");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("button", { name: "Join as ben (@ben)" }).click();
  assert.equal(new URL(page.url()).pathname, `/rooms/${rooms[0]}`);

  const other = await stage.visitor({ javaScriptEnabled: false });
  stage.tolerate(/status of 404/);
  await other.page.goto(url);
  await other.page.getByRole("heading", { name: "This invitation does not work any more" })
    .waitFor();
});
