/** Films say when, where and with what they were made in many places: none of it is left. */
import assert from "node:assert/strict";
import { holds, look } from "../../support/examined.ts";
import { ascii, box, element, joined, number } from "../../support/made_files.ts";

const PLACE = "+59.9386+030.3141/";
const TIME = "\xda\x01\x02\x03"; // seconds of 2019, one time like another
const FTYP = box("ftyp", "isom", number(0), "isom");

/** A header with when it was made and changed, in its shorter form. */
const timed = (kind: string, ...rest: (Uint8Array | string)[]) =>
  box(kind, number(0), TIME, TIME, ...rest);

function track(handler: string, size: [number, number] | null): Uint8Array<ArrayBuffer> {
  const [width, height] = size ?? [0, 0];
  const matrix = joined(number(0x10000), new Uint8Array(32));
  const sides = joined(number(width, 2), number(0, 2), number(height, 2), number(0, 2));
  const header = timed("tkhd", number(1), new Uint8Array(24), matrix, sides);
  const named = box("hdlr", number(0), number(0), handler, number(0));
  const clock = timed("mdhd", number(1_000), number(2_000), number(0));
  return box("trak", header, box("mdia", clock, named), box("free", PLACE), box("gps ", PLACE));
}

/** What iTunes and ffmpeg write: a list of what a song is. */
function said(): Uint8Array<ArrayBuffer> {
  const handler = box("hdlr", number(0), number(0), "mdir", number(0));
  const word = (kind: string, text: string) =>
    box(kind, box("data", number(1), number(0), ascii(text)));
  const list = box("ilst", word("\xa9nam", "a title"), word("\xa9day", "2021-03-04"));
  return box("udta", box("meta", number(0), handler, list));
}

function film(...tracks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const header = timed("mvhd", number(1_000), number(2_000), new Uint8Array(80));
  return joined(
    FTYP,
    box("free", `GPS ${PLACE}`),
    box("skip", `serial ${PLACE}`),
    box("mdat", "pictures and sounds"),
    box("moov", header, ...tracks, said(), box("gps ", PLACE), box("free", PLACE)),
    box("udat", PLACE),
    box("thum", PLACE),
  );
}

Deno.test("a film loses when it was recorded, and what cameras put into boxes that nobody reads", () => {
  const before = film(track("vide", [64, 48]), track("soun", null));
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width, measured!.height, measured!.duration], [
    "video/mp4",
    64,
    48,
    2,
  ]);
  assert.ok(holds(before, TIME) && holds(before, PLACE));
  assert.ok(!holds(after, TIME) && !holds(after, PLACE) && !holds(after, "2021"));
  assert.ok(holds(after, "pictures and sounds") && holds(after, "a title"));
  assert.equal(after.length, before.length);
});

Deno.test("a song keeps its title and its year, and loses when its file was made", () => {
  const { type, measured, after } = look(film(track("soun", null)));
  assert.deepEqual([type, measured!.width, measured!.duration], ["video/mp4", null, 2]);
  assert.ok(!holds(after, TIME) && !holds(after, PLACE));
  assert.ok(holds(after, "a title") && holds(after, "2021-03-04"));
});

Deno.test("a picture that moves keeps what shows it while it stands still", () => {
  const shown = box("iprp", box("ipco", box("ispe", number(0), number(40), number(30))));
  const before = joined(
    box("ftyp", "avis", number(0), "avis"),
    box("meta", number(0), box("hdlr", number(0), number(0), "pict"), shown, box("xml ", PLACE)),
    box("moov", timed("mvhd", number(1_000), number(2_000)), track("pict", null)),
    box("free", PLACE),
  );
  const { type, measured, after } = look(before);
  assert.deepEqual([type, measured!.width, measured!.height], ["image/avif", 40, 30]);
  assert.ok(holds(after, "meta") && holds(after, "ispe"));
  assert.ok(!holds(after, TIME) && !holds(after, PLACE));
});

/** @param inside what stands in its track */
function webm(inside: Uint8Array, length: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const tag = (name: string, text: string) =>
    element(0x67c8, element(0x45a3, name), element(0x4487, text));
  const info = element(
    0x1549a966,
    element(0xbf, number(0x12345678)),
    element(0x2ad7b1, number(1_000_000)),
    element(0x4461, TIME, TIME),
    element(0x7384, PLACE),
    length,
  );
  const cluster = element(0x1f43b675, element(0xe7, "\0"), element(0xa3, "\x81\0\0\0", "pictures"));
  return joined(
    element(0x1a45dfa3, element(0x4282, "webm")),
    element(
      0x18538067,
      info,
      element(0x1654ae6b, element(0xae, inside)),
      cluster,
      element(
        0x1254c367,
        element(0x7373, tag("LOCATION", PLACE), tag("MAKE", PLACE), tag("TITLE", "a title")),
      ),
    ),
  );
}

Deno.test("a WebM loses its tags and its date, also behind its pictures; a sound keeps what it is called", () => {
  const told = element(0x4489, Uint8Array.of(0x44, 0xfa, 0, 0)); // 2,000
  const size = element(0xe0, element(0xb0, "\x40"), element(0xba, "\x30"));
  for (const length of [told, ""]) {
    const before = webm(size, length);
    const { type, measured, after } = look(before);
    assert.deepEqual([type, measured!.width, measured!.height], ["video/webm", 64, 48]);
    assert.equal(measured!.duration, length === "" ? null : 2);
    assert.ok(holds(before, PLACE) && holds(before, TIME));
    assert.ok(!holds(after, PLACE) && !holds(after, TIME) && holds(after, "pictures"));
    assert.equal(after.length, before.length);
  }
  const sound = look(webm(new Uint8Array(0), told)).after;
  assert.ok(holds(sound, "a title") && !holds(sound, PLACE) && !holds(sound, TIME));
});

Deno.test("a WebM whose parts do not tell their length keeps what stands in them", () => {
  const info = element(
    0x1549a966,
    element(0x2ad7b1, number(1_000_000)),
    element(0x4489, Uint8Array.of(0x44, 0xfa, 0, 0)),
  );
  const size = element(0xe0, element(0xb0, "\x40"), element(0xba, "\x30"));
  const head = element(0x1a45dfa3, element(0x4282, "webm"));
  const tracks = element(0x1654ae6b, element(0xae, size));
  // Where a length of 127 would end: a picture's bytes that look like a date.
  const blocks = joined(
    element(0xe7, "\0"),
    element(0xa3, "\x81\0\0\0", new Uint8Array(104), "Da\x81xyz"),
  );
  const cluster = joined("\x1f\x43\xb6\x75\xff", blocks);
  const before = joined(
    head,
    "\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff",
    info,
    tracks,
    cluster,
  );
  const { measured, after } = look(before);
  assert.deepEqual([measured!.width, measured!.duration], [64, 2]);
  assert.deepEqual(after, before);
});
