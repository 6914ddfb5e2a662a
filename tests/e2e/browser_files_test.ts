/** Files as people see them: in the conversation, above it, in the room's lists, without a script. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { connected, message, open } from "../support/browser_chat.ts";
import { pdf, png, sendFiles, sendVoice, wav } from "../support/sent_files.ts";

const test = browserTests();

const PHOTO = png(1600, 1200);

const photo = (name: string, alt = "") => ({ name, type: "image/png", bytes: PHOTO, alt });

/** How far what is seen has jumped since the page began: Chromium's own measure. */
async function jumped(page: Page): Promise<number> {
  return await page.evaluate(() =>
    new Promise<number>((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          sum += (entry as PerformanceEntry & { value: number }).value;
        }
      }).observe({ type: "layout-shift", buffered: true });
      // What is buffered is told in a task of its own.
      requestAnimationFrame(() => setTimeout(() => resolve(sum)));
    })
  );
}

const viewer = (page: Page) => page.locator("dialog.viewer[open]");

/** Whether the entry of the history that the viewer had has been left: that takes a moment. */
const isLeft = (page: Page) =>
  page.evaluate(() => (history.state as { over?: unknown } | null)?.over === undefined);

test("pictures have their places before they come, and open above the chat", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  await sendFiles(url, bob, "m-1 the cat", [photo("cat.png", "A cat on a sofa")]);
  await sendFiles(url, bob, "", [photo("a.png"), photo("b.png"), photo("c.png")]);
  await sendFiles(url, bob, "m-3 the last", [photo("d.png")]);
  const { page } = ann;
  await open(page);
  const cat = page.getByRole("img", { name: "A cat on a sofa" });
  await eventually(async () => {
    assert(await cat.evaluate((one) => (one as HTMLImageElement).naturalWidth) > 0);
  });
  // The hours that the reader's own clock writes differently are no pictures.
  assert(await jumped(page) < .001);
  const box = (await cat.boundingBox())!;
  assert(Math.abs(box.width / box.height - 4 / 3) < .02, `${box.width} × ${box.height}`);

  await cat.click();
  await viewer(page).waitFor();
  await viewer(page).getByText("m-1 the cat").waitFor();
  const place = viewer(page).locator(".viewer-place");
  assert.equal(await place.innerText(), "1 of 5");
  assert(await place.isVisible(), "who sees the picture sees it, too");
  await page.keyboard.press("ArrowRight");
  await eventually(async () => assert.equal(await place.innerText(), "2 of 5"));
  await viewer(page).getByText("a.png", { exact: true }).first().waitFor();
  await page.keyboard.press("ArrowLeft");
  await viewer(page).getByText("cat.png").waitFor();

  const ring = () =>
    page.evaluate(() => {
      const { outlineColor, outlineStyle } = getComputedStyle(document.activeElement!);
      return [outlineStyle, outlineColor];
    });
  await page.keyboard.press("Tab");
  assert.deepEqual(await ring(), ["solid", "rgb(255, 255, 255)"], "seen on the dark ground");

  await page.keyboard.press("+");
  const transform = () =>
    viewer(page).locator(".viewer-picture").evaluate((one) => (one as HTMLElement).style.transform);
  assert.match(await transform(), /scale\(1\.5\)/);
  await page.keyboard.press("0");
  assert.match(await transform(), /scale\(1\)/);

  await page.keyboard.press("Escape");
  await viewer(page).waitFor({ state: "detached" });
  await eventually(async () => {
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("href"));
    assert.match(focused ?? "", /cat\.png$/, "the focus is back where it was");
    assert(await isLeft(page));
  });
  await cat.click();
  await viewer(page).waitFor();
  await page.goBack();
  await viewer(page).waitFor({ state: "detached" });
  assert.match(page.url(), /\/rooms\/1$/);

  // What was deleted meanwhile is not looked at any more.
  const said = await sendFiles(url, bob, "m-4 soon gone", [photo("gone.png")]);
  await page.getByRole("img", { name: "gone.png" }).click();
  await viewer(page).waitFor();
  await bob.call("DELETE", `/messages/${said.id}`);
  await viewer(page).waitFor({ state: "detached" });
  await page.getByText("This message was deleted").waitFor();
});

