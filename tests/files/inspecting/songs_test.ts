/** Songs keep their names and their picture; where, when and with what they were recorded goes. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { box, exifWithPlace, joined, number, riff, segment } from "../../support/made_files.ts";

const PLACE = "+59.9386+030.3141/";
const little = (value: number, length = 4) => number(value, length).reverse();

/** With a place in it. */
async function cover(): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new Uint8Array(
    await sharp({ create: { width: 9, height: 7, channels: 3, background: "#c86432" } })
      .jpeg().toBuffer(),
  );
  const exif = segment(0xe1, joined("Exif\0\0", exifWithPlace(6, PLACE)));
  return joined(plain.subarray(0, 2), exif, plain.subarray(2));
}

/** A picture as FLAC has it, and as Vorbis's comments have it in Base64. */
function pictureBlock(picture: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined(
    ...[number(3), number(10), "image/jpeg", number(0), new Uint8Array(16)],
    ...[number(picture.length), picture],
  );
}

function comments(...all: string[]): Uint8Array<ArrayBuffer> {
  const texts = all.map((text) => joined(little(text.length), text));
  return joined(little(6), "writer", little(all.length), ...texts);
}

const SAID = ["TITLE=a title", `LOCATION=${PLACE}`, "artist=somebody", "DATE=2021-03-04T10:20:30"];

function flac(...blocks: [kind: number, content: Uint8Array | string][]) {
  const format = joined(new Uint8Array(10), number(0x0ac442f0), number(88_200), new Uint8Array(16));
  const all = [[0, format] as const, ...blocks].map(([kind, content], index) => {
    const last = index === blocks.length ? 0x80 : 0;
    return joined(number(last | kind, 1), number(content.length, 3), content);
  });
  return joined("fLaC", ...all, "the sound");
}

Deno.test("a FLAC keeps its title and its picture, and loses place, time and programs' blocks", async () => {
  const before = flac(
    [6, pictureBlock(await cover())],
    [2, `riff${PLACE}`],
    [4, comments(...SAID)],
    [1, PLACE],
  );
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.duration, after.length], ["audio/flac", 2, before.length]);
  for (const kept of ["TITLE=a title", "artist=somebody", "image/jpeg", "the sound"]) {
    assert.ok(holds(after, kept), kept);
  }
  assert.ok(!holds(after, PLACE) && !holds(after, "2021"));
  // The comments end where their block ends, and padding stands behind.
  const left = comments("TITLE=a title", "artist=somebody");
  assert.ok(holds(after, `\x04\0\0${String.fromCharCode(left.length)}\x06\0\0\0writer\x02`));
  lookAtBroken(before);
});

/** A page of Ogg, whose sum is still wrong. */
function page(content: Uint8Array, serial: number, kind: number): Uint8Array<ArrayBuffer> {
  const pieces = Array<number>(Math.floor(content.length / 255)).fill(255);
  const ended = kind & 8 ? pieces : [...pieces, content.length % 255];
  const head = joined("OggS\0", number(kind & 7, 1), little(96_000, 8), little(serial), little(0));
  return joined(head, little(0), number(ended.length, 1), Uint8Array.from(ended), content);
}

/** The sum of a page, bit by bit. */
function sumOf(from: Uint8Array): number {
  const bytes = new Uint8Array(from);
  bytes.fill(0, 22, 26);
  let value = 0;
  for (const byte of bytes) {
    value ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) value = value < 0 ? value << 1 ^ 0x04c11db7 : value << 1;
  }
  return value >>> 0;
}

