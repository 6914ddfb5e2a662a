/** Canon's raw pictures keep what they are developed by, and nothing of place, time, people, numbers. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { ascii, box, exifWithPlace, joined, number, segment } from "../../support/made_files.ts";

const WORD = "somebody whom nobody shall know";
const PLACE = "+59.9386+030.3141/";
const TIME = "\xda\x01\x02\x03";
const little = (value: number, length = 4) => number(value, length).reverse();

/** A list of texts. */
function tiff(...texts: [tag: number, value: string][]): Uint8Array<ArrayBuffer> {
  let at = 8 + 2 + 12 * texts.length + 4;
  const entries = texts.map(([tag, { length }]) => {
    at += length;
    return joined(little(tag, 2), little(2, 2), little(length), little(at - length));
  });
  const values = texts.map(([, value]) => value);
  return joined("II*\0", little(8), little(texts.length, 2), ...entries, little(0), ...values);
}

const HEAD = tiff([271, "the maker"], [306, "2024:01:02"], [315, WORD]);
const EXIF = tiff([33434, "the exposure"], [36867, "2024:01:02"], [42033, WORD]);
const NOTES = tiff([0x0006, "the model"], [0x000c, WORD], [0x0009, WORD], [0x4001, "the colours"]);
const GPS = tiff([29, "2024:01:02"], [27, PLACE]);

const uuid = (name: string, ...content: (Uint8Array | string)[]) =>
  box("uuid", Uint8Array.fromHex(name), ...content);

const record = (kind: number, content: Uint8Array | string) =>
  joined(little(12 + content.length), little(kind, 2), "\0\0\0\x01\xff\xff", content);
const part = (tag: number, content: Uint8Array) =>
  joined(little(8 + content.length), little(tag), content);
const BESIDE = joined(
  record(1, "\0\0\xe8\x07\x01\x02\x03\x04\x05\x06"),
  record(4, "the focus"),
  record(7, joined(part(0x8769, EXIF), part(0x927c, NOTES))),
  record(8, part(0x927c, NOTES)),
  record(99, WORD),
);

function track(handler: string, at: number, length: number): Uint8Array<ArrayBuffer> {
  const sides = joined(number(60, 2), number(0, 2), number(40, 2), number(0, 2));
  const shown = joined(number(0x10000), new Uint8Array(32), sides);
  const header = box("tkhd", number(0), TIME, TIME, number(1), new Uint8Array(24), shown);
  const clock = box("mdhd", number(0), TIME, TIME, number(1_000), number(1), number(0));
  const named = box("hdlr", number(0), number(0), handler, number(0));
  const table = box(
    "stbl",
    box("stsz", number(0), number(length), number(1)),
    box("stsc", number(0), number(1), number(1), number(1), number(1)),
    box("co64", number(0), number(1), number(at, 8)),
  );
  return box("trak", header, box("mdia", clock, named, box("minf", table)));
}

async function jpeg(): Promise<Uint8Array<ArrayBuffer>> {
  const plain = await sharp({
    create: { width: 9, height: 7, channels: 3, background: "#c86432" },
  }).jpeg().toBuffer();
  const exif = segment(0xe1, joined("Exif\0\0", exifWithPlace(1, PLACE)));
  return joined(plain.subarray(0, 2), exif, plain.subarray(2));
}

/** @param beside what is said of the picture beside it */
async function raw(beside: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await jpeg();
  const small = box("PRVW", new Uint8Array(16), picture);
  const whole = (at: number) => {
    const canon = uuid(
      "85c0b687820f11e08111f4ce462b6a48",
      ...[box("CNCV", "the version"), box("free", PLACE), box("CMT1", HEAD), box("CMT2", EXIF)],
      ...[box("CMT3", NOTES), box("CMT4", GPS), box("THMB", new Uint8Array(16), picture)],
      box("CMTX", PLACE),
    );
    const header = box("mvhd", number(0), TIME, TIME, number(1), number(1), new Uint8Array(80));
    const tracks = [
      track("vide", at, picture.length),
      track("vide", at + picture.length, 10),
      track("meta", at + picture.length + 10, beside.length),
    ];
    return joined(
      box("ftyp", "crx ", number(1), "crx isom"),
      box("moov", canon, header, ...tracks, box("udta", PLACE)),
      uuid("be7acfcb97a942e89c71999491e3afac", `<xmp>${PLACE}</xmp>`),
      uuid("eaf42b5e1c984b88b9fbb7dc406e4d16", new Uint8Array(8), small),
      box("mdat", picture, "the sensor", beside),
    );
  };
  const content = picture.length + 10 + beside.length;
  return whole(whole(0).length - content);
}

Deno.test("a CR3 keeps its camera, its colours and its pictures, and loses the rest", async () => {
  const before = await raw(BESIDE);
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width, measured!.height], ["image/x-canon-cr3", 60, 40]);
  const kept = "the version,the maker,the exposure,the model,the colours,the focus,the sensor,PRVW";
  for (const each of kept.split(",")) assert.ok(holds(after, each), each);
  for (const gone of [WORD, PLACE, "2024", TIME, "\xe8\x07\x01\x02"]) {
    assert.ok(holds(before, gone) && !holds(after, gone), gone);
  }
  assert.equal(after.length, before.length);
  const found = new TextDecoder("latin1").decode(after).split("the colours").length - 1;
  assert.equal(found, 3, "in the head, and twice beside the picture");
  lookAtBroken(before);
});

Deno.test("what is said beside a CR3's picture in a form that nobody knows goes as a whole", async () => {
  for (const beside of [ascii(WORD), joined(record(7, joined("\xff\xff\0\0", WORD)))]) {
    const { measured, after } = look(await raw(beside));
    assert.equal(measured!.width, 60);
    assert.ok(!holds(after, WORD) && holds(after, "the sensor") && holds(after, "the colours"));
  }
});
