/** Pictures that browsers do not draw, and that are sent all the same: what they say of place and people. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { ascii, box, exifWithPlace, joined, number } from "../../support/made_files.ts";

const PLACE = "N59.9386 E30.3141";
/** 9 by 7 pixels of red. */
const JXL = Uint8Array.fromBase64(
  "/wowMJBQubeKIAASiAIA3ABd5RIAABUqo4wbvJzr+fJDh8W0jesMbbVtYUmiyDg2SSdwSBKLIO72QEEAAELMw5xgyrBplSQA",
);
const JXL_MARK = box("JXL ", "\r\n\x87\n");
const JP2_MARK = box("jP  ", "\r\n\x87\n");

function jpegXl(...beside: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const ftyp = box("ftyp", "jxl ", number(0), "jxl ");
  const half = JXL.length >> 1;
  return joined(
    JXL_MARK,
    ftyp,
    ...beside,
    box("jxlp", number(0), JXL.subarray(0, half)),
    box("jxlp", number(0x80000001), JXL.subarray(half)),
    ...beside,
  );
}

Deno.test("a JPEG XL keeps its picture in its parts, and nothing that stands beside it", () => {
  const before = jpegXl(
    box("Exif", number(0), exifWithPlace(1, PLACE)),
    box("xml ", `<x>${PLACE}</x>`),
    box("brob", "Exif", PLACE),
    box("jbrd", PLACE),
    box("free", PLACE),
  );
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width, measured!.height], ["image/jxl", 9, 7]);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  const parts = [JXL.subarray(0, JXL.length >> 1), JXL.subarray(JXL.length >> 1)];
  for (const part of parts) assert.ok(holds(after, new TextDecoder("latin1").decode(part)));
  assert.equal(after.length, before.length);
});

/** A picture that begins with these bits, the first one last. */
function jxlOf(bits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16);
  [...bits.replaceAll(" ", "")].reverse().forEach((bit, at) => {
    bytes[at >> 3]! |= Number(bit) << (at & 7);
  });
  return joined("\xff\n", bytes);
}

Deno.test("a JPEG XL tells its size in each of its ways, and which side is up", () => {
  const sizeOf = (bits: string) => {
    const { type, measured } = look(jxlOf(bits));
    assert.equal(type, "image/jxl");
    return [measured!.width, measured!.height];
  };
  // From the right: small or not, height, ratio, width, all else is as usual.
  assert.deepEqual(sizeOf("1 00011 000 00001 1"), [32, 16]);
  assert.deepEqual(sizeOf("1 001 11111 1"), [256, 256]);
  assert.deepEqual(sizeOf("1 101 0010000110111 01 0"), [1920, 1080]);
  assert.deepEqual(sizeOf("1 000000000 00 000 000000010001100111 10 0"), [1, 1128]);
  assert.deepEqual(sizeOf("101 1 0 00011 000 00001 1"), [16, 32], "it lies on its side");
});

Deno.test("a JPEG 2000 loses XML, Exif and foreign boxes", () => {
  const header = box("jp2h", box("ihdr", number(30), number(40), "\0\x03\x07\x07\0\0"));
  const before = joined(
    JP2_MARK,
    box("ftyp", "jp2 ", number(0), "jp2 "),
    box("uuid", "JpgTiffExif->JP2", exifWithPlace(1, PLACE)),
    header,
    box("xml ", `<x>${PLACE}</x>`),
    box("jp2c", "the picture"),
    box("made", PLACE),
  );
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width, measured!.height], ["image/jp2", 40, 30]);
  assert.ok(!holds(after, PLACE) && holds(after, "the picture"));
});

/** A resource of a Photoshop document. */
function resource(id: number, content: Uint8Array | string, name = "", mark = "8BIM") {
  const inside = joined(content);
  const even = (length: number) => length % 2 ? "\0" : "";
  const called = joined(number(name.length, 1), name, even(name.length + 1));
  return joined(mark, number(id, 2), called, number(inside.length), inside, even(inside.length));
}

