import assert from "node:assert/strict";
import { ERROR_STATUS } from "../../../lib/protocol/codes.ts";
import { chooseLanguage } from "../../../lib/ui/catalogue/catalogue.ts";
import { pageWords } from "../../../lib/ui/catalogue/pages.ts";
import { plural } from "../../../lib/ui/catalogue/numbers.ts";

// All words: of the chat, its dialogs, the pages around it.
const en = pageWords("en");
const ru = pageWords("ru");

/** Every entry by its path: a sentence, or what a function of sample values says. */
function entries(value: unknown, path = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[path, value]]);
  if (typeof value === "function") {
    // Each takes one or two names, numbers or lists: the samples suit them all.
    const names = path.endsWith("composer.typing");
    const say = value as (...samples: unknown[]) => string;
    return new Map([[path, names ? say(["A", "B"]) : say(7, 7)]]);
  }
  const found = new Map<string, string>();
  for (const [key, inner] of Object.entries(value as object)) {
    for (const entry of entries(inner, path === "" ? key : `${path}.${key}`)) found.set(...entry);
  }
  return found;
}

Deno.test("both languages have the same entries, and none is empty", () => {
  const english = entries(en);
  const russian = entries(ru);
  assert.deepEqual([...russian.keys()].sort(), [...english.keys()].sort());
  for (const [path, text] of [...english, ...russian]) assert.notEqual(text.trim(), "", path);
});

Deno.test("nothing but names and marks was left in English", () => {
  const english = entries(en);
  const same = [...entries(ru)].filter(([path, text]) => english.get(path) === text);
  assert.deepEqual(same.map(([path]) => path), []);
  for (const [path, text] of entries(ru)) {
    assert.match(text, /[а-яё]/i, path);
  }
});

Deno.test("every code of the protocol has its sentence", () => {
  for (const code of Object.keys(ERROR_STATUS) as (keyof typeof ERROR_STATUS)[]) {
    assert.ok(en.errors[code] && ru.errors[code], code);
  }
});

Deno.test("Russian numbers have their forms", () => {
  const say = (count: number) => ru.room.memberCount(count);
  assert.deepEqual([1, 2, 5, 11, 12, 21, 22, 111].map(say), [
    "1 участник",
    "2 участника",
    "5 участников",
    "11 участников",
    "12 участников",
    "21 участник",
    "22 участника",
    "111 участников",
  ]);
  assert.equal(ru.catchUp.newCount("99+", 100), "99+ новых сообщений");
  assert.equal(ru.aim.left(1), "Осталось: 1 символ");
  assert.equal(ru.aim.left(-3), "Лишнее: 3 символа");
});

Deno.test("English numbers have theirs", () => {
  assert.equal(en.room.memberCount(1), "1 member");
  assert.equal(en.room.memberCount(1200), "1,200 members");
  assert.equal(plural("en", 0, { one: "room", other: "rooms" }), "rooms");
});

Deno.test("the language is the user's own, else the browser's best, else English", () => {
  assert.equal(chooseLanguage("ru", "en"), "ru");
  assert.equal(chooseLanguage(null, "ru-RU,ru;q=0.9,en;q=0.8"), "ru");
  assert.equal(chooseLanguage(null, "de, en;q=0.5, ru;q=0.7"), "ru");
  assert.equal(chooseLanguage(null, "ru;q=0, en;q=0.1"), "en");
  assert.equal(chooseLanguage(null, "de"), "en");
  assert.equal(chooseLanguage(null, null), "en");
  assert.equal(chooseLanguage(undefined, ";;q=x,,=,ru;q=nonsense"), "en");
});
