import assert from "node:assert/strict";
import { decode, firstLines } from "../../../lib/ui/files/text_look.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("a text is read in the encoding that it was written in", () => {
  assert.equal(decode(bytes("Привет"), false), "Привет");
  assert.equal(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]), false), "a");
  assert.equal(decode(new Uint8Array([0xff, 0xfe, 0x1f, 0x04]), false), "П");
  assert.equal(decode(new Uint8Array([0xfe, 0xff, 0x04, 0x1f]), false), "П");
  assert.equal(decode(new Uint8Array([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), false), "Привет");
});

Deno.test("a letter that the first look cuts in two is no mistake", () => {
  assert.equal(decode(bytes("Привет").subarray(0, 11), true), "Приве");
});

Deno.test("a first look is a few lines, none of them long", () => {
  const look = firstLines(`${"x".repeat(10_000)}\r\nsecond\n${"line\n".repeat(100)}`);
  const lines = look.split("\n");
  assert.equal(lines.length, 8);
  assert.equal(lines[0]!.length, 200);
  assert.equal(lines[1], "second");
});
