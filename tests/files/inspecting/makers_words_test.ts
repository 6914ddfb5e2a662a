/** What programs and cameras write where few look for it: names of files, numbers, small pictures. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { ascii, box, joined, number, segment } from "../../support/made_files.ts";

const WORD = "somebody whom nobody shall know";
const SENSOR = 32803;

interface Tag {
  tag: number;
  /** A text, or a number. */
  value: string | number;
}

/** One grey pixel, with what is said of it. @param mark its first four bytes */
function tiff(tags: readonly Tag[], mark = "MM\0*"): Uint8Array<ArrayBuffer> {
  const all = [
    ...[{ tag: 256, value: 1 }, { tag: 257, value: 1 }, { tag: 258, value: 8 }],
    ...tags,
  ].toSorted((a, b) => a.tag - b.tag);
  let behind = 8 + 2 + 12 * all.length + 4;
  const entries: Uint8Array[] = [];
  const texts: Uint8Array[] = [];
  for (const { tag, value } of all) {
    if (typeof value === "number") {
      entries.push(joined(number(tag, 2), number(3, 2), number(1), number(value, 2), "\0\0"));
      continue;
    }
    const text = ascii(`${value}\0`);
    entries.push(joined(number(tag, 2), number(2, 2), number(text.length), number(behind)));
    texts.push(text);
    behind += text.length;
  }
  return joined(mark, number(8), number(all.length, 2), ...entries, number(0), ...texts);
}

Deno.test("a TIFF loses names of files, numbers of cameras and parts of its times", () => {
  // Its name, its page's, the printer, parts of a second, the zone, a camera's number and label.
  for (const tag of [269, 285, 337, 37521, 36881, 50735, 50827, 51105]) {
    const before = tiff([{ tag, value: WORD }]);
    const { type, measured, after } = look(before);
    assert.deepEqual([type, measured!.width], ["image/tiff", 1]);
    assert.ok(holds(before, WORD) && !holds(after, WORD), `${tag}`);
  }
});

Deno.test("a TIFF loses its camera, and a raw picture keeps what it is developed by", () => {
  for (const tag of [271, 272, 37500, 42036, 50708]) {
    const said = { tag, value: WORD };
    assert.ok(!holds(look(tiff([said])).after, WORD), `${tag}`);
    assert.ok(holds(look(tiff([said, { tag: 262, value: SENSOR }])).after, WORD), `${tag}`);
    assert.ok(holds(look(tiff([said, { tag: 50706, value: 1 }])).after, WORD), `${tag}`);
  }
});

Deno.test("raw pictures of Olympus and Panasonic lose who made them as others do", () => {
  const said = [{ tag: 271, value: "the maker" }, { tag: 315, value: WORD }];
  const { type, after } = look(tiff(said, "MMOR"));
  assert.equal(type, "image/tiff");
  assert.ok(!holds(after, WORD) && holds(after, "the maker"));
  assert.equal(look(joined("IIRO", new Uint8Array(40))).type, "image/tiff");
  assert.equal(look(joined("IIU\0", new Uint8Array(40))).type, "image/tiff");
});

/** Notes count from their own beginning, and are written the other way round. */
function fujisNotes(): Uint8Array {
  const little = (value: number, length = 4) => number(value, length).reverse();
  const entry = (tag: number, value: string, at: number) =>
    joined(little(tag, 2), little(2, 2), little(value.length), little(at));
  return joined(
    ...["FUJIFILM", little(12), little(2, 2)],
    ...[entry(0x0010, WORD, 42), entry(0x1000, "settings", 42 + WORD.length), little(0)],
    ...[WORD, "settings"],
  );
}

/** The maker, the time, an artist, the number of a camera, its notes, and a place. */
function fujisExif(): Uint8Array {
  const values: [tag: number, kind: number, value: Uint8Array | string][] = [
    ...[[271, 2, "the maker"], [306, 2, "2024:01:02 03:04"]] as [number, number, string][],
    ...[[315, 2, WORD], [42033, 2, WORD]] as [number, number, string][],
    [37500, 7, fujisNotes()],
  ];
  let at = 8 + 2 + 12 * (values.length + 1) + 4;
  const entries = values.map(([tag, kind, value]) => {
    at += value.length;
    return joined(
      ...[number(tag, 2), number(kind, 2), number(value.length), number(at - value.length)],
    );
  });
  return joined(
    ...["MM\0*", number(8), number(values.length + 1, 2), ...entries],
    ...[number(34853, 2), number(4, 2), number(1), number(at), number(0)],
    ...values.map(([, , value]) => value),
    ...[number(1, 2), number(27, 2), number(2, 2), number(WORD.length), number(at + 18), number(0)],
    WORD,
  );
}