test("a picture that is opened again while the step back from it is under way stays open", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await sendFiles(stage.program.url, bob, "m-1", [photo("cat.png", "A cat")]);
  const { page } = ann;
  await open(page);
  const cat = page.getByRole("img", { name: "A cat" });
  await cat.click();
  await viewer(page).waitFor();
  await page.evaluate(() => {
    const { history } = globalThis;
    const back = history.back.bind(history);
    history.back = () => void addEventListener("slow", back, { once: true });
  });
  await page.keyboard.press("Escape");
  await viewer(page).waitFor({ state: "detached" });
  await cat.click();
  await viewer(page).waitFor();
  await page.evaluate(() =>
    new Promise((resolve) => {
      addEventListener("popstate", () => setTimeout(resolve), { once: true });
      dispatchEvent(new Event("slow"));
    })
  );
  await viewer(page).waitFor();
  await page.goBack();
  await viewer(page).waitFor({ state: "detached" });
  assert.match(page.url(), /\/rooms\/1$/);
});

test("sounds, documents, texts and other files are in place, and in the room's lists", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const text = new TextEncoder().encode("name,city\nАнна,Москва\n");
  await sendFiles(url, bob, "m-1", [photo("cat.png", "A cat")]);
  await sendFiles(url, bob, "m-2", [{ name: "tone.wav", type: "audio/wav", bytes: wav(1) }]);
  const { id } = await sendFiles(url, bob, "m-3 https://example.org/page", [
    { name: "report.pdf", type: "application/pdf", bytes: pdf(3) },
    { name: "people.csv", type: "text/csv", bytes: text },
    { name: "page.html", type: "text/html", bytes: new TextEncoder().encode("<b>hi</b>") },
  ]);
  const { page } = ann;
  await open(page);
  const last = message(page, "m-3");
  await last.locator(".pdf-look").scrollIntoViewIfNeeded();
  await eventually(async () => {
    const drawn = await last.locator(".pdf-look canvas").evaluate((one) =>
      (one as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, 9, 9).data[3]
    );
    assert.equal(drawn, 255, "the first page is drawn");
  });
  await last.getByRole("group", { name: "The beginning of people.csv" }).scrollIntoViewIfNeeded();
  await last.getByText("Анна,Москва").waitFor();
  const html = last.getByRole("link", { name: /page\.html/ });
  assert.equal(await html.getAttribute("download"), "page.html");

  await last.getByRole("link", { name: /report\.pdf.*kB/ }).click();
  await viewer(page).getByRole("img", { name: "Page 1 of 3" }).waitFor();
  await page.keyboard.press("Escape");
  await last.getByRole("link", { name: /people\.csv.*byte/ }).click();
  await viewer(page).getByText("name,city").waitFor();
  await page.keyboard.press("Escape");
  await viewer(page).waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Room options" }).click();
  await page.getByRole("menuitem", { name: "Files and links" }).click();
  const pane = page.getByRole("complementary", { name: "Files and links" });
  await pane.getByRole("img", { name: "A cat" }).click();
  await viewer(page).waitFor();
  await page.keyboard.press("Escape");
  await viewer(page).waitFor({ state: "detached" }); // until then keys are its own
  await pane.getByRole("tab", { name: "Pictures" }).press("ArrowRight");
  await pane.getByText("tone.wav").waitFor();
  await pane.getByRole("tab", { name: "Files" }).click();
  await pane.getByText("people.csv", { exact: true }).waitFor();
  await pane.getByRole("tab", { name: "Voice" }).click();
  await pane.getByText("No voice messages in this room yet.").waitFor();
  await pane.getByRole("tab", { name: "Links" }).click();
  await pane.getByRole("link", { name: /example\.org\/page/ }).waitFor();
  // Of a message that is not the last one, too.
  await bob.say("m-4");
  await message(page, "m-4").waitFor();
  await bob.call("PATCH", `/messages/${id}`, { text: "m-3" });
  await pane.getByText("No links in this room yet.").waitFor();
});

