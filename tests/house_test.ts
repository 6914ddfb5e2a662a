/**
 * A feature has the same-named file in each layer, and a name is written once for each: whoever
 * looks for members finds `members.ts` wherever there is something to be said about them.
 */
import assert from "node:assert/strict";
import { COMMAND_TABLE } from "../lib/chat/chat.ts";
import { OPERATIONS } from "../lib/store/operations/table.ts";

const ROOT = new URL("../", import.meta.url);

/** The layers in which a feature stands, the browser's border left of the database. */
const LAYERS = ["lib/protocol", "lib/chat", "lib/store/contract", "lib/store/operations"];

/** Files of `lib/chat/` that are no feature: what commands are, and what several of them use. */
const NO_FEATURE = [
  "chat",
  "command",
  "due_elsewhere",
  "erasing",
  "last_changes",
  "notice",
  "notice_lines",
  "purging",
  "rates",
  "status_ends",
  "sendable",
  "tidying",
];

/** Where a feature has no file in a layer, and why. */
const EXCEPTIONS: Record<string, string> = {
  "lib/chat/sessions.ts": "signing in and out is lib/auth's: it makes the actor of a command",
  "lib/chat/devices.ts": "the same: it is about the caller's sessions",
  "lib/chat/status.ts": "set with the rest that one says of oneself: `updateMe`",
  "lib/chat/jobs.ts": "what waits for its time, the program asks, and no user",
  "lib/protocol/jobs.ts": "the program asks for it, and no client",
  "lib/chat/letters.ts": "what waits to be sent, the program asks, and no user",
  "lib/protocol/letters.ts": "letters go out by mail, and to no client",
  "lib/chat/passkeys.ts": "signing in by one is lib/auth's, and so is making one",
  "lib/chat/meta.ts": "what the database says of itself, the program asks, and no user",
  "lib/protocol/meta.ts": "the program asks for it, and no client",
};

type Exports = Record<string, unknown>;

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(new URL(`${folder}/`, ROOT))) {
    if (name.endsWith(".ts")) names.push(name.slice(0, -".ts".length));
  }
  return names.sort();
}

async function features(): Promise<string[]> {
  const ofChat = (await namesIn("lib/chat")).filter((name) => !NO_FEATURE.includes(name));
  return [...new Set([...ofChat, ...await namesIn("lib/store/contract")])].sort();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(new URL(path, ROOT)).then(() => true, () => false);
}

async function exportsOf(path: string): Promise<Exports> {
  return await import(new URL(path, ROOT).href);
}

Deno.test("a feature has the same-named file in each layer, or a reason why not", async () => {
  const all = await features();
  assert.ok(all.length > 10, "the features are read");
  const paths = all.flatMap((feature) => LAYERS.map((layer) => `${layer}/${feature}.ts`));
  const missing: string[] = [];
  for (const path of paths) if (!(await exists(path))) missing.push(path);
  assert.deepEqual(missing.sort(), Object.keys(EXCEPTIONS).sort());
});

Deno.test("in the store's contract and operations features are all that one sees", async () => {
  const names = await namesIn("lib/store/operations");
  assert.deepEqual(names.filter((name) => !["kinds", "operation", "table"].includes(name)), [
    ...await namesIn("lib/store/contract"),
  ], "what several operations are made of stands in operations/parts/");
});

Deno.test("what is no feature is named as such only while it is there", async () => {
  const names = await namesIn("lib/chat");
  assert.deepEqual(NO_FEATURE.filter((name) => !names.includes(name)), []);
});

Deno.test("the tables join every feature's file, and no name stands in two of them", async () => {
  const joined: [folder: string, table: Exports][] = [
    ["lib/chat", COMMAND_TABLE],
    ["lib/store/operations", OPERATIONS],
  ];
  for (const [folder, table] of joined) {
    const found: string[] = [];
    for (const feature of await features()) {
      const path = `${folder}/${feature}.ts`;
      if (!(await exists(path))) continue;
      for (const [name, value] of Object.entries(await exportsOf(path))) {
        assert.equal(
          table[name],
          value,
          `${path}: ${name} is in the table, or in a file of its own`,
        );
        found.push(name);
      }
    }
    assert.deepEqual(found.toSorted(), Object.keys(table).sort(), folder);
  }
});

