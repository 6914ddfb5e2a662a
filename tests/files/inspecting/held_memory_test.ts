/** A picture is decoded where its decoder needs little enough memory and time, whatever its pixels are. */
import assert from "node:assert/strict";
import { answer } from "../../../lib/files/inspecting/worker_side.ts";
import { box, chunk, joined, number, riff, segment } from "../../support/made_files.ts";
import { little } from "../../support/made_songs.ts";

/** Whether the decoder was asked for, and the width that others are told. */
async function inspected(content: Uint8Array) {
  const path = await Deno.makeTempFile({ prefix: "confab-held-" });
  try {
    await Deno.writeFile(path, content);
    let isDecoded = false;
    const job = { kind: "inspect", path, said: { name: "", type: "" } } as const;
    const reply = await answer(job, () => {
      isDecoded = true;
      return Promise.resolve(null);
    });
    assert.ok(reply.kind === "inspected");
    assert.match(reply.inspected.type, /^image/);
    return { isDecoded, width: reply.inspected.width };
  } finally {
    await Deno.remove(path);
  }
}

/** @param colours by their number in PNG */
function png(width: number, height: number, bits: number, colours: number, isInterlaced = false) {
  const form = Uint8Array.of(bits, colours, 0, 0, isInterlaced ? 1 : 0);
  const header = chunk("IHDR", joined(number(width), number(height), form));
  return joined("\x89PNG\r\n\x1a\n", header, chunk("IDAT", "pixels"), chunk("IEND", ""));
}

interface Jpeg {
  progressive?: boolean;
  sampling?: string;
  scans?: number;
  inFirst?: number;
}

function jpeg(
  width: number,
  height: number,
  { progressive, sampling = "\x22\x11\x11", scans, inFirst }: Jpeg,
) {
  const parts = [...sampling].map((each, index) => joined(number(index, 1), each, "\0"));
  const size = joined(
    "\x08",
    number(height, 2),
    number(width, 2),
    number(parts.length, 1),
    ...parts,
  );
  const scan = joined(
    segment(0xda, joined(number(inFirst ?? parts.length, 1), new Uint8Array(9))),
    "data",
  );
  const all = Array<Uint8Array>(scans ?? 1).fill(scan);
  return joined("\xff\xd8", segment(progressive ? 0xc2 : 0xc0, size), ...all, "\xff\xd9");
}

function gif(width: number, height: number, frames: number) {
  const sides = joined(little(width, 2), little(height, 2));
  const frame = joined(",\0\0\0\0", sides, "\0\x02\x02\x44\x01\0");
  return joined("GIF89a", sides, "\0\0\0", ...Array<Uint8Array>(frames).fill(frame), ";");
}

function webp(...chunks: Uint8Array[]) {
  const inside = joined(...chunks);
  return joined("RIFF", little(4 + inside.length), "WEBP", inside);
}

const lossless = (width: number, height: number) =>
  riff("VP8L", joined("\x2f", little((width - 1 | height - 1 << 14) >>> 0)));
const lossy = (width: number, height: number) =>
  riff("VP8 ", joined("\0\0\0\x9d\x01\x2a", little(width, 2), little(height, 2)));

/** @param rows of one strip */
function tiff(width: number, height: number, samples: number, bits: number, rows: number) {
  const entries = [[256, width], [257, height], [258, bits], [277, samples], [278, rows]] as const;
  const list = entries.map(([tag, value]) =>
    joined(little(tag, 2), little(4, 2), little(1), little(value))
  );
  return joined("II*\0", little(8), little(entries.length, 2), ...list, little(0));
}

function avif(width: number, height: number, deep: boolean) {
  const size = box("ispe", number(0), number(width), number(height));
  const form = box("av1C", "\x81\0", deep ? "\x40" : "\0", "\0");
  const meta = box(
    "meta",
    number(0),
    box("hdlr", number(0), number(0), "pict"),
    box("iprp", box("ipco", size, form)),
  );
  return joined(box("ftyp", "avif", number(0), "avif"), meta, box("mdat", "data"));
}

