/** Matroska and WebM: what was attached, what measures and what programs say is not handed on. */
import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { element, joined, number, segment } from "../../support/made_files.ts";
import { cover, PLACE } from "../../support/made_songs.ts";

const HEAD = element(0x1a45dfa3, element(0x4282, "matroska"));
const DURATION = element(0x4489, Uint8Array.of(0x44, 0xfa, 0, 0)); // 2,000
const SIZE = element(0xe0, element(0xb0, "\x40"), element(0xba, "\x30"));

function track(number: number, kind: number, codec: string, ...inside: Uint8Array[]) {
  const said = [element(0xd7, Uint8Array.of(number)), element(0x83, Uint8Array.of(kind))];
  return element(0xae, ...said, element(0x86, codec), ...inside);
}

function block(track: number, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return element(0xa3, Uint8Array.of(0x80 | track), "\0\0\0", content);
}

interface Said {
  tracks?: Uint8Array[];
  blocks?: Uint8Array[];
  behind?: Uint8Array[];
  info?: Uint8Array[];
}

function film({ tracks, blocks, behind, info }: Said): Uint8Array<ArrayBuffer> {
  return joined(
    HEAD,
    element(
      0x18538067,
      element(0x1549a966, DURATION, ...info ?? []),
      element(0x1654ae6b, ...tracks ?? [track(1, 1, "V_VP8", SIZE)]),
      element(0x1f43b675, element(0xe7, "\0"), ...blocks ?? [block(1, "pictures")]),
      ...behind ?? [],
    ),
  );
}

Deno.test("of attached files fonts and pictures stay, without what a camera wrote or somebody noted", async () => {
  const attached = (name: string, type: string, data: Uint8Array | string) =>
    element(
      0x61a7,
      ...[element(0x467e, `of ${PLACE}`), element(0x466e, name), element(0x4660, type)],
      ...[element(0x465c, data), element(0x46ae, number(7))],
    );
  const picture = await cover();
  const all = element(
    0x1941a469,
    attached("cover.jpg", "image/jpeg", picture),
    attached("captions.ttf", "font/ttf", "the font"),
    attached(`${PLACE}.txt`, "text/plain", `by ${PLACE}`),
    attached(`${PLACE}.jpg`, "image/jpeg", `none: ${PLACE}`),
  );
  const before = film({ behind: [all] });
  const { type, after } = look(before);
  assert.deepEqual([type, after.length], ["video/x-matroska", before.length]);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  for (const kept of ["cover.jpg", "captions.ttf", "the font", "\xff\xd8\xff", "pictures"]) {
    assert.ok(holds(after, kept), kept);
  }
  lookAtBroken(before);
});

Deno.test("a track of measurements loses its content, and pictures that are JPEGs their Exif", () => {
  const picture = (exif: string) =>
    joined(
      ...[
        "\xff\xd8",
        segment(0xe1, `Exif\0\0${exif}`),
        segment(0xda, "\0\0"),
        "the picture\xff\xd9",
      ],
    );
  const tracks = [track(1, 1, "V_MJPEG", SIZE), track(2, 33, "D_GPS"), track(3, 2, "A_PCM")];
  const blocks = [block(1, picture(PLACE)), block(2, PLACE), block(3, `\xff\xd8 a sound`)];
  const group = element(0xa0, element(0xa1, "\x82\0\0\0", PLACE));
  const before = film({ tracks, blocks: [...blocks, group] });
  const { measured, after } = look(before);
  assert.deepEqual([measured!.width, measured!.duration, after.length], [64, 2, before.length]);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  assert.ok(holds(after, "the picture\xff\xd9") && holds(after, "\xff\xd8 a sound"));
  lookAtBroken(before);
});

Deno.test("programs' names, and what stood before where nobody reads, become zeros", () => {
  const info = [element(0x4d80, PLACE), element(0x5741, `2021-03-04 ${PLACE}`)];
  const { after } = look(film({ info, behind: [element(0xec, PLACE)] }));
  assert.ok(!holds(after, PLACE) && !holds(after, "2021") && holds(after, "pictures"));
});

Deno.test("tags behind parts that do not tell their length are found", () => {
  const tag = element(0x67c8, element(0x45a3, "LOCATION"), element(0x4487, PLACE));
  const cluster = joined("\x1f\x43\xb6\x75\xff", element(0xe7, "\0"), block(1, "pictures"));
  const before = film({ behind: [cluster, element(0x1254c367, element(0x7373, tag))] });
  const { after } = look(before);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE) && holds(after, "pictures"));
});

