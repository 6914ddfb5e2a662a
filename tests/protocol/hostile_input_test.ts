import assert from "node:assert/strict";
import type { z } from "zod";
import { COMMAND_TABLE, parse } from "../../lib/chat/chat.ts";
import { ConfabError } from "../../lib/errors.ts";
import { FRAMES } from "../../lib/protocol/frames.ts";
import { nameKey } from "../../lib/protocol/names.ts";
import { fieldsOf } from "./schema_fields.ts";

/** Milliseconds for one value at one place; what this is about took seconds. */
const LIMIT = 20;

/** Code units of a hostile text: a body or a frame holds no more. */
const SIZE = 65_000;

const repeated = (...parts: string[]) => {
  const each = Math.floor(SIZE / parts.length);
  return parts.map((part) => part.repeat(Math.ceil(each / part.length))).join("");
};

/** Marks of falling combining classes, each run to be moved before the ones that stand before. */
const MARKS = ["\u0345", "\u0315", "\u0301", "\u0323", "\u05b0", "\u0334"];

const HOSTILE: Record<string, unknown> = {
  marks: "a" + repeated(...MARKS),
  "marks in turn": "a" + MARKS.join("").repeat(SIZE / MARKS.length),
  "marks of two units": "a" + repeated("\u{1d165}", "\u{1d16d}"),
  spaces: " ".repeat(SIZE),
  "spaces between": `a${" ".repeat(SIZE)}b`,
  "wide spaces": `a${"\u3000".repeat(SIZE)}b`,
  lines: "\n".repeat(SIZE),
  surrogates: "\ud800".repeat(SIZE),
  "surrogates of both kinds": "\udc00\ud800".repeat(SIZE / 2),
  at: "@".repeat(SIZE),
  "at and names": "@ann.-".repeat(SIZE / 6),
  digits: "9".repeat(SIZE),
  dots: ".".repeat(SIZE),
  joiners: "\u200d".repeat(SIZE),
  "joined emoji": "👩\u200d".repeat(SIZE / 3),
  "emoji and selectors": "❤\ufe0f\ufe0f".repeat(SIZE / 3),
  flags: "🇫".repeat(SIZE / 2),
  "tags of a flag": "🏴" + "\u{e0067}".repeat(SIZE / 2),
  ligatures: "\ufdfa".repeat(SIZE),
  hangul: repeated("\u1112", "\u1161", "\u11ab"),
  viramas: "\u0915\u094d\u200d".repeat(SIZE / 3),
  letters: "a".repeat(SIZE),
  nothing: null,
  "nested arrays": JSON.parse("[".repeat(SIZE / 2) + "]".repeat(SIZE / 2)),
  "nested objects": JSON.parse('{"a":'.repeat(SIZE / 6) + "1" + "}".repeat(SIZE / 6)),
  "many items": Array.from({ length: SIZE / 2 }, () => "a"),
  "many names": Object.fromEntries(Array.from({ length: SIZE / 8 }, (_, i) => [`k${i}`, "a"])),
};

const PROTOCOL = new URL("../../lib/protocol/", import.meta.url);

/** Every schema that takes something from outside, by the name under which it is exported. */
async function everySchema(): Promise<[string, z.ZodType][]> {
  const found: [string, unknown][] = [];
  for (const [type, schema] of Object.entries(FRAMES)) found.push([`a frame ${type}`, schema]);
  for (const [name, { schema }] of Object.entries(COMMAND_TABLE)) {
    found.push([`the command ${name}`, schema]);
  }
  for await (const { name } of Deno.readDir(PROTOCOL)) {
    const exported = await import(new URL(name, PROTOCOL).href) as Record<string, unknown>;
    for (const [own, value] of Object.entries(exported)) found.push([`${name}: ${own}`, value]);
  }
  return found.filter((entry): entry is [string, z.ZodType] => isSchema(entry[1]));
}

function isSchema(value: unknown): boolean {
  return typeof value === "object" && value !== null && "_zod" in value;
}

/** The value itself, in each field, and in all of them. */
function placed(schema: z.ZodType, value: unknown): [string, unknown][] {
  return fieldsOf(schema).flatMap((shape) => {
    const names = Object.keys(shape);
    const all = Object.fromEntries(names.map((name) => [name, shape[name] ?? value]));
    const each = names.map((name) => [name, { ...shape, [name]: value }] as [string, unknown]);
    return [...each, ["all", all] as [string, unknown]];
  }).concat([["itself", value]]);
}

/** Milliseconds: the best of three, since something else may have had the processor. */
function fastest(task: () => void): number {
  let best = Infinity;
  for (let round = 0; round < 3 && best > LIMIT; round++) {
    const start = performance.now();
    task();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** The refusal, or null where it is taken. */
function refusal(schema: z.ZodType, value: unknown): ConfabError | null {
  try {
    parse(schema, value);
    return null;
  } catch (error) {
    assert.ok(error instanceof ConfabError, String(error));
    return error;
  }
}

Deno.test("no hostile value takes a schema longer than a moment, and each refusal is short", async () => {
  const schemas = await everySchema();
  assert.ok(schemas.length > 80, "the schemas are found");
  for (const [name, schema] of schemas) {
    for (const [kind, hostile] of Object.entries(HOSTILE)) {
      for (const [place, value] of placed(schema, hostile)) {
        const where = `${kind} in ${place} of ${name}`;
        let refused: ConfabError | null = null;
        const took = fastest(() => refused = refusal(schema, value));
        assert.ok(took < LIMIT, `${where}: ${took} ms`);
        checkRefusal(refused, where);
      }
    }
  }
});

function checkRefusal(refused: ConfabError | null, where: string): void {
  if (refused === null) return;
  assert.equal(refused.status, 422, where);
  assert.ok(refused.errors !== undefined && refused.errors.length > 0, where);
  assert.ok(refused.errors.every(({ reason }) => reason !== undefined), where);
  assert.ok(JSON.stringify(refused.errors).length < 8_000, `${where}: a long refusal`);
}

Deno.test("a name of any length has its key in a moment", () => {
  for (const [kind, hostile] of Object.entries(HOSTILE)) {
    if (typeof hostile !== "string") continue;
    const took = fastest(() => nameKey(hostile));
    assert.ok(took < LIMIT, `${kind}: ${took} ms`);
  }
});
