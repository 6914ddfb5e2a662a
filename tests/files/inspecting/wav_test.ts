/** WAV, RF64 and AIFF lose what recorders write beside the sound, which stays. */
import assert from "node:assert/strict";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { box, joined, number, riff } from "../../support/made_files.ts";
import { frame, little, PLACE, tag } from "../../support/made_songs.ts";

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

const SOUND = joined("the sound", new Uint8Array(7_991));

Deno.test("an RF64 is a WAV whose sound has its length elsewhere: what stands behind it is cleaned", () => {
  const sizes = joined(little(0, 8), little(8_000, 8), little(4_000, 8), little(0));
  for (const mark of ["RF64", "BW64"]) {
    const before = joined(
      ...[mark, little(0xffff_ffff), "WAVE", riff("ds64", sizes), riff("bext", PLACE)],
      ...[riff("fmt ", FORMAT), "data", little(0xffff_ffff), SOUND],
      riff("LIST", joined("INFO", riff("INAM", "a title"), riff("ISFT", PLACE))),
      ...[riff("iXML", PLACE), riff("axml", PLACE)],
    );
    const { type, measured, after } = look(before);
    assert.deepEqual([type, measured!.duration, after.length], ["audio/wav", 0.5, before.length]);
    assert.ok(holds(after, SOUND) && holds(after, sizes) && holds(after, "a title"));
    assert.ok(holds(before, PLACE) && !holds(after, PLACE));
    lookAtBroken(before.subarray(0, 600));
  }
});

Deno.test("a recording whose notes tell a time does not say by which device of what number it is", () => {
  const wav = (notes: string) =>
    joined(
      ...["RIFF\0\0\0\0WAVE", riff("fmt ", FORMAT), riff("data", SOUND)],
      riff("LIST", joined("INFO", riff("ICMT", notes), riff("IART", "Moth 243B1F"))),
    );
  const recorded = look(wav("Recorded at 15:00:00 01/01/2021 (UTC) by Moth 243B1F")).after;
  assert.ok(!holds(recorded, "15:00") && !holds(recorded, "243B1F") && holds(recorded, SOUND));
  const song = look(wav("for you")).after;
  assert.ok(holds(song, "for you") && holds(song, "243B1F"));
});

Deno.test("what stands behind the last chunk, or in a list and is no chunk, is not handed on", () => {
  const list = riff("LIST", joined("INFO", riff("INAM", "a title"), `\0\0${PLACE}`));
  const inside = joined("WAVE", riff("fmt ", FORMAT), list, riff("data", SOUND));
  const { type, after } = look(joined("RIFF", little(inside.length), inside, `\x01${PLACE}`));
  assert.equal(type, "audio/wav");
  assert.ok(holds(after, SOUND) && holds(after, "a title") && !holds(after, PLACE));
});

/** A chunk of AIFF. */
function chunk(kind: string, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const inside = joined(content);
  return joined(kind, number(inside.length), inside, inside.length % 2 ? "\0" : "");
}

Deno.test("an AIFF keeps its name and its author, and loses notes, times and programs' chunks", () => {
  const rate = joined(number(0x400b, 2), number(0xfa00_0000), number(0)); // 8,000
  const form = joined(number(1, 2), number(4_000), number(16, 2), rate);
  const before = joined(
    ...["FORM", number(0), "AIFF", chunk("NAME", "a title"), chunk("AUTH", "somebody")],
    ...[chunk("COMM", form), chunk("COMT", `\0\x01time${PLACE}`), chunk("ANNO", PLACE)],
    ...[chunk("SSND", SOUND), chunk("APPL", PLACE), chunk("(c) ", "ours")],
    ...[chunk("ID3 ", tag(3, 0, frame("PRIV", PLACE), frame("TIT2", "\0of ID3"))), `\0${PLACE}`],
  );
  for (const mark of ["AIFF", "AIFC"]) {
    const { type, measured, after } = look(joined("FORM", number(0), mark, before.subarray(12)));
    assert.deepEqual([type, measured!.duration], ["audio/x-aiff", 0.5]);
    assert.equal(after.length, before.length);
    for (const kept of ["a title", "somebody", "ours", "of ID3"]) {
      assert.ok(holds(after, kept), kept);
    }
    assert.ok(holds(after, SOUND) && holds(before, PLACE) && !holds(after, PLACE));
  }
  assert.equal(look(joined("FORM", number(0), "AIFF", box("none"))).measured, null);
  lookAtBroken(before.subarray(0, 800));
});