Deno.test("a raw picture of Fujifilm keeps its camera, and loses place, time, owner and numbers", async () => {
  const plain = new Uint8Array(
    await sharp({ create: { width: 9, height: 7, channels: 3, background: "#c86432" } })
      .jpeg().toBuffer(),
  );
  const picture = (exif: Uint8Array) =>
    joined(plain.subarray(0, 2), segment(0xe1, joined("Exif\0\0", exif)), plain.subarray(2));
  const raf = (jpeg: Uint8Array) =>
    joined(
      ...["FUJIFILMCCD-RAW 0201FF389501X-E1".padEnd(84, "\0"), number(148), number(jpeg.length)],
      ...[new Uint8Array(56), jpeg, "what the sensor saw"],
    );
  const jpeg = picture(fujisExif());
  const before = raf(jpeg);
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width, measured!.height], ["image/x-fujifilm-raf", 9, 7]);
  for (const kept of ["X-E1", "the maker", "settings", "what the sensor saw"]) {
    assert.ok(holds(after, kept), kept);
  }
  assert.ok(holds(before, WORD) && !holds(after, WORD) && !holds(after, "2024"));
  assert.equal(after.length, before.length);
  const shown = after.subarray(148, 148 + jpeg.length);
  assert.deepEqual(await sharp(shown).raw().toBuffer(), await sharp(plain).raw().toBuffer());
  lookAtBroken(before);
  // What cannot be taken apart goes as a whole.
  const broken = joined("MM\0*", number(8), number(65_000, 2), WORD);
  assert.ok(!holds(look(raf(picture(broken))).after, WORD));
});

Deno.test("a JPEG loses the small picture in its first segment, and stays the same picture", async () => {
  const plain = new Uint8Array(
    await sharp({ create: { width: 9, height: 7, channels: 3, background: "#c86432" } })
      .jpeg().toBuffer(),
  );
  const pixels = "what was cut away".padEnd(4 * 3 * 3, ".");
  const jfif = segment(0xe0, joined("JFIF\0\x01\x01\0\0\x01\0\x01\x04\x03", pixels));
  const before = joined(plain.subarray(0, 2), jfif, plain.subarray(2));
  const { measured, after } = look(before);
  assert.equal(measured!.width, 9);
  assert.ok(holds(before, "cut away") && !holds(after, "cut away"));
  assert.ok(holds(after, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
  assert.deepEqual(await sharp(after).raw().toBuffer(), await sharp(plain).raw().toBuffer());
});

Deno.test("a GIF is cleaned behind a zero between its blocks, too, where browsers end it", async () => {
  const plain = new Uint8Array(
    await sharp({ create: { width: 9, height: 7, channels: 3, background: "#c86432" } })
      .gif().toBuffer(),
  );
  const comment = joined("\x21\xfe", number(WORD.length, 1), WORD, "\0");
  const before = joined(plain.subarray(0, -1), "\0", comment, "\x3b");
  const { type, measured, after } = look(joined(before, WORD));
  assert.deepEqual([type, measured!.width, after.length], ["image/gif", 9, before.length]);
  assert.ok(!holds(after, WORD));
  assert.deepEqual(after.subarray(0, plain.length - 1), plain.subarray(0, -1));
});

Deno.test("a JPEG 2000 loses its comments, and keeps its picture", () => {
  const header = box("jp2h", box("ihdr", number(30), number(40), new Uint8Array(6)));
  const marked = (kind: number, content: string) =>
    joined(number(kind, 2), number(2 + content.length, 2), content);
  const picture = joined(
    "\xff\x4f",
    marked(0xff51, "the size"),
    marked(0xff64, `\0\x01${WORD}`),
    marked(0xff90, "a part"),
    "the picture",
  );
  const { measured, after } = look(
    joined(box("jP  ", "\r\n\x87\n"), box("ftyp", "jp2 "), header, box("jp2c", picture)),
  );
  assert.equal(measured!.width, 40);
  assert.ok(!holds(after, WORD) && holds(after, " ".repeat(WORD.length)));
  for (const kept of ["the size", "a part", "the picture"]) assert.ok(holds(after, kept), kept);
});

Deno.test("a Photoshop document loses on which printer it was printed", () => {
  const printer = joined("8BIM", number(1082, 2), "\0\0", number(WORD.length + 1), WORD, "\0");
  const head = joined("8BPS", number(1, 2), "\0\0\0\0\0\0", number(3, 2), number(30), number(40));
  const rest = joined(number(8, 2), number(3, 2), number(0), number(printer.length), printer);
  const { measured, after } = look(joined(head, rest, number(0), "\0\0pixels"));
  assert.equal(measured!.width, 40);
  assert.ok(!holds(after, WORD) && holds(after, "pixels"));
});
