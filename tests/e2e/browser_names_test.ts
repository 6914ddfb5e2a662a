/** Names in the browser: what is wrong with a field stands at it, and namesakes are told apart. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { PASSWORD } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { message, open, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

/** What is read at the field beside its label, and whether the focus is in it. */
async function atField(field: Locator): Promise<{ sentence: string | null; focused: boolean }> {
  return await field.evaluate((input) => {
    const described = input.getAttribute("aria-describedby");
    const invalid = input.getAttribute("aria-invalid") === "true";
    const text = described === null ? null : document.getElementById(described)?.textContent;
    return {
      sentence: invalid ? text ?? null : null,
      focused: document.activeElement === input,
    };
  });
}

async function refusedAt(field: Locator, sentence: string): Promise<void> {
  await eventually(async () => {
    assert.deepEqual(await atField(field), { sentence, focused: true });
  });
}

async function openCreate(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "New…" }).click();
  await page.getByRole("menuitem", { name: "Create a room" }).click();
  return page.getByRole("dialog", { name: "Create a room" });
}

test("a room's name that cannot be is told at the name, and the focus is there", async (stage) => {
  const ann = await stage.person("ann");
  stage.tolerate(/status of (409|422) .*\/rooms(\/\d+)?\)/);
  await open(ann.page);
  const create = await openCreate(ann.page);
  const name = create.getByLabel("Name");
  const submit = create.getByRole("button", { name: "Create room" });
  const refusals: [string, string][] = [
    ["GENERAL", "There is a public room with this name already."],
    ["gen\u200beral", "There is a public room with this name already."],
    ["gеnеral", "That looks too much like the name of another public room."],
    ["👍".repeat(81), "At most 80 characters fit here."],
    ["a\u0007b", "There is a line break or another character in it that a name cannot have."],
  ];
  for (const [typed, sentence] of refusals) {
    await name.fill(typed);
    await submit.click();
    await refusedAt(name, sentence);
  }
  await create.getByLabel("Topic").fill("x".repeat(251));
  await name.fill("👍".repeat(80));
  await submit.click();
  await refusedAt(create.getByLabel("Topic"), "At most 250 characters fit here.");
  assert.equal((await atField(name)).sentence, null);
  await create.getByLabel("Topic").fill("x".repeat(250));
  await submit.click();
  await create.waitFor({ state: "detached" });
  await ann.page.getByRole("heading", { name: "👍".repeat(80), level: 1 }).waitFor();

  await ann.page.getByRole("button", { name: "Room options" }).click();
  await ann.page.getByRole("menuitem", { name: "Edit name, topic and picture" }).click();
  const edit = ann.page.getByRole("dialog", { name: "Edit name, topic and picture" });
  await edit.getByLabel("Name").fill("General");
  await edit.getByRole("button", { name: "Save" }).click();
  await refusedAt(edit.getByLabel("Name"), "There is a public room with this name already.");
});

test("the settings say what is wrong at the field, in the reader's language", async (stage) => {
  const ann = await stage.person("ann", { locale: "ru-RU" });
  stage.tolerate(/status of (403|422) .*\/settings\//);
  await open(ann.page);
  await ann.page.getByRole("link", { name: "Настройки" }).click();
  const name = ann.page.getByLabel("Отображаемое имя");
  await name.fill("\u2800");
  await ann.page.getByRole("button", { name: "Сохранить" }).click();
  await refusedAt(name, "Здесь должно быть что-нибудь видимое.");
  await name.fill("ann");
  await ann.page.getByRole("button", { name: "Сохранить" }).click();
  await ann.page.getByRole("link", { name: "Безопасность" }).click();
  const current = ann.page.getByLabel("Текущий пароль");
  const next = ann.page.getByLabel("Новый пароль");
  const change = ann.page.getByRole("button", { name: "Сменить пароль" });
  const refusals: [string, string, Locator, string][] = [
    [PASSWORD, "short", next, "Нужно не меньше 8 символов."],
    [PASSWORD, "password123", next, "Это один из самых частых паролей. Выберите другой."],
    ["wrong horse battery", "another long one", current, "Текущий пароль неверен."],
  ];
  for (const [before, after, field, sentence] of refusals) {
    await current.fill(before);
    await next.fill(after);
    await change.click();
    await refusedAt(field, sentence);
  }
});

test("without JavaScript the sign-up page says each field's fault in the browser's language", async (stage) => {
  await stage.account("owner");
  const { page } = await stage.visitor({ javaScriptEnabled: false, locale: "ru-RU" });
  stage.tolerate(/status of (409|422) .*\/signup\)/);
  await page.goto("/signup");
  const refusals: [string, string, "Имя пользователя" | "Пароль", string][] = [
    ["оwner", PASSWORD, "Имя пользователя", "Это слишком похоже на имя другого пользователя."],
    ["own\u200der", PASSWORD, "Имя пользователя", "Здесь есть невидимый символ. Наберите заново."],
    ["ab", PASSWORD, "Имя пользователя", "Нужно не меньше 3 символов."],
    ["bob", "short", "Пароль", "Нужно не меньше 8 символов."],
    ["bob", "", "Пароль", "Нужно не меньше 8 символов."],
  ];
  for (const [username, password, field, sentence] of refusals) {
    await page.getByLabel("Имя пользователя").fill(username);
    await page.getByLabel("Пароль").fill(password);
    await page.getByRole("button", { name: "Создать учётную запись" }).click();
    await page.getByText(sentence).waitFor();
    const input = page.getByLabel(field);
    assert.equal(await input.getAttribute("aria-invalid"), "true", sentence);
    assert.equal(await input.getAttribute("autofocus"), "", sentence);
    const described = await input.getAttribute("aria-describedby");
    assert.equal(await page.locator(`#${described}`).innerText(), sentence);
  }
});

test("a byline that could be another's shows the username, from the moment that it could", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await bob.call("PATCH", "/me", { displayName: "Robert" });
  await bob.say("m-1 by bob");
  await open(ann.page);
  await message(ann.page, "m-1 by bob").getByText("Robert", { exact: true }).waitFor();
  assert.equal(await message(ann.page, "m-1 by bob").getByText("@bob").count(), 0);

  await bob.call("PATCH", "/me", { displayName: "А\u200dnn" });
  const byline = message(ann.page, "m-1 by bob");
  await byline.getByText("@bob").waitFor();
  await byline.getByText("Аnn", { exact: true }).waitFor();
  await ann.page.reload();
  await byline.getByText("@bob").waitFor();

  await bob.call("PATCH", "/me", { displayName: "Bob (@ann)" });
  await byline.getByText("Bob (@ann)", { exact: true }).waitFor();
  await byline.getByText("@bob", { exact: true }).waitFor();
  const users = [ann.account.id];
  const direct = await bob.call("POST", "/rooms", { kind: "direct", users }) as { id: number };
  await bob.say("m-2 by bob", direct.id);
  await roomLink(ann.page, "Bob (@ann) @bob").waitFor();
});