function photoshop(...resources: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = joined(...resources);
  const head = joined("8BPS", number(1, 2), "\0\0\0\0\0\0", number(3, 2), number(30), number(40));
  const picture = joined(number(0), "\0\0", "pixels");
  return joined(head, number(8, 2), number(3, 2), number(0), number(all.length), all, picture);
}

Deno.test("a Photoshop document loses who made it, where and when, and keeps its colours and layers", () => {
  const colours = resource(1039, "a profile of colours");
  const before = photoshop(
    resource(1028, `by ${PLACE}`),
    colours,
    resource(1058, exifWithPlace(1, PLACE), "odd"),
    resource(1060, `<x>${PLACE}</x>`),
    resource(4242, PLACE, PLACE, "MeSa"),
    resource(2000, "a path of the picture", "outline"),
  );
  const { type, measured, after } = look(before);
  assert.deepEqual(
    [type, measured!.width, measured!.height],
    ["image/vnd.adobe.photoshop", 40, 30],
  );
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  for (const kept of ["a profile of colours", "a path of the picture", "outline", "pixels"]) {
    assert.ok(holds(after, kept), kept);
  }
  assert.equal(after.length, before.length);
});

function tagOf(entry: Uint8Array): number {
  return entry[0]! + 256 * entry[1]!;
}

/** Of 3 by 2 pixels, by an artist, at a place that its list of Exif leads to. */
async function bigTiff(artist: string): Promise<Uint8Array<ArrayBuffer>> {
  const made = sharp({ create: { width: 3, height: 2, channels: 3, background: "#c86432" } });
  const plain = new Uint8Array(await made.tiff({ bigtiff: true }).toBuffer());
  const view = new DataView(plain.buffer);
  const at = Number(view.getBigUint64(8, true));
  const count = Number(view.getBigUint64(at, true));
  // The list goes behind everything, with two entries more.
  const entries = Array.from(
    { length: count },
    (_, index) => plain.slice(at + 8 + 20 * index, at + 8 + 20 * (index + 1)),
  );
  const begin = plain.length;
  const words = begin + 8 + 20 * (count + 2) + 8;
  const little = (value: number, length: number) => number(value, length).reverse();
  const entry = (tag: number, kind: number, length: number, value: number) =>
    joined(little(tag, 2), little(kind, 2), little(length, 8), little(value, 8));
  view.setBigUint64(8, BigInt(begin), true);
  const gps = words + artist.length;
  const place = gps + 8 + 20 + 8;
  return joined(
    plain,
    little(count + 2, 8),
    ...[...entries, entry(315, 2, artist.length, words), entry(34853, 18, 1, gps)]
      .sort((a, b) => tagOf(a) - tagOf(b)),
    little(0, 8),
    artist,
    little(1, 8),
    entry(27, 2, PLACE.length, place),
    little(0, 8),
    PLACE,
  );
}

Deno.test("a BigTIFF loses its place and its maker's words, and keeps its pixels", async () => {
  const before = await bigTiff("somebody whom nobody shall know\0");
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width, measured!.height], ["image/tiff", 3, 2]);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  assert.ok(holds(before, "somebody whom") && !holds(after, "somebody whom"));
  const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
  assert.deepEqual(await pixels(after), await pixels(before));
});

Deno.test("what begins like one of these and is none is measured as none, and every cut of one ends", async () => {
  for (
    const mark of [joined(JXL_MARK, "<html>"), joined(JP2_MARK, "<html>"), ascii("II+\0<html>")]
  ) {
    assert.equal(look(mark).measured, null);
  }
  const psd = photoshop(resource(1058, exifWithPlace(1, PLACE)), resource(1039, "colours"));
  assert.equal(look(psd.with(34, 0)).measured, null, "a resource without a mark");
  const files = [
    jpegXl(box("Exif", PLACE)),
    joined(JP2_MARK, box("jp2h", box("ihdr", number(30), number(40)))),
    psd,
    await bigTiff("somebody\0"),
  ];
  for (const file of files) lookAtBroken(file);
});
