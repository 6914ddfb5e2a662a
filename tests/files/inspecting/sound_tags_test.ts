/** Tags before and behind a sound lose what others must not see, wherever they stand; titles stay. */
import assert from "node:assert/strict";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { ascii, joined, number } from "../../support/made_files.ts";
import {
  comments,
  cover,
  frame,
  little,
  MP3,
  PLACE,
  SOUND,
  tag,
} from "../../support/made_songs.ts";

/** @param isWay it says where a file is */
function item(name: string, value: Uint8Array | string, isWay = false): Uint8Array<ArrayBuffer> {
  return joined(little(value.length), little(isWay ? 4 : 0), name, "\0", value);
}

/** With a head before, or with its foot alone. */
function ape(hasHead: boolean, ...items: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const inside = joined(...items);
  const end = (flags: number) =>
    joined(
      ...["APETAGEX", little(2_000), little(inside.length + 32), little(items.length)],
      ...[little(flags), new Uint8Array(8)],
    );
  const foot = end(hasHead ? 0x8000_0000 : 0);
  return joined(hasHead ? end(0xa000_0000) : "", inside, foot);
}

const SAID = [
  item("Title", "a title"),
  item("Track", "7"),
  item("MP3GAIN_MINMAX", "100,200"),
  item("Place", PLACE),
  item("Comment", `Recorded at 10:20:30 by ${PLACE}`),
  item("Related", "C:\\somebody\\a.wav", true),
];

/** The oldest ID3. */
function oldest(notes: string): Uint8Array<ArrayBuffer> {
  const text = (value: string, length = 30) => value.padEnd(length, "\0");
  return ascii(`TAG${text("a title")}${text("")}${text("")}2020${text(notes)}\x05`);
}

function lyrics(...fields: [name: string, text: string][]): Uint8Array<ArrayBuffer> {
  const said = fields.map(([name, text]) =>
    `${name}${String(text.length).padStart(5, "0")}${text}`
  );
  const inside = `LYRICSBEGIN${said.join("")}`;
  return ascii(`${inside}${String(inside.length).padStart(6, "0")}LYRICS200`);
}

Deno.test("APE's tags behind a sound and before it keep titles, loudness and pictures, and nothing else", async () => {
  const art = item("Cover Art (Front)", joined("cover.jpg\0", await cover()));
  for (const hasHead of [true, false]) {
    const behind = ape(hasHead, ...SAID, art);
    const tagged = [joined(SOUND, behind), joined(SOUND, behind, oldest("notes"))];
    if (hasHead) tagged.push(joined(behind, SOUND));
    for (const before of tagged) {
      const { type, measured, after } = look(before);
      assert.deepEqual([type, after.length], ["audio/mpeg", before.length]);
      assert.ok(measured!.duration! > 0.2 && holds(after, SOUND));
      for (const kept of ["Title\0a title", "Track\x007", "100,200", "Cover Art", "\xff\xd8\xff"]) {
        assert.ok(holds(after, kept), kept);
      }
      for (const gone of [PLACE, "10:20", "somebody"]) {
        assert.ok(holds(before, gone) && !holds(after, gone), gone);
      }
    }
    lookAtBroken(joined(SOUND, behind));
  }
});

Deno.test("Lyrics3 keeps the text of a song, and loses where its pictures are on somebody's disk", () => {
  const said = lyrics(["IND", "10"], ["LYR", "la la"], ["IMG", "C:\\somebody\\a.jpg"], [
    "INF",
    PLACE,
  ]);
  const before = joined(SOUND, ape(true, ...SAID), said, oldest(`at 10:20, ${PLACE}`));
  const { type, after } = look(before);
  assert.deepEqual([type, after.length], ["audio/mpeg", before.length]);
  assert.ok(holds(after, "LYR00005la la") && holds(after, "LYRICS200") && holds(after, "2020"));
  for (const gone of ["somebody", PLACE, "10:20"]) assert.ok(!holds(after, gone), gone);
  const texts = joined(SOUND, ape(true, ...SAID), "LYRICSBEGINla la laLYRICSEND", oldest("notes"));
  assert.ok(holds(look(texts).after, "la la la") && !holds(look(texts).after, PLACE));
  lookAtBroken(before);
});

Deno.test("an ID3 at the end of a sound is cleaned as one at its beginning is", () => {
  const inside = joined(frame("TIT2", "\0a title"), frame("PRIV", PLACE));
  const head = (mark: string) => joined(mark, "\x04\0\x10\0\0\0", number(inside.length, 1));
  const { after } = look(joined(SOUND, head("ID3"), inside, head("3DI")));
  assert.ok(holds(after, "a title") && holds(after, "3DI") && !holds(after, PLACE));
});

Deno.test("chapters of a sound keep their titles, and lose what programs wrote into them", async () => {
  const picture = frame("APIC", joined("\0image/jpeg\0\x03\0", await cover()));
  const said = [frame("TIT2", "\0a chapter"), frame("TXXX", `\0place\0${PLACE}`), picture];
  const chapter = frame("CHAP", joined("c1\0", new Uint8Array(16), ...said));
  const table = frame("CTOC", joined("toc\0\x03\x01c1\0", frame("PRIV", PLACE)));
  const before = joined(tag(3, 0, chapter, table), SOUND);
  const { after } = look(before);
  for (const kept of ["CHAP", "c1\0", "a chapter", "CTOC", "\xff\xd8\xff"]) {
    assert.ok(holds(after, kept), kept);
  }
  assert.ok(holds(before, PLACE) && !holds(after, PLACE));
  lookAtBroken(before);
});

Deno.test("a note that tells when a sound was recorded goes, and one that does not stays", () => {
  const note = (text: string) => frame("COMM", `\0eng\0${text}`);
  const recorded = joined(
    tag(3, 0, note(`10:20:30 by ${PLACE}`), frame("TIT2", "\0a title")),
    SOUND,
  );
  assert.ok(!holds(look(recorded).after, PLACE) && holds(look(recorded).after, "a title"));
  assert.ok(holds(look(joined(tag(3, 0, note("for you")), SOUND)).after, "for you"));
});

Deno.test("behind an ID3 stands a sound of any kind, whose own words are cleaned as well", () => {
  const words = comments("TITLE=a title", `LOCATION=${PLACE}`);
  const stream = joined(new Uint8Array(10), number(0x0ac442f0), number(88_200), new Uint8Array(16));
  const flac = joined(
    "fLaC\0\0\0\x22",
    stream,
    "\x84",
    number(words.length, 3),
    words,
    "the sound",
  );
  const tagged = look(joined(tag(3, 0, frame("PRIV", PLACE)), flac));
  assert.deepEqual([tagged.type, tagged.measured!.duration], ["audio/flac", 2]);
  assert.ok(holds(tagged.after, "a title") && !holds(tagged.after, PLACE));
  const half = joined("\xff\xf1\x50\x80\x0c\x80\xfc", new Uint8Array(93));
  const aac = joined(half, half);
  for (
    const before of [joined(tag(3, 0, frame("PRIV", PLACE)), aac), joined(aac, ape(true, ...SAID))]
  ) {
    const { type, after } = look(before);
    assert.deepEqual([type, holds(after, PLACE)], ["audio/aac", false]);
  }
  assert.equal(look(joined(tag(3, 0, frame("PRIV", PLACE)), MP3)).type, "audio/mpeg");
});
