/**
 * The doors, the settings and staff's pages on a phone, with the longest names there may be:
 * nothing is wider than the phone, and what is touched is large enough for a finger.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests } from "../support/browser.ts";
import { createRoom } from "../support/browser_account.ts";
import { PHONE } from "../support/browser_axe.ts";

const LONG = "Landesverband der Gartenfreunde Brandenburg e. V.";
const ADDRESS = "bartholomew.featherstonehaugh.cholmondeley.the.third@gartenfreunde.example";
const test = browserTests(() => ({
  env: {
    CONFAB_ORIGIN: "http://localhost",
    CONFAB_SMTP: "smtp://127.0.0.1:9?tls=never",
    CONFAB_MAIL_FROM: "chat@example.org",
    CONFAB_OIDC_PROVIDERS: JSON.stringify([
      { id: "work", name: LONG, issuer: "http://127.0.0.1:9", clientId: "a", clientSecret: "b" },
    ]),
  },
}));

const RUSSIAN_PHONE = { viewport: PHONE, isMobile: true, hasTouch: true, locale: "ru" };
const SETTINGS = ["profile", "email", "security", "second-factor", "connections", "passkeys"];
const ADMIN = ["people", "people/2", "people/2/erase", "invitations", "requests", "settings"];

/** What is wrong with what the page shows, in words; nothing if it is all right. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate((width) => {
    const faults: string[] = [];
    const told = (element: Element) => `${element.localName} “${element.textContent?.trim()}”`;
    if (document.documentElement.scrollWidth > width) faults.push("the page can be moved sideways");
    for (const element of document.querySelectorAll("a, button, select, summary, input")) {
      const { width: own, height, right } = element.getBoundingClientRect();
      if (own === 0 || element.closest("ol.audit, .hidden") !== null) continue;
      const label = element.closest("label")?.getBoundingClientRect().height ?? 0;
      if (right > width) faults.push(`${told(element)} ends beyond the phone`);
      if (Math.max(height, label) < 43.9) faults.push(`${told(element)} is ${height} px high`);
    }
    const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
      .map(({ cssText }) => cssText).join("\n");
    const styled = new Set([...rules.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name));
    for (const name of ["form-note", "form-error", "hint", "button"]) {
      const used = document.getElementsByClassName(name).length > 0;
      if (used && !styled.has(name)) faults.push(`nothing says what .${name} looks like`);
    }
    return faults;
  }, PHONE.width);
}

async function looksRight(page: Page, path: string): Promise<void> {
  await page.goto(path);
  assert.deepEqual(await faultsOf(page), [], path);
}

test("on a phone, in Russian, with long names, no page of doors, settings or staff is too wide or too small", async (stage) => {
  const ann = await stage.person("ann", RUSSIAN_PHONE);
  const bob = await stage.account("b".repeat(32));
  await bob.call("PATCH", "/me", { displayName: "Мария Константинопольская-Преображенская" });
  const room = await createRoom(ann.account, "Очень длинное название комнаты для всех");
  const invite = await ann.account.call("POST", "/invites", { rooms: [room], uses: 25 });
  const { code } = invite as { code: string };
  const set = (values: unknown) => ann.account.call("PATCH", "/workspace/settings", values);
  await set({ name: "Садоводческое товарищество «Рассвет»", welcomeText: "Добро пожаловать!" });

  await ann.account.call("PUT", "/me/email", { address: ADDRESS });

  stage.tolerate(/status of 404/);
  const { page } = await stage.visitor(RUSSIAN_PHONE);
  for (const path of ["/login", "/signup", "/forgot", "/login/passkey"]) {
    await looksRight(page, path);
  }
  for (const path of [`/join/${code}`, "/join/gone", "/reset/gone", "/link"]) {
    await looksRight(page, path);
  }
  for (const section of SETTINGS) await looksRight(ann.page, `/settings/${section}`);
  for (const section of [...ADMIN, "health", "audit"]) {
    await looksRight(ann.page, `/admin/${section}`);
  }
  for (const path of ["/confirm", "/welcome"]) await looksRight(ann.page, path);
});

test("the tab of the sign-up, or of what is not there, is called as the page is", async (stage) => {
  const ann = await stage.account("ann");
  await ann.call("PATCH", "/workspace/settings", { signup: "ask" });
  stage.tolerate(/status of 404/);
  const { page } = await stage.visitor({ locale: "en-GB" });
  for (const path of ["/signup", "/signup?invite=gone", "/nothing"]) {
    await page.goto(path);
    const heading = await page.getByRole("heading", { level: 1 }).innerText();
    assert.equal((await page.title()).replace(/[\u2068\u2069]/g, ""), `${heading} — Confab`, path);
  }
});
