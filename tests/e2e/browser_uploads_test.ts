/** Files on their way from a browser: through bad networks, closed tabs and a server that was killed. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually, type Person } from "../support/browser.ts";
import type { Account } from "../support/browser_account.ts";
import { open, write } from "../support/browser_chat.ts";

const test = browserTests();

const OFFLINE = /net::ERR_INTERNET_DISCONNECTED/;
const NO_SERVER =
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|CONTENT_LENGTH_MISMATCH|FAILED)/;

interface SentFile {
  id: number;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
}

/** What the room holds: texts, and the files of each. */
async function said(account: Account): Promise<{ text: string; files: SentFile[] }[]> {
  const page = await account.call("GET", "/rooms/1/messages?limit=100");
  return (page as { messages: { text: string; files: SentFile[] }[] }).messages;
}

/** Until the room holds exactly this, in whatever order it came. */
async function holds(account: Account, ...expected: string[]) {
  return await eventually(async () => {
    const messages = await said(account);
    const shown = messages.map(({ text, files }) =>
      [text, ...files.map(({ name }) => name)].join(" ")
    );
    assert.deepEqual(shown.sort(), expected.toSorted());
    return messages.flatMap(({ files }) => files);
  });
}

interface Chosen {
  name: string;
  type: string;
  /** Bytes; null: those of a photo. */
  size: number | null;
}

/** Once the page is at rest it has what files are chosen by, and what sends them. */
async function openAtRest(page: Page): Promise<void> {
  await open(page);
  await page.locator('input[type="file"]').first().waitFor({ state: "attached" });
  // What sends files is fetched only then: a test that takes the network away must not be first.
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/upload_desk-"))
  );
  await page.waitForLoadState("networkidle");
  await page.evaluate(`globalThis.made = ${made}`);
}

/** Made in the page: so many bytes would take long on their way into it. */
async function choose(page: Page, ...files: Chosen[]): Promise<void> {
  await page.locator('input[type="file"]').first().evaluate(async (input, files) => {
    const { made } = globalThis as unknown as { made(size: number | null): Promise<Blob> };
    const given = new DataTransfer();
    for (const { name, type, size } of files) {
      given.items.add(new File([await made(size)], name, { type }));
    }
    (input as HTMLInputElement).files = given.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, files);
}

/** What a page has been given is what the server gives back. */
async function assertSame({ page }: Person, { url }: SentFile, size: number): Promise<void> {
  const isSame = await page.evaluate(async ({ url, size }) => {
    const { made } = globalThis as unknown as { made(size: number): Promise<Blob> };
    const [back, whole] = await Promise.all(
      [(await fetch(url)).blob(), made(size)].map(async (blob) =>
        new Uint8Array(await (await blob).arrayBuffer())
      ),
    );
    return back!.length === whole!.length && back!.every((byte, at) => byte === whole![at]);
  }, { url, size });
  assert.ok(isSame, `${size} bytes come back as they were`);
}

/**
 * Runs in the page. Bytes of which no stretch is like another, or a photo as a phone makes it: ten
 * million pixels, and the note that it was held upright (EXIF orientation 6).
 */
async function made(size: number | null): Promise<Blob> {
  if (size !== null) {
    return new Blob([Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 7)) % 253)]);
  }
  const canvas = new OffscreenCanvas(3600, 2700);
  const paper = canvas.getContext("2d")!;
  for (let at = 0; at < 6_000; at++) {
    paper.fillStyle = `hsl(${at * 37 % 360} 80% ${at * 13 % 100}%)`;
    paper.fillRect(at * 7919 % 3600, at * 104729 % 2700, 40, 30);
  }
  const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  const exif = [
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
  ];
  return new Blob([jpeg.slice(0, 2), Uint8Array.from(exif), jpeg.slice(2)]);
}

/** How many files the browser keeps for later. */
function keptFiles(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const found = databases.find(({ name }) => name?.startsWith("confab-files-"));
    if (!found) return 0;
    return await new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open(found.name!);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const stores = ["files", "bytes"];
        const transaction = database.transaction(stores);
        const counts = stores.map((store) => transaction.objectStore(store).count());
        transaction.oncomplete = () => {
          database.close();
          resolve(counts.reduce((sum, { result }) => sum + result, 0));
        };
      };
    });
  });
}

/** So slow that something can happen in between. @param rate bytes a second */
async function slow({ context, page }: Person, rate: number): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: rate,
  });
}