Deno.test("of a sound's tags nothing stays that stands within another", () => {
  const address = element(0x67c8, element(0x45a3, "ADDRESS"), element(0x4487, PLACE));
  const artist = element(0x67c8, element(0x45a3, "ARTIST"), element(0x4487, "somebody"), address);
  const title = element(0x67c8, element(0x45a3, "TITLE"), element(0x4487, "a title"));
  const tags = element(0x1254c367, element(0x7373, artist, title));
  const { after } = look(film({ tracks: [track(1, 2, "A_OPUS")], behind: [tags] }));
  assert.ok(holds(after, "a title") && !holds(after, PLACE));
});

Deno.test("captions in which a camera wrote its way go with what is said beside them, and ordinary ones stay", () => {
  const way = `GPS(59.9386,30.3141,18) of ${PLACE}`;
  const tracks = [
    track(1, 1, "V_VP8", SIZE),
    track(2, 17, "S_TEXT/UTF8"),
    track(3, 17, "S_TEXT/ASS"),
  ];
  const beside = element(0x75a1, element(0xa6, element(0xa5, PLACE)));
  const group = (content: string) => element(0xa0, element(0xa1, "\x82\0\0\0", content), beside);
  const blocks = [
    ...[block(1, "pictures"), group(`first ${PLACE}`), block(3, "GPS was on"), group(way)],
    ...[group(`later ${PLACE}`), block(3, "we went home (at 5)"), block(1, "more of them")],
  ];
  const before = film({ tracks, blocks });
  const { measured, after } = look(before);
  assert.deepEqual([measured!.width, measured!.duration, after.length], [64, 2, before.length]);
  assert.ok(holds(before, PLACE) && !holds(after, PLACE) && !holds(after, "GPS("));
  for (const kept of ["pictures", "more of them", "GPS was on", "we went home (at 5)"]) {
    assert.ok(holds(after, kept), kept);
  }
  lookAtBroken(before);
});

Deno.test("a way that begins behind many other captions is found, and tracks of no known kind go", () => {
  const tracks = [
    track(1, 1, "V_VP8", SIZE),
    track(2, 17, "D_WEBVTT/SUBTITLES"),
    track(3, 40, "X"),
  ];
  const many = Array.from({ length: 290 }, (_, index) => block(2, `no signal ${index}`));
  const blocks = [block(1, "pictures"), ...many, block(2, "lat: 59.9386"), block(3, PLACE)];
  const { after } = look(film({ tracks, blocks }));
  assert.ok(holds(after, "pictures"));
  assert.ok(!holds(after, "no signal") && !holds(after, "59.9386") && !holds(after, PLACE));
});

/** @param said of how it is done: nothing where it is as usual */
const packing = (...said: Uint8Array[]) =>
  element(0x6d80, element(0x6240, element(0x5034, ...said)));

Deno.test("captions that are packed are read before it is decided whether they stay", () => {
  const way = "GPS(59.9386,30.3141,18)";
  const said = "we went home at five, by the GPS, in the evening";
  const packed = (text: string) => joined(new Uint8Array(deflateSync(joined(text))));
  const stripped = packing(element(0x4254, "\x03"), element(0x4255, "GPS(59.9"));
  const cases: [Uint8Array, string | Uint8Array, boolean][] = [
    [packing(), packed(said), true],
    [packing(), packed(`${said} ${way}`), false],
    [packing(element(0x4254, "\0")), packed(way), false],
    [stripped, "386,30.3141,18)", false],
    [packing(element(0x4254, "\x03"), element(0x4255, "we went ")), "home at five", true],
    // In manners that nobody reads here, a place may stand; nor may a megabyte of zeros hide one.
    [packing(element(0x4254, "\x02")), said, false],
    [packing(), packed("\0".repeat(1_000_000) + way), false],
    [element(0x6d80, element(0x6240, element(0x5035, "key"))), "\x01\x02\x03\x04", false],
  ];
  for (const [how, content, stays] of cases) {
    const tracks = [track(1, 1, "V_VP8", SIZE), track(2, 17, "S_TEXT/UTF8", how)];
    const before = film({ tracks, blocks: [block(1, "pictures"), block(2, content)] });
    const { after } = look(before);
    assert.ok(holds(after, "pictures") && holds(before, joined(content)));
    assert.equal(holds(after, joined(content)), stays);
    lookAtBroken(before.subarray(0, 600));
  }
});

Deno.test("tags behind thousands of parts with sums of their own are found", () => {
  const cluster = element(0x1f43b675, element(0xbf, number(7)), element(0xe7, "\0"), block(1, "x"));
  const tag = element(0x67c8, element(0x45a3, "LOCATION"), element(0x4487, PLACE));
  const tags = element(0x1254c367, element(0x7373, tag));
  const tracks = [track(1, 1, "V_VP8", SIZE), track(2, 33, "D_GPS")];
  const { after } = look(film({ tracks, behind: [...Array(1_500).fill(cluster), tags] }));
  assert.ok(holds(after, "pictures") && !holds(after, PLACE));
  const many = Array<Uint8Array>(1_100).fill(tags);
  assert.equal(look(film({ behind: many })).measured, null);
});
