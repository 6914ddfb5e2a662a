/** axe finds nothing on what shows files: in the conversation, above it, in the room's lists. */
import type { Page } from "playwright-core";
import { browserTests, type Stage } from "../support/browser.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { open } from "../support/browser_chat.ts";
import { type MadeFile, pdf, png, sendFiles, sendVoice, wav } from "../support/sent_files.ts";

const test = browserTests();

const picture = (alt: string): MadeFile => ({
  name: "cat.png",
  type: "image/png",
  bytes: png(640, 480),
  alt,
});
const DOCUMENTS: MadeFile[] = [
  { name: "tone.wav", type: "audio/wav", bytes: wav(1) },
  { name: "a.csv", type: "text/csv", bytes: new TextEncoder().encode("name,city\n") },
  { name: "a.pdf", type: "application/pdf", bytes: pdf(2) },
  { name: "a.bin", type: "", bytes: Uint8Array.of(0, 1) },
];

/** Ann's page of a room in which bob sent files of all kinds. */
async function withFiles(stage: Stage): Promise<Page> {
  const { page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  await sendFiles(url, bob, "m-1", [picture("A cat"), picture(""), picture("")]);
  await sendFiles(url, bob, "m-2 https://example.org/page", DOCUMENTS);
  await sendVoice(url, bob);
  await open(page);
  await page.getByRole("button", { name: "Play" }).waitFor();
  return page;
}

const viewer = (page: Page) => page.locator("dialog.viewer");

test("axe finds nothing on files in the conversation, nor on a picture above it", async (stage) => {
  const page = await withFiles(stage);
  await findsNothing(page, "files in the conversation");
  await page.getByRole("img", { name: "A cat" }).click();
  await viewer(page).locator(".viewer-whole:not(.coming)").waitFor();
  await findsNothing(page, "a picture above the chat");
});

test("axe finds nothing on a text and a document above the chat", async (stage) => {
  const page = await withFiles(stage);
  for (const name of [/a\.csv.*byte/, /a\.pdf.*(byte|kB)/]) {
    await page.getByRole("link", { name }).click();
    await viewer(page).locator(".viewer-sheet").waitFor();
    await findsNothing(page, `${name} above the chat`, [PHONE]);
    await page.keyboard.press("Escape");
    await viewer(page).waitFor({ state: "detached" });
  }
});

test("axe finds nothing on a room's lists of files", async (stage) => {
  const page = await withFiles(stage);
  await page.getByRole("button", { name: "Room options" }).click();
  await page.getByRole("menuitem", { name: "Files and links" }).click();
  const pane = page.getByRole("complementary", { name: "Files and links" });
  for (const tab of ["Pictures", "Voice", "Links"]) {
    await pane.getByRole("tab", { name: tab }).click();
    await pane.getByRole("tabpanel").getByRole("listitem").first().waitFor();
    await findsNothing(page, `the list of ${tab}`, [PHONE]);
  }
});