Deno.test("ordinary photos are decoded, in whatever form programs and phones write them", async () => {
  const all = {
    "a phone's of 108 megapixels": jpeg(12_000, 9_000, {}),
    "a progressive one of 24, in all colours": jpeg(6_000, 4_000, {
      progressive: true,
      sampling: "\x11\x11\x11",
      scans: 10,
    }),
    "a progressive one of 48": jpeg(8_000, 6_000, { progressive: true, scans: 12 }),
    "a PNG of 24": png(6_000, 4_000, 8, 2),
    "a transparent PNG of 50": png(8_000, 6_200, 8, 6),
    "a PNG of 24 in 16 bits": png(6_000, 4_000, 16, 6),
    "an interlaced PNG of 24": png(6_000, 4_000, 8, 2, true),
    "a large scan in black and white": png(7_000, 7_000, 1, 0, true),
    "a GIF of 12": gif(4_000, 3_000, 20),
    "a WebP of 48": webp(lossy(8_000, 6_000)),
    "a lossless WebP of 24": webp(lossless(6_000, 4_000)),
    "a TIFF of 24 in 16 bits": tiff(6_000, 4_000, 3, 16, 16),
    "an AVIF of 8": avif(3_400, 2_400, false),
  };
  for (const [name, content] of Object.entries(all)) {
    const { isDecoded, width } = await inspected(content);
    assert.ok(isDecoded && width !== null, name);
  }
});

Deno.test("what its decoder would hold as a whole is not decoded beyond its bytes, however few pixels it has", async () => {
  const all = {
    "an interlaced PNG in 16 bits": [
      png(3_500, 3_500, 16, 6, true),
      png(3_600, 3_600, 16, 6, true),
    ],
    "an interlaced PNG": [png(6_300, 6_300, 8, 2, true), png(6_400, 6_400, 8, 2, true)],
    "long rows": [png(26_000, 1_500, 8, 2), png(27_000, 1_700, 8, 2)],
    "few long rows": [png(200_000, 49, 16, 6), png(200_000, 60, 16, 6)],
    "a progressive JPEG in all colours": [
      jpeg(5_000, 5_000, { progressive: true, sampling: "\x11\x11\x11" }),
      jpeg(5_100, 5_100, { progressive: true, sampling: "\x11\x11\x11" }),
    ],
    "a progressive JPEG in four inks": [
      jpeg(4_300, 4_300, { progressive: true, sampling: "\x11\x11\x11\x11" }),
      jpeg(4_400, 4_400, { progressive: true, sampling: "\x11\x11\x11\x11" }),
    ],
    "a JPEG of one colour a scan": [
      jpeg(5_000, 5_000, { inFirst: 1, scans: 3, sampling: "\x11\x11\x11" }),
      jpeg(5_100, 5_100, { inFirst: 1, scans: 3, sampling: "\x11\x11\x11" }),
    ],
    "a GIF": [gif(5_600, 5_600, 1), gif(5_700, 5_700, 1)],
    "a GIF that moves": [gif(4_400, 4_400, 2), gif(4_500, 4_500, 2)],
    "a lossless WebP": [webp(lossless(6_300, 6_300)), webp(lossless(6_400, 6_400))],
    "a TIFF in one strip": [tiff(4_300, 4_300, 4, 16, 200), tiff(4_300, 4_300, 4, 16, 4_300)],
    "a TIFF of many samples": [tiff(4_000, 4_000, 9, 16, 9), tiff(4_000, 4_000, 12, 16, 9)],
  };
  for (const [name, [below, above]] of Object.entries(all)) {
    assert.equal((await inspected(below!)).isDecoded, true, name);
    assert.deepEqual(await inspected(above!), { isDecoded: false, width: null }, name);
  }
});

Deno.test("an AVIF that our decoder would need too much for is shown by its size, without a thumbnail", async () => {
  assert.deepEqual(await inspected(avif(4_000, 3_000, false)), { isDecoded: false, width: 4_000 });
  assert.equal((await inspected(avif(2_500, 2_500, true))).isDecoded, true);
  assert.deepEqual(await inspected(avif(2_600, 2_600, true)), { isDecoded: false, width: 2_600 });
  assert.equal((await inspected(avif(9_000, 9_000, false))).width, null);
});

Deno.test("a JPEG of a hundred scans is decoded, and one of more is as a picture too large is", async () => {
  const scans = (count: number) => jpeg(700, 700, { progressive: true, scans: count });
  assert.deepEqual(await inspected(scans(100)), { isDecoded: true, width: 700 });
  assert.deepEqual(await inspected(scans(101)), { isDecoded: false, width: null });
  // Each of all colours, or of one: what a scan is made of does not matter.
  const plain = jpeg(700, 700, { scans: 101, inFirst: 1 });
  assert.deepEqual(await inspected(plain), { isDecoded: false, width: null });
});
