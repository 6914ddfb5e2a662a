/** What files say of themselves, and what is taken from them. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import {
  ascii,
  box,
  chunk,
  element,
  exifWithPlace,
  joined,
  number,
  riff,
  segment,
} from "../../support/made_files.ts";
import { comments, page } from "../../support/made_songs.ts";

const PLACE = "N59.9386 E30.3141";
const PHOTO = { create: { width: 40, height: 30, channels: 3, background: "#c86432" } } as const;

async function jpeg(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await sharp(PHOTO).jpeg().toBuffer());
}

/** Decodes to the same picture as before. */
async function assertSame(before: Uint8Array, after: Uint8Array): Promise<void> {
  const pixels = (bytes: Uint8Array) => sharp(bytes, { pages: -1 }).raw().toBuffer();
  assert.deepEqual(await pixels(after), await pixels(before));
}

Deno.test("a JPEG loses place, maker and comments, and keeps its pixels and which side is up", async () => {
  const plain = await jpeg();
  const foreign = [
    segment(0xe1, joined("Exif\0\0", exifWithPlace(6, PLACE))),
    segment(0xe1, joined("http://ns.adobe.com/xap/1.0/\0", `<x>${PLACE}</x>`)),
    segment(0xed, joined("Photoshop 3.0\0", PLACE)),
    segment(0xe2, joined("MPF\0", PLACE)),
    segment(0xe2, joined("ICC_PROFILE\0", "colours stay")),
    segment(0xfe, PLACE),
  ];
  const before = joined(plain.subarray(0, 2), ...foreign, plain.subarray(2));
  const { type, measured, after } = look(before);
  assert.equal(type, "image/jpeg");
  assert.deepEqual([measured!.width, measured!.height], [30, 40]);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  assert.ok(holds(after, "colours stay"));
  assert.equal((await sharp(after).metadata()).orientation, 6);
  await assertSame(plain, after);
});

Deno.test("what stands behind a picture's end is cut off: short videos, archives, pages", async () => {
  const behind = `<script>alert(1)</script>${PLACE}`;
  const png = new Uint8Array(await sharp(PHOTO).png().toBuffer());
  const gif = new Uint8Array(await sharp(PHOTO).gif().toBuffer());
  const webp = new Uint8Array(await sharp(PHOTO).webp().toBuffer());
  for (const plain of [await jpeg(), png, gif, webp]) {
    const { measured, after } = look(joined(plain, behind));
    assert.deepEqual([measured!.width, measured!.height, measured!.frames], [40, 30, 1]);
    assert.deepEqual(after, plain);
  }
});

Deno.test("a PNG loses its texts and Exif, and keeps what changes its look", async () => {
  const plain = new Uint8Array(await sharp(PHOTO).png().toBuffer());
  const at = 8 + 25; // behind IHDR
  const before = joined(
    plain.subarray(0, at),
    chunk("tEXt", `Comment\0${PLACE}`),
    chunk("iTXt", PLACE),
    chunk("eXIf", exifWithPlace(8, PLACE)),
    chunk("prVt", PLACE),
    plain.subarray(at),
  );
  const { measured, after } = look(before);
  assert.deepEqual([measured!.width, measured!.height], [30, 40]);
  assert.equal(holds(after, PLACE), false);
  await assertSame(plain, after);
});

Deno.test("a WebP loses XMP and place, and keeps which side is up", async () => {
  const plain = new Uint8Array(
    await sharp(PHOTO).withMetadata({ orientation: 3 }).webp().toBuffer(),
  );
  const inside = joined(plain.subarray(12), riff("XMP ", `<x>${PLACE}</x>`));
  const before = joined("RIFF", number(4 + inside.length).reverse(), "WEBP", inside);
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width], ["image/webp", 40]);
  assert.equal(holds(after, PLACE), false);
  assert.equal((await sharp(after).metadata()).orientation, 3);
  await assertSame(plain, after);
});

Deno.test("a GIF loses its comments, and tells whether it moves", async () => {
  const frames = Array.from({ length: 3 }, (_, index) => ({
    create: { width: 9, height: 7, channels: 3 as const, background: `rgb(${index * 90},0,0)` },
  }));
  const plain = new Uint8Array(
    await sharp(await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer())), {
      join: { animated: true },
    }).gif().toBuffer(),
  );
  const text = PLACE.padEnd(255, ".");
  const comment = joined("\x21\xfe", number(255, 1), text, number(9, 1), "and so on", "\0");
  const before = joined(plain.subarray(0, -1), comment, "\x3b");
  const { measured, after } = look(before);
  assert.deepEqual([measured!.width, measured!.height, measured!.frames], [9, 7, 3]);
  assert.ok(!holds(after, PLACE) && !holds(after, "so on"));
  await assertSame(plain, after);
});

