/** The chat page as a person finds their way on it: by role and name, never by class. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { eventually } from "./browser.ts";
import { GENERAL } from "./browser_account.ts";

/** Opens a place of the chat and waits until its connection is up. */
export async function open(page: Page, path = `/rooms/${GENERAL}`): Promise<void> {
  await connected(page, () => page.goto(path));
}

/** Does what makes the page connect, and waits for the server's first frame. */
export async function connected(page: Page, act: () => Promise<unknown>): Promise<void> {
  const ready = page.waitForEvent("websocket", {
    // One that fails, as the first may where the network has just come back, is followed by another.
    predicate: (socket) => socket.waitForEvent("framereceived").then(() => true, () => false),
  });
  await Promise.all([ready, act()]);
  await page.locator("html[data-ready]").waitFor();
}

export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: /^(Message |Editing message)/ });
}

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

export function messageList(page: Page): Locator {
  return page.getByRole("list", { name: /^Messages in / });
}

/** The message that holds this text. */
export function message(page: Page, text: string): Locator {
  return messageList(page).getByRole("listitem").filter({ hasText: text });
}

export function rooms(page: Page): Locator {
  return page.getByRole("navigation", { name: "Rooms" });
}

/** A room in the list, by its whole name; what is unread comes after the name. */
export function roomLink(page: Page, name: string | RegExp): Locator {
  return rooms(page).getByRole("link", { name });
}

/** Each word like "m-7" on the page, in the order of the conversation. */
export async function marksOn(page: Page): Promise<string[]> {
  return marksIn(await messageList(page).innerText());
}

export function marksIn(text: string): string[] {
  return text.match(/\bm-\d+\b/g) ?? [];
}

/** Waits until the conversation is exactly these: all, once, in order. */
export async function seesMarks(page: Page, marks: string[]): Promise<void> {
  await eventually(async () => assert.deepEqual(await marksOn(page), marks));
}

/** Brings the pointer to a message and opens its menu. */
export async function openMenu(page: Page, text: string): Promise<void> {
  // A day's heading belongs to the same item: the pointer goes to the message itself.
  await message(page, text).locator("[data-message]").hover();
  await message(page, text).getByRole("button", { name: "Message actions" }).click();
}

/** Takes an item of a message's menu. */
export async function choose(page: Page, text: string, item: string): Promise<void> {
  await openMenu(page, text);
  await page.getByRole("menuitem", { name: item }).click();
}

/** From the chat to a page of the settings, as a person goes there. */
export async function openSettings(page: Page, section: string | null = null): Promise<void> {
  await page.getByRole("link", { name: "Settings" }).click();
  await page.locator("html[data-ready] .settings").waitFor();
  if (section !== null) await openSection(page, section);
}

/** From one page of the settings to another. */
export async function openSection(page: Page, section: string): Promise<void> {
  await page.getByRole("link", { name: section, exact: true }).click();
  await page.getByRole("heading", { name: section, level: 1 }).waitFor();
  await page.locator("html[data-ready] .settings").waitFor();
}
