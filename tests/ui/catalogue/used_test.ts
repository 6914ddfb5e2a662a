/** Every word of the catalogue is said somewhere, and each area has its file in both languages. */
import assert from "node:assert/strict";
import { pageWords } from "../../../lib/ui/catalogue/pages.ts";

const ROOT = new URL("../../../", import.meta.url);
/** Who shows words. The catalogue itself does not. */
const READERS = ["lib/ui/", "lib/http/", "routes/", "islands/"];
const CATALOGUE = "lib/ui/catalogue/";
/** Areas that are handed on whole, and the files that read them then. */
const HANDED_ON: [area: string, file: string][] = [
  ["dates", "lib/ui/dates.ts"],
  ["dates", "lib/ui/ago.ts"],
  ["crop", "lib/ui/avatars/cropper.ts"],
];

Deno.test("every entry of the catalogue is read by some view", async () => {
  const read = await pathsRead();
  assert.deepEqual(entriesOf(pageWords("en")).filter((entry) => !isRead(entry, read)), []);
});

Deno.test("an entry that nobody reads is found, beside those that are read by name or by choice", () => {
  const read = readIn(
    "words.room.menu + words\n  .errors[code] + pageWords(language).page.title;\n" +
      "const own = words.asking;\nown.ask + own.states[state]\n" +
      "function Row({ words: { rows } }) { rows.first; }\nconst all: Names = words.log.names;\nall[x]",
  );
  const entries = ["room.menu", "room.menus", "errors.internal", "page.title", "page.lead"];
  entries.push("asking.ask", "asking.states.refused", "asking.other");
  entries.push("rows.first", "rows.second", "log.names.user.role", "log.lead");
  assert.deepEqual(
    entries.filter((entry) => !isRead(entry, read)),
    ["room.menus", "page.lead", "asking.other", "rows.second", "log.lead"],
  );
});

Deno.test("both languages have the same areas, and each area is loaded with one part", async () => {
  const areas = async (language: string) =>
    (await sourcesBelow(`${CATALOGUE}${language}/`)).map((path) => path.split("/").at(-1)!).sort();
  assert.deepEqual(await areas("ru"), await areas("en"));
  for (const language of ["en", "ru"]) {
    const joined: string[] = [];
    for (const part of [`chat_${language}`, `dialogs_${language}`, `pages_${language}`, "mail"]) {
      const text = await textOf(`${CATALOGUE}${part}.ts`);
      joined.push(
        ...[...text.matchAll(new RegExp(`from "\\./${language}/(.+)"`, "g"))].map(([, file]) =>
          file!
        ),
      );
    }
    assert.deepEqual(joined.sort(), await areas(language), language);
  }
});

interface Read {
  /** "room.menu" */
  names: Set<string>;
  /** "errors": one of its entries is chosen at run time. */
  choices: Set<string>;
}

async function pathsRead(): Promise<Read> {
  const texts: string[] = [];
  for (const folder of READERS) {
    for (const path of await sourcesBelow(folder)) texts.push(await textOf(path));
  }
  // One after another: a short name for an area is a file's own.
  const read: Read = { names: new Set(), choices: new Set() };
  for (const { names, choices } of texts.map(readIn)) {
    for (const name of names) read.names.add(name);
    for (const choice of choices) read.choices.add(choice);
  }
  for (const [area, file] of HANDED_ON) {
    for (const [, key] of (await textOf(file)).matchAll(/\bwords\.(\w+)/g)) {
      read.names.add(`${area}.${key}`);
    }
  }
  return read;
}

function readIn(text: string): Read {
  const read: Read = { names: new Set(), choices: new Set() };
  const reading = /\b(?:words|\w+Words\([^()]*\))((?:\s*\.\s*\w+)+)(\[)?/g;
  for (const [, keys, choice] of text.matchAll(reading)) {
    const path = keys!.replace(/\s/g, "").slice(1);
    (choice === undefined ? read.names : read.choices).add(path);
  }
  // Under a short name: `const own = words.passkeys`, `const names: Names = words.audit.names`.
  const short = /const (\w+)(?:: [^=;]+)? = (?:words|\w+Words\([^()]*\))\.([\w.]+);/g;
  for (const [, name, path] of text.matchAll(short)) readUnder(text, name!, path!, read);
  // Taken apart: `const { brand, staff } = words`, `words: { staff }`, `{ staff }: PageWords`.
  const apart = /const \{([^{}]*)\} = words;|\bwords: \{([^{}]*)\}|\{([^{}]*)\}: \w*Words\b/g;
  for (const [, ...keys] of text.matchAll(apart)) {
    for (const key of keys.join("").split(",").map((key) => key.trim()).filter(Boolean)) {
      read.names.add(key);
      readUnder(text, key, key, read);
    }
  }
  for (const [, path] of text.matchAll(/Object\.entries\(words\.([\w.]+)\)/g)) {
    read.choices.add(path!);
  }
  return read;
}

function readUnder(text: string, name: string, path: string, read: Read): void {
  const reading = new RegExp(`(?<![.\\w])${name}((?:\\s*\\.\\s*\\w+)*)(\\[)?`, "g");
  for (const [, keys, choice] of text.matchAll(reading)) {
    (choice === undefined ? read.names : read.choices).add(`${path}${keys!.replace(/\s/g, "")}`);
  }
}

/** A key that is chosen at run time may have points in it, or be a place in a list. */
function isRead(entry: string, { names, choices }: Read): boolean {
  const keys = entry.split(".");
  const groups = keys.map((_, index) => keys.slice(0, index + 1).join("."));
  return names.has(entry) || groups.some((group) => choices.has(group));
}

/** The paths of all sentences. */
function entriesOf(words: object, path = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const isGroup = typeof value === "object" && !Array.isArray(value);
    return isGroup ? entriesOf(value, `${path}${key}.`) : [`${path}${key}`];
  });
}

async function sourcesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    const path = `${folder}${name}`;
    if (path === CATALOGUE.slice(0, -1)) continue;
    if (isDirectory) found.push(...await sourcesBelow(`${path}/`));
    else if (/\.tsx?$/.test(name)) found.push(path);
  }
  return found;
}

function textOf(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}