Deno.test("a GIF that ends in zeros, as some programs fill it up, ends where they begin", () => {
  const picture = joined("GIF89a\x04\0\x04\0\0\0\0", ",\0\0\0\0\x04\0\x04\0\0\x02\x02\x44\x01\0");
  const { measured, after } = look(joined(picture, new Uint8Array(100_000)));
  assert.equal(measured!.frames, 1);
  assert.deepEqual(after, joined(picture, ";"));
});

Deno.test("a GIF is as large as what stands in it, whatever its screen is said to be", () => {
  const screen = "\x0a\0\x0a\0\x80\0\0\0\0\0\xff\xff\xff";
  const frame = "\x2c\x01\0\x02\0\xff\xff\xff\x7f\0\x02\x03\x44\x02\x05\0";
  const { measured } = look(joined("GIF89a", screen, frame, "\x3b"));
  assert.deepEqual([measured!.width, measured!.height], [65_536, 32_769]);
});

Deno.test("Exif is gone also where there is more of it than any camera writes", async () => {
  const much = joined(exifWithPlace(3, PLACE), new Uint8Array(1_100_000), PLACE);
  const png = new Uint8Array(await sharp(PHOTO).png().toBuffer());
  const webp = new Uint8Array(await sharp(PHOTO).webp().toBuffer());
  const chunks = joined(webp.subarray(12), riff("EXIF", much));
  for (
    const before of [
      joined(png.subarray(0, 33), chunk("eXIf", much), png.subarray(33)),
      joined("RIFF", number(4 + chunks.length).reverse(), "WEBP", chunks),
    ]
  ) {
    const { after } = look(before);
    assert.equal(holds(after, PLACE), false);
  }
});

/** Two grey pixels, by an artist, at a place. */
function tiff(artist: string, place: string): Uint8Array<ArrayBuffer> {
  const entry = (tag: number, kind: number, count: number, value: number) =>
    joined(
      number(tag, 2),
      number(kind, 2),
      number(count),
      number(value, kind === 3 ? 2 : 4),
    ) as Uint8Array;
  const short = (tag: number, value: number) => joined(entry(tag, 3, 1, value), "\0\0");
  const list = 8 + 2 + 11 * 12 + 4;
  const gps = list + artist.length;
  return joined(
    "MM\0*",
    number(8),
    number(11, 2),
    ...[short(256, 2), short(257, 1), short(258, 8), short(259, 1), short(262, 1)],
    entry(273, 4, 1, gps + 18 + place.length),
    ...[short(277, 1), short(278, 1), entry(279, 4, 1, 2)],
    entry(315, 2, artist.length, list),
    entry(34853, 4, 1, gps),
    number(0),
    artist,
    number(1, 2),
    entry(27, 2, place.length, gps + 18),
    number(0),
    place,
    Uint8Array.of(10, 200),
  );
}

Deno.test("a TIFF loses its place and its maker's words", async () => {
  const plain = tiff("somebody whom nobody shall know\0", `${PLACE}\0`);
  const { type, measured, after } = look(plain);
  assert.deepEqual([type, measured!.width, measured!.height], ["image/tiff", 2, 1]);
  assert.ok(holds(plain, PLACE) && !holds(after, PLACE));
  assert.ok(holds(plain, "somebody whom") && !holds(after, "somebody whom"));
  await assertSame(plain, after);
});

