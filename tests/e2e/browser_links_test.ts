/** Previews of links as people meet them: cards below the message, videos that wait for a click. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Link } from "../../lib/protocol/links.ts";
import { PLAYER_ORIGINS } from "../../lib/protocol/players.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { createRoom } from "../support/browser_account.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { message, open, write } from "../support/browser_chat.ts";
import { png } from "../support/sent_files.ts";
import { freePort } from "../support/servers.ts";

const HOST = `127.0.0.1:${freePort()}`;
const PICTURE = png(800, 420);
let site: Deno.HttpServer | null = null;

const test = browserTests(() => ({
  env: { CONFAB_LINK_PREVIEWS: "on", CONFAB_LINK_HOSTS: HOST },
}));
Deno.test.beforeAll(() => {
  const [hostname, port] = HOST.split(":");
  site = Deno.serve({ hostname, port: Number(port), onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/pic.png") {
      return new Response(PICTURE, { headers: { "content-type": "image/png" } });
    }
    return new Response(
      `<title>The garden &lt;in&gt; spring</title><meta property="og:image" content="/pic.png">
       <meta name="description" content="What grows first, and where. ${"More words. ".repeat(40)}">
       <meta property="og:site_name" content="Garden notes">`,
      { headers: { "content-type": "text/html" } },
    );
  });
});
Deno.test.afterAll(async () => await site?.shutdown());

const TITLE = "The garden <in> spring";
const VIDEO: Link = {
  url: "https://vimeo.com/76979871",
  title: "A film",
  description: "",
  site: "Vimeo",
  image: null,
  width: null,
  height: null,
  video: { kind: "vimeo", id: "76979871" },
};

/** As if somebody had looked: no test asks a site of videos. */
function show({ program }: Stage, text: string, links: readonly Link[]): void {
  const db = new DatabaseSync(`${program.dataDir}/chat.db`, { timeout: 5_000 });
  const { changes } = db.prepare("UPDATE messages SET links = ? WHERE text = ?")
    .run(JSON.stringify(links), text);
  db.close();
  assert.equal(Number(changes), 1);
}

test("a link shows its page a moment later, also after a reload and without a script; its author removes it", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await write(page, `see http://${HOST}/garden`);
  const card = message(page, "see http").getByRole("link", { name: TITLE });
  await card.waitFor();
  assert.equal(await card.getAttribute("rel"), "noopener noreferrer nofollow");
  const picture = message(page, "see http").locator("img");
  await eventually(async () =>
    assert.equal(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth), 800)
  );
  // The server writes it into the page.
  const written = await page.evaluate(async () => await (await fetch("/rooms/1")).text());
  assert.match(written, /What grows first/);
  await open(page);
  await message(page, "see http").hover();
  await page.getByRole("button", { name: `Remove the preview of ${TITLE}` }).click();
  await eventually(async () => assert.equal(await card.count(), 0));
  await message(page, "see http").getByText("edited").waitFor({ state: "detached" });
});

test("who has not joined a public room sees what its messages link to", async (stage) => {
  const { page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const room = await createRoom(bob, "garden");
  await bob.say(`see http://${HOST}/garden`, room);
  await page.goto(`/rooms/${room}`);
  await page.getByRole("button", { name: "Join" }).waitFor();
  await eventually(async () => {
    await page.reload();
    await page.getByRole("link", { name: TITLE }).waitFor({ timeout: 2_000 });
  });
});

test("a video asks nothing of its site until it is clicked, and is played in a frame that may do little", async (stage) => {
  const { page } = await stage.person("ann");
  const asked: string[] = [];
  const first = () => asked.at(0) ?? "";
  await page.route(/vimeo/, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: "<p>the player" });
  });
  await open(page);
  await write(page, "a film for you");
  await message(page, "a film").waitFor();
  await eventually(() => show(stage, "a film for you", [VIDEO]));
  await open(page);
  const play = page.getByRole("button", { name: "Play A film, from Vimeo" });
  await play.waitFor();
  assert.deepEqual(asked, []);
  await findsNothing(page, "a video that waits");
  const before = await play.boundingBox();
  await play.click();
  const frame = page.locator("iframe");
  await frame.waitFor();
  assert.deepEqual(await frame.boundingBox(), before, "nothing jumps");
  await eventually(() => assert.equal(asked.length, 1));
  assert.ok(first().startsWith("https://player.vimeo.com/video/76979871?"), first());
  assert.ok(PLAYER_ORIGINS.some((origin) => first().startsWith(origin)));
  assert.match((await frame.getAttribute("sandbox"))!, /^allow-scripts allow-same-origin/);
  await page.frameLocator("iframe").getByText("the player").waitFor();
});

test("axe finds nothing on cards, on a phone either", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await write(page, `http://${HOST}/garden`);
  await page.getByRole("link", { name: TITLE }).waitFor();
  await findsNothing(page, "a card");
  await page.setViewportSize(PHONE);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= PHONE.width, `${wide} pixels`);
});
