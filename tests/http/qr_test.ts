/** QR codes: the squares that are drawn are those of the code, and within its quiet zone. */
import assert from "node:assert/strict";
import { encode } from "uqr";
import { drawQr } from "../../lib/http/qr.ts";

/** Fills the path's rectangles again. */
function squaresOf({ size, path }: { size: number; path: string }): boolean[][] {
  const squares = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
    squares[Number(y)]!.fill(true, Number(x), Number(x) + Number(width));
  }
  return squares;
}

Deno.test("a QR code is drawn square by square, with four light ones around it", async () => {
  const text = "https://chat.example.org/link/0123456789abcdefghijkl";
  const drawing = await drawQr(text);
  const squares = squaresOf(drawing);
  assert.deepEqual(squares, encode(text, { ecc: "M", border: 4 }).data);
  assert.ok(squares.slice(0, 4).flat().every((dark) => !dark));
  assert.ok(squares.every((row) => row.slice(-4).every((dark) => !dark)));
  assert.match(drawing.path, /^(M\d+ \d+h\d+v1H\d+z)+$/, "nothing but numbers gets into the page");
});

Deno.test("a text that no QR code holds is refused", async () => {
  await assert.rejects(drawQr("x".repeat(3_000)));
});