Deno.test("an Opus keeps its title and its picture over many pages, whose sums are right", async () => {
  const picture = pictureBlock(joined(await cover(), new Uint8Array(3_000).fill(7)));
  const said = [SAID[1]!, SAID[0]!, `METADATA_BLOCK_PICTURE=${picture.toBase64()}`, SAID[3]!];
  const packet = joined("OpusTags", comments(...said));
  const cut = 255 * 5;
  const head = page(joined("OpusHead\x01\x01", little(0, 2), new Uint8Array(7)), 7, 2);
  const first = page(packet.subarray(0, cut), 7, 8);
  const second = page(packet.subarray(cut), 7, 1);
  const sound = page(joined("the sound"), 7, 4);
  const { type, measured, after } = look(joined(head, first, second, sound));
  assert.deepEqual([type, measured!.duration], ["audio/ogg", 2]);
  assert.ok(holds(after, "OpusTags\x06\0\0\0writer\x02\0\0\0\x0d\0\0\0TITLE=a title"));
  assert.ok(!holds(after, "LOCATION") && !holds(after, "2021") && holds(after, "the sound"));
  for (const part of [first, second]) {
    const at = head.length + (part === second ? first.length : 0);
    const changed = after.subarray(at, at + part.length);
    const sum = new DataView(changed.buffer, changed.byteOffset).getUint32(22, true);
    assert.equal(sum, sumOf(changed));
  }
  const pieces = [
    after.subarray(head.length + 27 + 5, head.length + first.length),
    after.subarray(head.length + first.length + second.length - (packet.length - cut)),
  ];
  const text = new TextDecoder("latin1").decode(joined(...pieces));
  const encoded = /METADATA_BLOCK_PICTURE=([\w+/]+=*)/.exec(text)![1]!;
  const inside = Uint8Array.fromBase64(encoded);
  assert.equal(inside.length, picture.length);
  assert.ok(!holds(inside, PLACE) && holds(inside, "image/jpeg"));
  lookAtBroken(joined(head, first, second, sound).subarray(0, 2_000));
});

Deno.test("a Vorbis's comments end with the bit that its readers ask for, and a film keeps less", () => {
  const stream = (begin: string, name: string, serial: number) => [
    page(joined(begin, new Uint8Array(23)), serial, 2),
    page(joined(name, comments(...SAID, "DATE=2021"), "\x01"), serial, 0),
  ];
  const sound = stream("\x01vorbis", "\x03vorbis", 1);
  const song = look(joined(...sound)).after;
  assert.ok(holds(song, "artist=somebody\x09\0\0\0DATE=2021\x01\0\0"));
  assert.ok(!holds(song, PLACE) && !holds(song, "10:20"));
  const picture = stream("\x80theora", "\x81theora", 2);
  const { type, after } = look(joined(picture[0]!, sound[0]!, picture[1]!, sound[1]!));
  assert.equal(type, "video/ogg");
  assert.ok(holds(after, "artist=somebody\x01\0\0") && !holds(after, "2021"));
  assert.ok(!holds(after, PLACE));
});

/** A frame of ID3; its length in bytes of seven bits where the version is the newest. */
function frame(name: string, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return joined(name, number(content.length), "\0\0", content);
}

const MP3 = joined(Uint8Array.of(0xff, 0xfb, 0x90, 0x00), new Uint8Array(413));

function tag(version: number, flags: number, ...frames: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const inside = joined(...frames, new Uint8Array(20), "what was there");
  const sizes = [inside.length >> 7, inside.length & 127];
  return joined(
    "ID3",
    number(version, 1),
    "\0",
    number(flags, 1),
    "\0\0",
    Uint8Array.from(sizes),
    inside,
  );
}

Deno.test("an MP3 keeps its title and its picture, and loses what programs wrote for themselves", async () => {
  const picture = frame("APIC", joined("\0image/jpeg\0\x03\0", await cover()));
  for (const version of [3, 4]) {
    const said = [
      frame("TIT2", "\0a title"),
      frame("TXXX", `\0place\0${PLACE}`),
      frame("PRIV", PLACE),
      frame("GEOB", PLACE),
      frame("POPM", "somebody@example.org"),
      frame("TDRC", joined("\0", "2021-03-04T10:20")),
      frame("TPE1", "\0somebody"),
    ];
    // Pictures of more than 127 bytes are written as iTunes did.
    const before = joined(tag(version, 0, ...said, picture), ...Array<Uint8Array>(9).fill(MP3));
    const { type, measured, after } = look(before);
    assert.equal(type, "audio/mpeg");
    assert.ok(measured!.duration! > 0.2 && after.length === before.length);
    for (const kept of ["TIT2", "a title", "TPE1", "APIC", "image/jpeg"]) {
      assert.ok(holds(after, kept), `${version} ${kept}`);
    }
    for (const gone of [PLACE, "example.org", "2021", "what was there"]) {
      assert.ok(holds(before, gone) && !holds(after, gone), `${version} ${gone}`);
    }
    lookAtBroken(before);
  }
});

