/** axe finds nothing where something stands in the way of what one writes. */
import { findsNothing } from "../support/browser_axe.ts";
import { createRoom } from "../support/browser_account.ts";
import { browserTests } from "../support/browser.ts";
import { choose, composer, open, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

test("axe finds nothing on edits that were overtaken, kept texts and what a browser withholds", async (stage) => {
  const { account, page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const shed = await createRoom(bob, "shed");
  await account.call("PUT", `/rooms/${shed}/members/${account.id}`);
  const said = await account.say("first");
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await open(page);
  await page.getByText(/^This browser does not keep/).waitFor();
  await choose(page, "first", "Edit");
  await composer(page).fill("at the desk");
  await account.call("PATCH", `/messages/${said.id}`, { text: "on the phone" });
  await page.getByText("You changed this message elsewhere meanwhile.").waitFor();
  await findsNothing(page, "an edit that was overtaken");
  await account.call("DELETE", `/messages/${said.id}`);
  await page.getByText("This message was deleted meanwhile.").waitFor();
  await findsNothing(page, "an edit of a message that is gone");
  await roomLink(page, "shed").click();
  await composer(page).fill("not yet sent");
  await bob.call("PATCH", `/rooms/${shed}`, { archived: true });
  await page.getByRole("region", { name: "What you had written" }).waitFor();
  await findsNothing(page, "a text kept in an archived room, and drafts in the list");
});