Deno.test("the store's interface extends the one of every feature", async () => {
  const store = await Deno.readTextFile(new URL("lib/store/store.ts", ROOT));
  for (const feature of await namesIn("lib/store/contract")) {
    const joined = new RegExp(`import type \\{ (\\w+) \\} from "\\./contract/${feature}\\.ts"`);
    const name = joined.exec(store)?.[1];
    assert.ok(name !== undefined, feature);
    assert.match(store.slice(store.indexOf("export interface Store")), new RegExp(`\\b${name}\\b`));
  }
});

Deno.test("a command takes what the protocol's file of its feature says under its name", async () => {
  for (const feature of await features()) {
    const path = `lib/chat/${feature}.ts`;
    if (!(await exists(path))) continue;
    const inputs = await exportsOf(`lib/protocol/${feature}.ts`);
    for (const name of Object.keys(await exportsOf(path))) {
      const command = COMMAND_TABLE[name as keyof typeof COMMAND_TABLE];
      assert.equal(inputs[name], command.schema, `${feature}: ${name}`);
    }
  }
});

/** Read as a whole, by the folder's or file's name: `field.id`, `object.room`, a language's words. */
const READ_AS_A_WHOLE =
  /^lib\/(ui\/catalogue\/(en|ru)\/|protocol\/fields\.ts|http\/openapi\/(objects|examples)\.ts)/;

/** Exported names that two files of other names define, and why. */
const TWICE: Record<string, string> = {
  CONFUSABLES: "lib/store/looks/generate.ts writes the other file",
  CONFUSABLES_VERSION: "the same",
  formattingAtHand:
    "the same module twice: the server shows markup, the browser asks for what does",
  loadFormatting: "the same",
  openPdf: "the same module twice: what reads documents is the browser's alone",
  viewsAtHand: "the same, of what shows files",
  loadViews: "the same",
  loadWords: "the same module twice: the server has all words, the browser asks for them",
  wordsOf: "the same",
  useItems: "the same module twice: the server keeps what it renders, in the browser items live",
  useRoomLinks: "the same",
};

Deno.test("an exported name is one thing's, or that of a feature in several layers", async () => {
  const places = new Map<string, Set<string>>();
  for await (const path of sourcesBelow("lib")) {
    if (READ_AS_A_WHOLE.test(path)) continue;
    const text = await Deno.readTextFile(new URL(path, ROOT));
    for (const [, name] of text.matchAll(EXPORTED)) {
      places.set(name!, (places.get(name!) ?? new Set()).add(featureOf(path)));
    }
  }
  assert.ok(places.size > 500, "the names are read");
  const twice = [...places].filter(([, features]) => features.size > 1).map(([name]) => name);
  assert.deepEqual(twice.sort(), Object.keys(TWICE).sort());
});

const EXPORTED =
  /^export (?:default )?(?:async )?(?:function\*?|const|(?:abstract )?class|interface|type) (\w+)/gm;

/** `lib/ui/conversation/Typing.tsx` and `lib/client/typing.ts` are of one feature. */
function featureOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.tsx?$/, "").toLowerCase();
}

async function* sourcesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(`${folder}/`, ROOT))) {
    if (isDirectory) yield* sourcesBelow(`${folder}/${name}`);
    else if (/\.tsx?$/.test(name)) yield `${folder}/${name}`;
  }
}

Deno.test("the page about adding a feature names files that are there, and one in each layer", async () => {
  const page = await Deno.readTextFile(new URL("docs/adding-a-feature.md", ROOT));
  const named = [...page.matchAll(/`((?:lib|routes|tests)\/[^`\s]*)`/g)].map(([, path]) => path!);
  const paths = named.flatMap((path) =>
    path.includes("{en,ru}") ? ["en", "ru"].map((each) => path.replace("{en,ru}", each)) : [path]
  );
  const missing: string[] = [];
  for (const path of paths) if (!(await exists(path))) missing.push(path);
  assert.deepEqual(missing, []);
  for (const layer of [...LAYERS, "lib/client"]) {
    assert.ok(paths.includes(`${layer}/saved.ts`), `${layer}/saved.ts`);
  }
});