Deno.test("HEIC and AVIF lose Exif and XMP by their table of places, and tell their size upright", async () => {
  const exif = joined(number(0), exifWithPlace(1, PLACE));
  const item = (id: number, kind: string) =>
    box("infe", number(0x02000000), number(id, 2), number(0, 2), kind, "\0");
  const build = (at: number) =>
    joined(
      box("ftyp", "heic", number(0), "mif1heic"),
      box(
        "meta",
        number(0),
        box("hdlr", number(0), number(0), "pict", number(0), number(0), number(0), "\0"),
        box("iinf", number(0), number(2, 2), item(1, "hvc1"), item(2, "Exif")),
        box(
          "iloc",
          number(0),
          number(0x4400, 2),
          number(1, 2),
          joined(number(2, 2), number(0, 2), number(1, 2), number(at), number(exif.length)),
        ),
        box(
          "iprp",
          box("ipco", box("ispe", number(0), number(512), number(512))),
        ),
      ),
      box("mdat", exif),
      box("mpvd", PLACE),
    );
  const at = build(0).length - box("mpvd", PLACE).length - exif.length;
  const { type, measured, after } = look(build(at));
  assert.equal(type, "image/heic");
  assert.deepEqual([measured!.width, measured!.height], [512, 512]);
  assert.equal(holds(after, PLACE), false);
  const avif = new Uint8Array(
    await sharp(PHOTO).withExif({ IFD3: { GPSMapDatum: PLACE } }).avif({ effort: 0 }).toBuffer(),
  );
  const looked = look(avif);
  assert.ok(holds(avif, PLACE) && !holds(looked.after, PLACE));
  assert.deepEqual([looked.type, looked.measured!.width], ["image/avif", 40]);
  await assertSame(avif, looked.after);
});

/** A movie of `seconds`, which says where it was recorded in four places. */
function movie(brand: string, seconds: number): Uint8Array<ArrayBuffer> {
  const header = box(
    "mvhd",
    number(0),
    number(0),
    number(0),
    number(1_000),
    number(seconds * 1000),
  );
  const matrix = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000].map((value) =>
    number(value < 0 ? value + 2 ** 32 : value)
  );
  const handler = (kind: string) =>
    box("hdlr", number(0), number(0), kind, number(0), number(0), number(0), "\0");
  const track = box(
    "trak",
    box("tkhd", number(0), new Uint8Array(36), ...matrix, number(640 << 16), number(360 << 16)),
    box("mdia", handler("vide")),
    box("udta", box("loci", PLACE)),
  );
  const place = PLACE;
  const way = (at: number) =>
    box(
      "trak",
      box(
        "mdia",
        handler("meta"),
        box(
          "minf",
          box(
            "stbl",
            box("stsz", number(0), number(place.length), number(1)),
            box("stsc", number(0), number(1), number(1), number(1), number(1)),
            box("stco", number(0), number(1), number(at)),
          ),
        ),
      ),
    );
  const kept = box("ilst", box("\xa9nam", "the song's name"), box("\xa9xyz", PLACE));
  const song = box("meta", number(0), handler("mdir"), kept);
  const build = (at: number) =>
    joined(
      box("ftyp", brand, number(0)),
      box(
        "moov",
        header,
        track,
        way(at),
        box("udta", box("\xa9xyz", PLACE), song),
        box("meta", handler("mdta"), PLACE),
      ),
      box("mdat", place),
    );
  return build(build(0).length - place.length);
}

Deno.test("a video loses where it was recorded, second by second too, and tells its size upright", () => {
  const { type, measured, after } = look(movie("isom", 12.5));
  assert.equal(type, "video/mp4");
  assert.deepEqual([measured!.width, measured!.height, measured!.duration], [360, 640, 12.5]);
  assert.equal(holds(after, PLACE), false);
  assert.ok(holds(after, "the song's name"));
  assert.equal(look(movie("qt  ", 1)).type, "video/quicktime");
  assert.equal(look(movie("M4A ", 1)).type, "audio/mp4");
});

Deno.test("what browsers record tells its duration by its pieces", () => {
  const ebml = element(0x1a45dfa3, element(0x4282, "webm"));
  const block = (time: number) => element(0xa3, "\x81", number(time, 2), "\0x");
  const webm = joined(
    ebml,
    joined(number(0x18538067), Uint8Array.of(0x01), new Uint8Array(7).fill(0xff)),
    element(0x1549a966, element(0x2ad7b1, number(1_000_000, 3))),
    element(0x1654ae6b, element(0xae, element(0x86, "A_OPUS"))),
    element(0x1f43b675, element(0xe7, number(0, 1)), block(0), block(960)),
    element(0x1f43b675, element(0xe7, number(5_000, 2)), block(20), block(1_940)),
  );
  const told = look(webm);
  assert.equal(told.type, "video/webm");
  assert.equal(told.measured!.duration, 6.94);
  const track = box(
    "trak",
    box("tkhd", number(0), number(0), number(0), number(1)),
    box("mdia", box("mdhd", number(0), number(0), number(0), number(48_000))),
  );
  const piece = (start: number) =>
    box(
      "moof",
      box(
        "traf",
        box("tfhd", number(0), number(1)),
        box("tfdt", number(0), number(start)),
        box("trun", number(0x100), number(2), number(1_024), number(1_024)),
      ),
    );
  const mp4 = joined(
    box("ftyp", "isom", number(0)),
    box("moov", box("mvhd", number(0), new Uint8Array(16)), track),
    piece(0),
    piece(48_000),
  );
  assert.equal(look(mp4).measured!.duration, (48_000 + 2_048) / 48_000);
});

