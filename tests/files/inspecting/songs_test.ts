/** Songs keep their names and their picture; where, when and with what they were recorded goes. */
import assert from "node:assert/strict";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { box, joined, number } from "../../support/made_files.ts";
import { comments, cover, frame, MP3, pictureBlock, PLACE, tag } from "../../support/made_songs.ts";

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
