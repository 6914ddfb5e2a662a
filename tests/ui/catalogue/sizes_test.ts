import assert from "node:assert/strict";
import { formatSize } from "../../../lib/ui/catalogue/sizes.ts";

/** With ordinary spaces in place of those that do not break. */
const read = (bytes: number, language: "en" | "ru") =>
  formatSize(bytes, language).replaceAll(/\s/g, " ");

Deno.test("sizes are said in the largest unit that has a whole one", () => {
  assert.equal(read(1_400, "en"), "1 kB");
  assert.equal(read(1_843_200, "en"), "1.8 MB");
  assert.equal(read(1_843_200, "ru"), "1,8 МБ");
  assert.equal(read(2_000_000_000_000, "en"), "2,000 GB");
});

Deno.test("a few bytes are said in the word's right form", () => {
  for (const [bytes, said] of [[0, "0 bytes"], [1, "1 byte"], [78, "78 bytes"]] as const) {
    assert.equal(read(bytes, "en"), said);
  }
  for (const [bytes, said] of [[1, "1 байт"], [3, "3 байта"], [11, "11 байт"]] as const) {
    assert.equal(read(bytes, "ru"), said);
  }
});

Deno.test("what rounds up to a thousand is one of the next unit", () => {
  assert.equal(read(999, "en"), "999 bytes");
  assert.equal(read(999_499, "en"), "999 kB");
  assert.equal(read(999_500, "en"), "1 MB");
  assert.equal(read(999_960_000, "en"), "1 GB");
});
