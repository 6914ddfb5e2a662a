/** Ogg: what any of its streams says of place, time and device goes, and its sums are right again. */
import assert from "node:assert/strict";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { joined, number } from "../../support/made_files.ts";
import { comments, cover, little, page, pictureBlock, PLACE } from "../../support/made_songs.ts";

const SAID = ["TITLE=a title", `LOCATION=${PLACE}`, "artist=somebody", "DATE=2021-03-04T10:20:30"];

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

/** A block of FLAC. */
function block(kind: number, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const inside = joined(content);
  return joined(number(kind, 1), number(inside.length, 3), inside);
}

/** Of a beginning of two blocks' heads: how many follow nobody said. */
const FLAC = joined("\x7fFLAC\x01\0\0\0fLaC", block(0, new Uint8Array(34)));

Deno.test("a FLAC in Ogg loses place, time and programs' blocks in each of its packets", async () => {
  const said = joined("\x84", number(comments(...SAID).length, 3), comments(...SAID));
  const blocks = [
    block(6, pictureBlock(await cover())),
    joined(block(2, `riff${PLACE}`), new Uint8Array(0)),
    said,
  ];
  const pages = [page(FLAC, 3, 2), ...blocks.map((each) => page(each, 3, 0))];
  const sound = page(joined("the sound, LOCATION=is its word"), 3, 4);
  const before = joined(...pages, sound);
  const { type, after } = look(before);
  assert.deepEqual([type, after.length], ["audio/ogg", before.length]);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE) && !holds(after, "2021"));
  for (const kept of ["TITLE=a title", "artist=somebody", "image/jpeg", "LOCATION=is its word"]) {
    assert.ok(holds(after, kept), kept);
  }
  for (let at = 0, index = 0; index < pages.length; at += pages[index++]!.length) {
    const changed = after.subarray(at, at + pages[index]!.length);
    const sum = new DataView(changed.buffer, changed.byteOffset).getUint32(22, true);
    if (index > 0) assert.equal(sum, sumOf(changed));
  }
  lookAtBroken(before);
});

Deno.test("a film whose skeleton says when it was made is a film, and loses that", () => {
  const skeleton = joined("fishead\0", little(4), new Uint8Array(32), "20210304T102030.000Z");
  const theora = [
    page(joined("\x80theora", new Uint8Array(23)), 2, 2),
    page(joined("\x81theora", comments(...SAID)), 2, 0),
  ];
  const before = joined(page(joined(skeleton, new Uint8Array(16)), 1, 2), ...theora);
  const { type, after } = look(before);
  assert.equal(type, "video/ogg");
  assert.ok(holds(before, "20210304") && !holds(after, "20210304") && !holds(after, PLACE));
  assert.equal(new DataView(after.buffer).getUint32(22, true), sumOf(after.subarray(0, 28 + 80)));
});

Deno.test("what stands between pages of Ogg is nothing that plays, and what follows is cleaned", () => {
  const stream = (serial: number) => [
    page(joined("OpusHead\x01\x01", little(0, 2), new Uint8Array(7)), serial, 2),
    page(joined("OpusTags", comments(...SAID)), serial, 0),
    page(joined("the sound"), serial, 4),
  ];
  const junk = `OggS, ${PLACE}`;
  const before = joined(...stream(1), junk, ...stream(2), junk);
  const { type, after } = look(before);
  assert.deepEqual([type, after.length], ["audio/ogg", before.length]);
  assert.ok(!holds(after, PLACE) && !holds(after, "2021"));
});

Deno.test("an Ogg whose comments are not where they should be is no sound that others are shown", () => {
  const head = page(joined("OpusHead\x01\x01", little(0, 2), new Uint8Array(7)), 1, 2);
  const other = page(joined("OpusToys", comments(...SAID)), 1, 0);
  assert.equal(look(joined(head, other)).measured, null);
  const cut = page(joined("OpusTags", comments(...SAID)), 1, 0);
  assert.equal(look(joined(head, cut).subarray(0, -3)).measured, null);
});