test("the beginning of a text is as high as its lines, up to eight", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const text = (lines: number) => ({
    name: `${lines}.txt`,
    type: "text/plain",
    bytes: new TextEncoder().encode(`${"words ".repeat(30)}\n`.repeat(lines)),
  });
  const one = { name: "1.txt", type: "text/plain", bytes: new TextEncoder().encode("words") };
  await sendFiles(stage.program.url, bob, "m-1", [one, text(2), text(8), text(40)]);
  const { page } = ann;
  await open(page);
  const heightOf = async (lines: number) => {
    const look = page.getByRole("group", { name: `The beginning of ${lines}.txt` });
    await look.scrollIntoViewIfNeeded();
    await look.getByText("words").waitFor();
    return (await look.boundingBox())!.height;
  };
  const [line, two, eight, forty] = [
    ...[await heightOf(1), await heightOf(2), await heightOf(8), await heightOf(40)],
  ];
  const row = two! - line!;
  assert(row > 10 && row < 40, `${row}`);
  assert(Math.abs(eight! - line! - 7 * row) < 4, `${line} ${two} ${eight}`);
  assert.equal(forty, eight);
});

test("a voice message plays where it stands, the next one plays on, and the speed is remembered", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  await sendVoice(url, bob, .6);
  await sendVoice(url, bob, .8);
  await sendFiles(url, bob, "", [{ name: "tone.wav", type: "audio/wav", bytes: wav(9) }]);
  const { page } = ann;
  await open(page);
  const voices = page.getByRole("group", { name: /^Voice message by bob/ });
  const speed = voices.first().getByRole("button", { name: /^Speed/ });
  await speed.click();
  await speed.click();
  assert.equal(await speed.textContent(), "1.5×");
  await voices.first().getByRole("button", { name: "Play" }).click();
  await voices.last().getByRole("button", { name: "Pause" }).waitFor();
  await voices.last().getByRole("button", { name: "Play" }).waitFor();
  await page.reload();
  await page.locator("html[data-ready]").waitFor();
  await voices.last().hover();
  await eventually(async () => assert.equal(await speed.textContent(), "1.5×"));
  // The place is chosen by keyboard too; whatever else plays is paused.
  await page.locator("audio").evaluate((one) => (one as HTMLAudioElement).play());
  await voices.last().getByRole("slider", { name: "Position" }).press("ArrowRight");
  await eventually(async () => {
    assert(await page.locator("audio").evaluate((one) => (one as HTMLAudioElement).paused));
  });
});

test("without a script pictures, sounds and files are there too", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false });
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const said = await sendFiles(url, bob, "m-1", [
    photo("cat.png", "A cat"),
    { name: "tone.wav", type: "audio/wav", bytes: wav(1) },
    { name: "a.bin", type: "", bytes: Uint8Array.of(0, 1, 2) },
  ]);
  await ann.account.call("PUT", `/messages/${said.id}/save`);
  const { page } = ann;
  await page.goto("/rooms/1");
  const cat = page.getByRole("img", { name: "A cat" });
  await eventually(async () => assert((await cat.boundingBox())!.width > 100));
  await page.locator("audio[controls]").waitFor();
  await page.getByRole("link", { name: /a\.bin/ }).waitFor();
  await page.goto("/saved");
  await page.getByRole("img", { name: "A cat" }).waitFor();
  await page.getByRole("link", { name: /a\.bin/ }).waitFor();
});

test("which voice messages were heard is asked again once there is a connection again", async (stage) => {
  const [{ page, context }, bob] = [await stage.person("ann"), await stage.account("bob")];
  stage.tolerate(/^Failed to load resource|WebSocket connection/);
  await sendVoice(stage.program.url, bob, .6);
  const asked = /\/api\/me\/heard\?/;
  await page.route(asked, (route) => route.abort());
  const failed = page.waitForEvent("requestfailed", (request) => asked.test(request.url()));
  await open(page);
  await failed;
  const unheard = page.getByRole("img", { name: "You have not listened to it yet" });
  assert.equal(await unheard.count(), 0);
  await page.unroute(asked);
  await context.setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  await page.getByText(/^Offline|^Connection lost/).first().waitFor();
  await connected(page, () => context.setOffline(false));
  await unheard.waitFor();
});