Deno.test("sounds tell their duration", () => {
  const ogg = joined(
    page(joined("OpusHead\x01\x01\x38\x01", new Uint8Array(7)), 1, 2),
    page(joined("OpusTags", comments()), 1, 0),
    joined("OggS\0\x04", number(96_312, 8).reverse(), new Uint8Array(13)),
  );
  assert.deepEqual([look(ogg).type, look(ogg).measured!.duration], ["audio/ogg", 2]);
  const format = joined(number(0, 4), number(8_000).reverse(), number(16_000).reverse(), number(0));
  const wav = joined("RIFF\0\0\0\0WAVE", riff("fmt ", format), riff("data", new Uint8Array(8_000)));
  assert.deepEqual([look(wav).type, look(wav).measured!.duration], ["audio/wav", 0.5]);
  const frame = joined(Uint8Array.of(0xff, 0xfb, 0x90, 0x00), new Uint8Array(413));
  const mp3 = joined("ID3\x03\0\0\0\0\0\x0a", new Uint8Array(10), ...Array(40).fill(frame));
  assert.equal(look(mp3).type, "audio/mpeg");
  assert.ok(Math.abs(look(mp3).measured!.duration! - 1.04) < 0.01);
  const stream = joined(new Uint8Array(10), number(0x0ac442f0), number(88_200));
  const flac = joined("fLaC\x80\0\0\x22", stream);
  assert.equal(look(joined(flac, new Uint8Array(40))).measured!.duration, 2);
});

Deno.test("types are told by content; what a page could do is never called a picture or a plain text", () => {
  const told = (content: Uint8Array | string, name = "") => look(joined(content), name).type;
  assert.equal(told("%PDF-1.7 ..."), "application/pdf");
  assert.equal(told("<!doctype html><p>x", "notes.txt"), "text/html");
  assert.equal(told("\xef\xbb\xbf <!-- x --><script>1</script>", "a.csv"), "text/html");
  assert.equal(told("plain words", "page.html"), "text/html");
  assert.equal(told("<?xml version='1.0'?><svg xmlns='x'/>", "cat.png"), "image/svg+xml");
  for (const root of ["title", "table", "a", "style", "note"]) {
    const xml = `<?xml version="1.0"?>\n<!-- x --><${root}>words</${root}>`;
    assert.equal(told(xml, "notes.xml"), "application/xml", root);
    assert.equal(told(xml), "application/xml", root);
    assert.equal(told(xml, "notes.html"), "text/html", root);
  }
  assert.equal(told("<?xml version='1.0'?><x:html xmlns:x='x'/>", "a.xml"), "text/html");
  assert.equal(told("<?xml version='1.0'?><script>1</script>", "a.xml"), "text/html");
  assert.equal(told("a;b\n1;2\n", "table.csv"), "text/csv");
  assert.equal(told("const x = 1;", "x.ts"), "text/plain");
  assert.equal(told("", "nothing.png"), "text/plain");
  assert.equal(told("GIF89a<script>alert(1)</script>", "x.gif"), "text/plain");
  assert.equal(told("PK\x03\x04 and so on", "letter.docx").includes("wordprocessingml"), true);
  assert.equal(told("PK\x03\x04 and so on", "x.zip"), "application/zip");
  assert.equal(told("\x00\x01\x02\x03 what is it", "photo.jpg"), "application/octet-stream");
  assert.equal(told(new TextEncoder().encode("Привет"), ""), "text/plain");
});

Deno.test("what is no picture behind its first bytes is measured as none, and every cut of one ends", async () => {
  assert.equal(look(ascii("GIF89a\0<script>alert(1)</script>")).measured, null);
  assert.equal(look(ascii("\x89PNG\r\n\x1a\n<html>")).measured, null);
  const webp = await sharp(PHOTO).withMetadata({ orientation: 3 }).webp().toBuffer();
  const files = [await jpeg(), webp, await sharp(PHOTO).png().toBuffer(), movie("isom", 1)];
  for (const file of files) lookAtBroken(file);
});
