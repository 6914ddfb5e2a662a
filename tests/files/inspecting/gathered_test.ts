/** Changes to a file come into it together, or not at all, and are read before as if they were made. */
import assert from "node:assert/strict";
import { MalformedFile } from "../../../lib/files/inspecting/bytes.ts";
import { GatheredChanges } from "../../../lib/files/inspecting/gathered.ts";
import { openSent } from "../../../lib/files/inspecting/sent_file.ts";

const SIZE = 400_000;

/** Numbers from 0 up to that one, always the same ones. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * most);
  };
}

async function withFile(content: Uint8Array, use: (path: string) => Promise<void>) {
  const path = await Deno.makeTempFile({ prefix: "confab-gathered-" });
  try {
    await Deno.writeFile(path, content);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

const CONTENT = new Uint8Array(SIZE).map((_, at) => at * 7 & 0xff);

Deno.test("whatever is changed in whatever order is read so at once, and in the file when it is kept", async () => {
  for (
    const [seed, times, longest] of [[1, 20, 90_000], [2, 6_000, 40], [3, 700, 2_000]] as const
  ) {
    await withFile(CONTENT, async (path) => {
      const next = numbers(seed);
      const expected = CONTENT.slice();
      const file = openSent(path);
      for (let time = 0; time < times; time++) {
        // Most of them close together, so that some regions have thousands.
        const at = next(4) === 0 ? next(SIZE) : 60_000 + next(9_000);
        const length = Math.min(1 + next(longest), SIZE - at);
        if (next(2) === 0) {
          file.bytes.blank(at, length);
          expected.fill(0, at, at + length);
        } else {
          const value = new Uint8Array(length).map((_, index) =>
            index < length / 2 ? 32 : next(256)
          );
          file.bytes.write(at, value);
          expected.set(value, at);
        }
        const from = next(SIZE - 100);
        assert.deepEqual(file.bytes.read(from, 99), expected.slice(from, from + 99));
      }
      file.bytes.truncate(SIZE - 777);
      file.bytes.write(SIZE - 780, Uint8Array.of(1, 2, 3, 4, 5, 6));
      expected.set([1, 2, 3], SIZE - 780);
      assert.deepEqual(await Deno.readFile(path), CONTENT, "not before");
      file.keep();
      file.close();
      assert.deepEqual(await Deno.readFile(path), expected.subarray(0, SIZE - 777));
    });
  }
});

Deno.test("what is not kept leaves the file as it was sent, on the disk and in memory", async () => {
  await withFile(CONTENT, async (path) => {
    const inMemory = CONTENT.slice();
    for (const source of [path, inMemory]) {
      const { bytes, close } = openSent(source);
      bytes.blank(0, SIZE);
      bytes.write(7, Uint8Array.of(1));
      bytes.truncate(14);
      assert.deepEqual([bytes.size, bytes.read(0, 99).length], [14, 14]);
      close();
    }
    assert.deepEqual(await Deno.readFile(path), CONTENT);
    assert.deepEqual(inMemory, CONTENT);
  });
});

Deno.test("many gigabytes that become zeros need little memory, and bytes of their own have an end", () => {
  const read = (_: number, into: Uint8Array<ArrayBuffer>) => into.length;
  const rest = { write() {}, truncate() {}, close() {} };
  const large = new GatheredChanges({ size: 2 ** 36, read, ...rest });
  large.fill(10, 2 ** 36 - 10);
  const into = new Uint8Array(10).fill(1);
  large.read(2 ** 35, into);
  assert.deepEqual(into, new Uint8Array(10));
  const other = new GatheredChanges({ size: 2 ** 36, read, ...rest });
  const mixed = new Uint8Array(1024 * 1024).map((_, at) => at & 0xff);
  assert.throws(() => {
    for (let at = 0; at < 2 ** 30; at += mixed.length) other.write(at, mixed);
  }, MalformedFile);
});
