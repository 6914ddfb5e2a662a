import assert from "node:assert/strict";
import {
  type BodyBuffers,
  FEW,
  LARGE,
  PieceBuffers,
  SMALL,
} from "../../lib/files/piece_buffers.ts";

/** Reads a piece of so many bytes, as a stream does, or as many as there is room for. */
function read(buffers: BodyBuffers, most: number): number {
  const buffer = structuredClone(buffers.take(), { transfer: [buffers.take()] });
  const length = Math.min(most, buffer.byteLength);
  buffers.taken!(new Uint8Array(buffer, 0, length));
  return length;
}

Deno.test("a body that fills its pieces gets larger ones", () => {
  const buffers = new PieceBuffers().lend(1);
  assert.equal(read(buffers, SMALL - 1), SMALL - 1);
  assert.equal(read(buffers, LARGE), SMALL);
  assert.equal(read(buffers, LARGE), LARGE);
  assert.equal(read(buffers, 10), 10);
  assert.equal(read(buffers, LARGE), LARGE);
});

Deno.test("among many bodies all pieces are small, also those of who had larger ones", () => {
  const all = new PieceBuffers();
  const [first, ...others] = Array.from({ length: FEW }, () => all.lend(1));
  read(first!, LARGE);
  assert.equal(read(first!, LARGE), LARGE);
  const form = all.lend(2);
  assert.equal(read(first!, LARGE), SMALL);
  assert.equal(read(first!, LARGE), SMALL);
  for (const other of others) other.end();
  form.end();
  assert.equal(read(first!, LARGE), LARGE);
});

Deno.test("where several pieces are in use at once, each has a buffer of its own", () => {
  const buffers = new PieceBuffers().lend(2);
  const [first, second] = [buffers.take(), buffers.take()];
  assert.notEqual(first, second);
  buffers.taken!(new Uint8Array(first, 0, 5));
  assert.equal(buffers.take(), first);
});