Deno.test("a tag that nobody can walk becomes padding, and the sound stays", () => {
  const { measured, after } = look(
    joined(tag(3, 0x80, frame("TIT2", PLACE)), ...Array<Uint8Array>(9).fill(MP3)),
  );
  assert.ok(measured!.duration! > 0.2);
  assert.ok(!holds(after, PLACE));
});

const FORMAT = joined(little(1, 2), little(1, 2), little(8_000), little(16_000), little(0));

Deno.test("a WAV loses what recorders write beside the sound, and keeps a song's names and year", () => {
  const info = (...chunks: Uint8Array[]) => riff("LIST", joined("INFO", ...chunks));
  const before = joined(
    ...["RIFF\0\0\0\0WAVE", riff("bext", PLACE), riff("fmt ", FORMAT), riff("iXML", PLACE)],
    info(riff("INAM", "a title"), riff("ICRD", "2021-03-04"), riff("ISFT", PLACE)),
    ...[riff("JUNK", PLACE), riff("data", joined("the sound", new Uint8Array(7_991)))],
    ...[riff("_PMX", PLACE), riff("id3 ", tag(3, 0, frame("PRIV", PLACE), frame("TPE1", "\0me")))],
    info(riff("IART", "somebody"), riff("ICRD", "2020")),
  );
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.duration, after.length], ["audio/wav", 0.5, before.length]);
  for (const kept of ["a title", "somebody", "the sound", "2020", "TPE1"]) {
    assert.ok(holds(after, kept), kept);
  }
  assert.ok(!holds(after, PLACE) && !holds(after, "2021") && !holds(after, "what was there"));
  lookAtBroken(before);
});

Deno.test("a WAV that was cut off before its length was known is the sound to its end", () => {
  const before = joined(
    "RIFF\0\0\0\0WAVE",
    riff("fmt ", FORMAT),
    "data\0\0\0\0LISTsound",
    "s".repeat(7_991),
  );
  const { measured, after } = look(before);
  assert.equal(measured!.duration, 0.5);
  assert.deepEqual(after, before);
});

Deno.test("an M4A keeps its names, its day and its picture, and loses who bought or recorded it", async () => {
  const word = (kind: string, content: Uint8Array | string) =>
    box(kind, box("data", number(1), number(0), joined(content)));
  const song = (...said: Uint8Array[]) => {
    const handler = box("hdlr", number(0), number(0), "mdir", number(0));
    const list = box("udta", box("meta", number(0), handler, box("ilst", ...said)));
    const clock = box("mvhd", number(0), number(0), number(0), number(1_000), number(2_000));
    return joined(box("ftyp", "M4A ", number(0), "M4A "), box("moov", clock, list));
  };
  const before = song(
    ...[word("\xa9nam", "a title"), word("\xa9day", "2021-03-04"), word("\xa9too", `by ${PLACE}`)],
    ...[word("apID", PLACE), word("ownr", PLACE), word("----", PLACE), word("covr", await cover())],
  );
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.duration, after.length], ["audio/mp4", 2, before.length]);
  for (const kept of ["a title", "2021-03-04", "covr", "\xff\xd8\xff"]) {
    assert.ok(holds(after, kept), kept);
  }
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  const recorded = song(word("\xa9day", "2021-03-04T10:20:30Z"), word("covr", PLACE));
  assert.ok(!holds(look(recorded).after, "2021") && !holds(look(recorded).after, PLACE));
  lookAtBroken(before);
});
