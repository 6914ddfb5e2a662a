/** What deploy/ offers: read by the programs that it is for, and a conversation through each proxy. */
import assert from "node:assert/strict";
import { connect, type TLSSocket } from "node:tls";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./support/browser.ts";
import { PASSWORD } from "./support/browser_account.ts";
import { connected, seesMarks, write } from "./support/browser_chat.ts";
import { makeCertificate } from "./support/certificate.ts";
import { signUp } from "./support/chat_client.ts";
import { type Postgres, postgresTests } from "./support/postgres.ts";
import { startProgram } from "./support/program.ts";
import { HOST, type Proxy, startCaddy, startNginx, withProgram } from "./support/proxy.ts";
import { findProgram, freePort } from "./support/servers.ts";
import { heldAt } from "./support/sockets_held.ts";

const postgresTest = postgresTests();

for (const [program, start] of [["nginx", startNginx], ["caddy", startCaddy]] as const) {
  withProgram(program, `two people talk through ${program} as deploy/ sets it up`, async () => {
    const port = freePort();
    const origin = `https://${HOST}:${port}`;
    await using confab = await startProgram({
      env: { CONFAB_ORIGIN: origin, CONFAB_TRUST_PROXY: "1" },
    });
    await using proxy = await start(port, confab.port);
    // The proxy has the name, though nobody on this machine resolves it so.
    const browser = await launchChromium(`--host-resolver-rules=MAP ${HOST} 127.0.0.1`);
    try {
      await converse(browser, proxy);
    } finally {
      await browser.close();
    }
  });
}

for (const [program, start] of [["nginx", startNginx], ["caddy", startCaddy]] as const) {
  const name = `${program} shares people out over two nodes, and goes on with one of them`;
  const test = async (postgres: Postgres) => {
    const port = freePort();
    const env = {
      DATABASE_URL: await postgres.createDatabase(),
      CONFAB_ORIGIN: `https://${HOST}:${port}`,
      CONFAB_TRUST_PROXY: "1",
      CONFAB_DRAIN: "3",
    };
    await using one = await startProgram({ env });
    await using two = await startProgram({ env });
    await using proxy = await start(port, one.port, two.port);
    const browser = await launchChromium(`--host-resolver-rules=MAP ${HOST} 127.0.0.1`);
    try {
      const [ann, bob] = await converse(browser, proxy);
      const { token } = await signUp(one.url, "carl");
      const sockets = await Promise.all(Array.from({ length: 12 }, () => upgrade(port, token)));
      const shares = [await heldAt(one.port), await heldAt(two.port)];
      assert.ok(shares.every((share) => share >= 3), `connections of the nodes: ${shares}`);
      await hidesMetrics(ann);
      await keepsAssets(ann);
      const visitors = keepAsking(port);
      await one.kill("SIGTERM");
      await write(ann, "m-3");
      await seesMarks(bob, ["m-1", "m-2", "m-3"]);
      const answers = await visitors();
      assert.deepEqual(new Set(answers), new Set(["200"]), "nobody is turned away meanwhile");
      assert.ok(answers.length > 20);
      sockets.forEach((socket) => socket.destroy());
    } finally {
      await browser.close();
    }
  };
  if (findProgram([program]) === null) withProgram(program, name, () => Promise.resolve());
  else postgresTest(name, test);
}

withProgram("openssl", "two people talk where Confab speaks TLS by itself", async () => {
  const folder = await Deno.makeTempDir();
  const { cert, key } = await makeCertificate(folder, "own");
  await using confab = await startProgram({ env: { CONFAB_TLS_CERT: cert, CONFAB_TLS_KEY: key } });
  const browser = await launchChromium();
  try {
    await converse(browser, { origin: confab.url });
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
});

/** Opens a socket through the proxy, as a bot does. */
function upgrade(port: number, token: string): Promise<TLSSocket> {
  const socket = connect({ host: "127.0.0.1", port, servername: HOST, rejectUnauthorized: false });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("secureConnect", () =>
      void socket.write(
        `GET /chat HTTP/1.1\r\nHost: ${HOST}:${port}\r\nUpgrade: websocket\r\n` +
          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
          `Authorization: Bearer ${token}\r\n\r\n`,
      ));
    socket.once("data", (data) => {
      const status = String(data).slice(0, 12);
      if (status === "HTTP/1.1 101") resolve(socket);
      else reject(new Error(`No socket, but ${String(data).slice(0, 200)}`));
    });
  });
}