test("photos are made smaller, stand upright, and go as they are where one wants that", async (stage) => {
  const ann = await stage.person("ann");
  await openAtRest(ann.page);
  await choose(ann.page, { name: "IMG_1.JPG", type: "image/jpeg", size: null });
  await write(ann.page, "m-1");
  const [small] = await holds(ann.account, "m-1 IMG_1.JPG");
  const threads = ann.page.workers().map((worker) => worker.url());
  assert.ok(threads.some((url) => url.includes("picture_worker")), "the page stood still for it");
  assert.deepEqual([small!.width, small!.height], [1920, 2560]);

  await choose(ann.page, { name: "IMG_2.JPG", type: "image/jpeg", size: null });
  await ann.page.getByRole("checkbox", { name: /original/i }).check();
  await write(ann.page, "m-2");
  const files = await holds(ann.account, "m-1 IMG_1.JPG", "m-2 IMG_2.JPG");
  const original = files.find(({ name }) => name === "IMG_2.JPG")!;
  assert.deepEqual([original.width, original.height], [2700, 3600]);
  assert.ok(small!.size < original.size * 0.8, `${small!.size} of ${original.size} bytes`);
  await eventually(async () => assert.equal(await keptFiles(ann.page), 0));
});

test("files chosen and sent offline go from the next tab, once, with all their bytes", async (stage) => {
  const ann = await stage.person("ann");
  await openAtRest(ann.page);
  stage.tolerate(OFFLINE);
  await ann.context.setOffline(true);
  await choose(
    ann.page,
    { name: "a.bin", type: "application/octet-stream", size: 1_500_000 },
    { name: "b.txt", type: "text/plain", size: 10 },
  );
  await write(ann.page, "m-1");
  await write(ann.page, "m-2");
  await eventually(async () => assert.equal(await keptFiles(ann.page), 4));
  await ann.page.close();
  await ann.context.setOffline(false);
  const next = { ...ann, page: await ann.newPage() };
  await openAtRest(next.page);
  const [sent] = await holds(ann.account, "m-1 a.bin b.txt", "m-2");
  await assertSame(next, sent!, 1_500_000);
  await eventually(async () => assert.equal(await keptFiles(next.page), 0));
});

test("an upload that kill -9 of the server cuts goes on where it was", async (stage) => {
  const ann = await stage.person("ann");
  await openAtRest(ann.page);
  stage.tolerate(NO_SERVER);
  const asked: string[] = [];
  ann.page.on("request", (request) => {
    if (!/\/api\/files/.test(request.url())) return;
    asked.push(`${request.method()} ${request.headers()["upload-offset"] ?? ""}`.trim());
  });
  await slow(ann, 1_500_000);
  await choose(ann.page, { name: "a.bin", type: "application/octet-stream", size: 3_000_000 });
  await write(ann.page, "m-1");
  await eventually(() => assert.ok(asked.length >= 3, "the second part is under way"));
  await stage.program.kill("SIGKILL");
  await stage.program.restart();
  const [sent] = await holds(ann.account, "m-1 a.bin");
  await assertSame(ann, sent!, 3_000_000);
  assert.equal(asked.filter((one) => one === "POST").length, 1, asked.join(", "));
  assert.equal(asked.filter((one) => one === "PATCH 0").length, 1, asked.join(", "));
});

test("whoever logs out leaves no file behind, and a browser that keeps none says so", async (stage) => {
  const ann = await stage.person("ann");
  await openAtRest(ann.page);
  stage.tolerate(OFFLINE);
  await ann.context.setOffline(true);
  await choose(ann.page, { name: "a.txt", type: "text/plain", size: 10 });
  await eventually(async () => assert.equal(await keptFiles(ann.page), 2));
  await ann.context.setOffline(false);
  await ann.page.goto("/settings");
  await ann.page.getByRole("button", { name: "Log out" }).first().click();
  const question = ann.page.getByRole("dialog");
  await question.getByText("a.txt", { exact: true }).waitFor();
  await question.getByRole("button", { name: "Log out and lose it" }).click();
  await ann.page.waitForURL(/login/);
  await eventually(async () => assert.equal(await keptFiles(ann.page), 0));

  const bob = await stage.person("bob");
  await bob.page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "SecurityError");
    };
  });
  await openAtRest(bob.page);
  await choose(bob.page, { name: "b.txt", type: "text/plain", size: 10 });
  await bob.page.getByText(/This browser does not keep the files you send/).waitFor();
  await write(bob.page, "m-1");
  await holds(bob.account, "m-1 b.txt");
});
