/** Pictures that move are told by their first bytes; those that stand still are not taken for them. */
import assert from "node:assert/strict";
import { hasFrames, isAnimated } from "../../lib/client/animated.ts";

function bytes(...parts: (string | number[])[]): DataView {
  const all = parts.flatMap((part) =>
    typeof part === "string" ? [...part].map((each) => each.charCodeAt(0)) : part
  );
  return new DataView(Uint8Array.from(all).buffer);
}

const chunk = (name: string, size: number) => [
  ...[0, 0, 0, size],
  ...[...name].map((each) => each.charCodeAt(0)),
  ...Array.from({ length: size + 4 }, () => 0),
];
const PNG = "\x89PNG\r\n\x1a\n";

Deno.test("of PNG, what has a control of frames before its pixels moves", () => {
  assert.equal(hasFrames(bytes(PNG, chunk("IHDR", 13), chunk("acTL", 8), chunk("IDAT", 4))), true);
  assert.equal(hasFrames(bytes(PNG, chunk("IHDR", 13), chunk("IDAT", 4), chunk("acTL", 8))), false);
  assert.equal(hasFrames(bytes(PNG, chunk("IHDR", 13))), false);
});

Deno.test("of WebP, what says so in its flags moves", () => {
  const webp = (kind: string, flags: number) =>
    bytes("RIFF", [0, 0, 0, 0], "WEBP", kind, [10, 0, 0, 0], [flags, 0, 0, 0, 0]);
  assert.equal(hasFrames(webp("VP8X", 0b10)), true);
  assert.equal(hasFrames(webp("VP8X", 0b10000)), false);
  assert.equal(hasFrames(webp("VP8L", 0b10)), false);
});

Deno.test("of HEIC and AVIF, sequences move", () => {
  const brand = (name: string) => bytes([0, 0, 0, 24], "ftyp", name);
  assert.deepEqual(["avis", "hevc", "avif", "heic"].map((name) => hasFrames(brand(name))), [
    true,
    true,
    false,
    false,
  ]);
});

Deno.test("whatever is too short, or nothing of these, stands still", async () => {
  for (const picture of ["", "\x89PNG", "RIFF", "\xff\xd8\xff\xe0"]) {
    assert.equal(hasFrames(bytes(picture)), false, picture);
  }
  assert.equal(await isAnimated(new Blob([])), false);
});