/** Asks for a page again and again; ends with the status of each answer. */
function keepAsking(port: number): () => Promise<string[]> {
  const answers: string[] = [];
  let asking = true;
  const ask = () =>
    new Promise<string>((resolve) => {
      let text = "";
      const socket = connect({
        host: "127.0.0.1",
        port,
        servername: HOST,
        rejectUnauthorized: false,
      });
      socket.on("data", (data) => text += data);
      socket.on("error", (error) => text ||= String(error));
      socket.on("close", () => resolve(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? text));
      socket.write(`GET /login HTTP/1.1\r\nHost: ${HOST}:${port}\r\nConnection: close\r\n\r\n`);
    });
  const loop = async () => {
    while (asking) answers.push(...await Promise.all([ask(), ask()]));
  };
  const done = loop();
  return async () => {
    asking = false;
    await done;
    return answers;
  };
}

async function hidesMetrics(page: Page): Promise<void> {
  assert.equal(await page.evaluate(async () => (await fetch("/metrics")).status), 404);
}

/** What a page loads comes compressed, and is kept for good. */
async function keepsAssets(page: Page): Promise<void> {
  const path = await page.locator("script[src^='/assets/']").first().getAttribute("src");
  const headers = await page.evaluate(
    async (path) => Object.fromEntries((await fetch(path!)).headers),
    path,
  );
  assert.match(headers["cache-control"]!, /max-age=31536000, immutable/);
  assert.match(headers["content-encoding"]!, /^(br|gzip|zstd)$/);
}

async function converse(browser: Browser, proxy: Pick<Proxy, "origin">): Promise<[Page, Page]> {
  const [ann, bob] = [await arrive(browser, proxy, "ann"), await arrive(browser, proxy, "bob")];
  await write(ann, "m-1");
  await seesMarks(bob, ["m-1"]);
  await write(bob, "m-2");
  await seesMarks(ann, ["m-1", "m-2"]);
  await pretends(ann);
  return [ann, bob];
}

/** Signs up by the form, over TLS with a certificate that nobody vouches for. */
async function arrive(
  browser: Browser,
  { origin }: Pick<Proxy, "origin">,
  username: string,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: origin,
    ignoreHTTPSErrors: true,
    // As somebody might who wants to be taken for another.
    extraHTTPHeaders: { "X-Forwarded-For": "203.0.113.9" },
  });
  const page = await context.newPage();
  await page.goto("/signup");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await connected(page, () => page.getByRole("button", { name: "Create account" }).click());
  const cookie = (await context.cookies()).find(({ name }) => name.startsWith("__Host-confab_"));
  assert.equal(cookie?.secure, true, "Confab knows that it is served over TLS");
  return page;
}

/** The address that a client claims is not believed: sessions show where they come from. */
async function pretends(page: Page): Promise<void> {
  const sessions = await page.evaluate(async () => (await fetch("/api/me/sessions")).json());
  assert.deepEqual(sessions.sessions.map(({ address }: { address: string }) => address), [
    "127.0.0.1",
  ]);
  // The proxy is on this machine; whom it serves is not.
  assert.equal(await page.evaluate(async () => (await fetch("/metrics")).status), 404);
}

Deno.test("the units leave it to run.sh to give the permissions that their settings call for", async () => {
  for (const name of ["confab.service", "confab@.service"]) {
    const unit = await Deno.readTextFile(new URL(`../deploy/${name}`, import.meta.url));
    const starts = [...unit.matchAll(/^ExecStart=(.*)$/gm)].map(([, command]) => command);
    assert.deepEqual(starts, ["/opt/confab/deploy/run.sh"], name);
  }
});
