/** What deploy/ offers: read by the programs that it is for, and a conversation through each proxy. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./support/browser.ts";
import { PASSWORD } from "./support/browser_account.ts";
import { connected, seesMarks, write } from "./support/browser_chat.ts";
import { readConfig } from "../lib/program/config/config.ts";
import { permissionFlags } from "../lib/program/deno_flags.ts";
import { startProgram } from "./support/program.ts";
import { demand, HOST, type Proxy, startCaddy, startNginx, withProgram } from "./support/proxy.ts";
import { freePort } from "./support/servers.ts";

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

withProgram("systemd-analyze", "systemd understands the unit", async () => {
  const unit = await Deno.readTextFile(new URL("../deploy/confab.service", import.meta.url));
  assert.match(unit, /^ExecStart=\/usr\/local\/bin\/deno /m);
  const folder = await Deno.makeTempDir();
  try {
    // It looks whether the program is there: here it is elsewhere.
    const file = `${folder}/confab.service`;
    await Deno.writeTextFile(file, unit.replace("/usr/local/bin/deno", Deno.execPath()));
    const words = await demand("systemd-analyze", ["verify", "--man=no", file]);
    assert.doesNotMatch(words, /confab\.service/, "it complains of nothing in the unit");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function converse(browser: Browser, proxy: Proxy): Promise<void> {
  const [ann, bob] = [await arrive(browser, proxy, "ann"), await arrive(browser, proxy, "bob")];
  await write(ann, "m-1");
  await seesMarks(bob, ["m-1"]);
  await write(bob, "m-2");
  await seesMarks(ann, ["m-1", "m-2"]);
  await pretends(ann);
}

/** Signs up by the form, over TLS with a certificate that nobody vouches for. */
async function arrive(browser: Browser, { origin }: Proxy, username: string): Promise<Page> {
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
  const [cookie] = await context.cookies();
  assert.equal(cookie?.secure, true, "Confab knows that it is served over TLS");
  return page;
}

/** The address that a client claims is not believed: sessions show where they come from. */
async function pretends(page: Page): Promise<void> {
  const sessions = await page.evaluate(async () => (await fetch("/api/me/sessions")).json());
  assert.deepEqual(sessions.sessions.map(({ address }: { address: string }) => address), [
    "127.0.0.1",
  ]);
}

Deno.test("the unit and the container allow what the settings that they make call for", async () => {
  const read = (path: string) => Deno.readTextFile(new URL(`../${path}`, import.meta.url));
  const flagsIn = (text: string) =>
    [...text.matchAll(/--allow-[^\s",]+(?:,[^\s",]+)*/g)].map(String);
  const unit = flagsIn(/^ExecStart=.*$/m.exec(await read("deploy/confab.service"))![0]);
  assert.deepEqual(
    unit.sort(),
    permissionFlags(readConfig({ CONFAB_DATA_DIR: "/var/lib/confab" })).sort(),
  );
  const container = flagsIn(
    /^CMD .*$/m.exec((await read("Dockerfile")).split("HEALTHCHECK")[1]!)![0],
  );
  const settings = { CONFAB_DATA_DIR: "/data", HOST: "0.0.0.0" };
  assert.deepEqual(container.sort(), permissionFlags(readConfig(settings)).sort());
});
