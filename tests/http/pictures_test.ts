/** What kind of picture bytes are is told by their beginning, whatever they call themselves. */
import assert from "node:assert/strict";
import { pictureFacts } from "../../lib/http/pictures.ts";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part
    ),
  );

const PNG = bytes([0x89], "PNG\r\n", [0x1a], "\n", [0, 0, 0, 13], "IHDR", [
  0,
  0,
  1,
  0,
  0,
  0,
  0,
  32,
]);
const GIF = bytes("GIF89a", [64, 0, 48, 0]);
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 48, 0, 64]);
const WEBP = bytes("RIFF", [0, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, 0, 0, 0, 0, 63, 0, 0, 47, 0, 0]);

Deno.test("each kind says its size", () => {
  assert.deepEqual(pictureFacts(PNG), { type: "image/png", width: 256, height: 32 });
  assert.deepEqual(pictureFacts(GIF), { type: "image/gif", width: 64, height: 48 });
  assert.deepEqual(pictureFacts(JPEG), { type: "image/jpeg", width: 64, height: 48 });
  assert.deepEqual(pictureFacts(WEBP), { type: "image/webp", width: 64, height: 48 });
});

Deno.test("what is cut off, or none of them, is no picture", () => {
  for (const whole of [PNG, GIF, JPEG, WEBP]) {
    for (let length = 0; length < whole.length - 1; length++) {
      assert.equal(pictureFacts(whole.slice(0, length)), null, `${length} bytes`);
    }
  }
  for (
    const text of ["<svg onload=alert(1)>", "<!DOCTYPE html>", "BM", "%PDF-1.7", "\xff\xd8\xff"]
  ) {
    assert.equal(pictureFacts(bytes(text)), null, text);
  }
});

Deno.test("a segment that claims no length ends the look instead of going round for ever", () => {
  assert.equal(pictureFacts(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0])), null);
});
