import assert from "node:assert/strict";
import { formatSize } from "../../../lib/ui/catalogue/sizes.ts";

/** With ordinary spaces in place of those that do not break. */
const read = (bytes: number, language: "en" | "ru") =>
  formatSize(bytes, language).replaceAll(/\s/g, " ");

Deno.test("sizes are said in the largest unit that has a whole one", () => {
  assert.equal(read(1_400, "en"), "1 kB");
  assert.equal(read(1_887_437, "en"), "1.8 MB");
  assert.equal(read(1_887_437, "ru"), "1,8 МБ");
  assert.equal(read(2_000 * 1_024 ** 3, "en"), "2,000 GB");
});

Deno.test("a limit is said as its setting is written, and what is more is said to be more", () => {
  assert.equal(read(100 * 1_024 ** 2, "en"), "100 MB");
  assert.equal(read(100 * 1_024 ** 2, "ru"), "100 МБ");
  assert.equal(read(512 * 1_024, "en"), "512 kB");
  assert.equal(read(101 * 1_024 ** 2, "en"), "101 MB");
});

Deno.test("a few bytes are said in the word's right form", () => {
  for (const [bytes, said] of [[0, "0 bytes"], [1, "1 byte"], [78, "78 bytes"]] as const) {
    assert.equal(read(bytes, "en"), said);
  }
  for (const [bytes, said] of [[1, "1 байт"], [3, "3 байта"], [11, "11 байт"]] as const) {
    assert.equal(read(bytes, "ru"), said);
  }
});

Deno.test("what rounds up to a whole unit is one of the next", () => {
  assert.equal(read(1_023, "en"), "1,023 bytes");
  assert.equal(read(1_023 * 1_024, "en"), "1,023 kB");
  assert.equal(read(1_024 ** 2 - 400, "en"), "1 MB");
  assert.equal(read(1_024 ** 3 - 40_000, "en"), "1 GB");
});
