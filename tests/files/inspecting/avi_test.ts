/** Cameras' AVI films lose what they say beside their pictures, which stay where they are. */
import assert from "node:assert/strict";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { joined, number, riff, segment } from "../../support/made_files.ts";

const WORD = "somebody whom nobody shall know";
const list = (kind: string, ...chunks: Uint8Array[]) => riff("LIST", joined(kind, ...chunks));

function film(): Uint8Array<ArrayBuffer> {
  const stream = (kind: string, ...rest: Uint8Array[]) =>
    list("strl", riff("strh", `${kind}MJPG`), riff("strf", "the format"), ...rest);
  return joined(
    riff(
      "RIFF",
      joined(
        "AVI ",
        list(
          "hdrl",
          ...[riff("avih", "the header"), riff("IDIT", WORD), riff("JUNK", WORD)],
          stream("vids", riff("strd", `AVIF${WORD}`), riff("strn", WORD)),
          ...[stream("auds"), stream("gps ")],
        ),
        list("INFO", riff("INAM", "a title"), riff("ISFT", WORD), riff("ICRD", "2021")),
        ...[list("ncdt", riff("nctg", WORD)), riff("_PMX", WORD), riff("JUNK", WORD)],
        list(
          "movi",
          ...[riff("00dc", "a picture"), riff("JUNK", WORD), riff("02dc", WORD)],
          ...[list("rec ", riff("01wb", "a sound"), riff("gps0", WORD)), riff("ix00", "places")],
        ),
        riff("idx1", "the index"),
      ),
    ),
    riff("RIFF", joined("AVIX", list("movi", riff("00dc", "another picture")), riff("hydt", WORD))),
    riff("LIST", WORD),
  );
}

Deno.test("an AVI keeps its pictures, its sounds and its title, and loses the camera and its time", () => {
  const before = film();
  const { type, after } = look(before);
  assert.equal(type, "video/x-msvideo");
  assert.ok(holds(before, WORD) && !holds(after, WORD) && !holds(after, "2021"));
  const kept =
    "the header,the format,a title,a picture,a sound,places,the index,another picture,02dc";
  for (const each of kept.split(",")) assert.ok(holds(after, each), each);
  assert.equal(after.length, before.length);
  lookAtBroken(before);
});

Deno.test("an AVI that was cut off before its lengths were known keeps its pictures", () => {
  const head = list("hdrl", riff("avih", "the header"), riff("IDIT", WORD));
  const open = "RIFF\0\0\0\0AVI ";
  const { after } = look(joined(open, head, "LIST\0\0\0\0movi", riff("00dc", "a picture")));
  assert.ok(holds(after, "the header") && holds(after, "a picture") && !holds(after, WORD));
});

Deno.test("pictures of an AVI that are JPEGs lose what their camera wrote into each, in both halves", () => {
  const size = segment(0xc0, joined("\x08", number(48, 2), number(64, 2), "\x01\x01\x11\0"));
  const half = (polarity: string) =>
    joined(
      ...["\xff\xd8", segment(0xe0, `AVI1${polarity}`), segment(0xe1, `Exif\0\0${WORD}`)],
      ...[segment(0xfe, WORD), size, segment(0xda, "\x01\x01\0\0\x3f\0")],
      ...[`the picture \xff\0${polarity}`, "\xff\xd9"],
    );
  const both = joined(half("\x01"), "\0\0", half("\x02"));
  const header = riff("strh", "vidsMJPG");
  const head = list("hdrl", riff("avih", "the header"), list("strl", header, riff("strf", "form")));
  const pictures = [
    riff("00dc", both),
    riff("00dc", "another kind"),
    riff("01wb", "\xff\xd8sound"),
  ];
  const before = riff("RIFF", joined("AVI ", head, list("movi", ...pictures)));
  const { type, after } = look(before);
  assert.deepEqual([type, after.length], ["video/x-msvideo", before.length]);
  assert.ok(holds(before, WORD) && !holds(after, WORD));
  for (const kept of ["AVI1\x01", "AVI1\x02", "\xff\0\x01\xff\xd9", "\xff\0\x02\xff\xd9"]) {
    assert.ok(holds(after, kept), kept);
  }
  assert.ok(holds(after, "another kind") && holds(after, "\xff\xd8sound"));
  lookAtBroken(before);
});

Deno.test("captions of an AVI in which a camera wrote its way go, and ordinary ones stay", () => {
  const stream = (kind: string) => list("strl", riff("strh", `${kind}    `), riff("strf", "f"));
  const head = list("hdrl", riff("avih", "the header"), ...["vids", "txts", "txts"].map(stream));
  const pieces = [
    ...[riff("00dc", "a picture"), riff("01tx", "no signal"), riff("02tx", "GPS was on")],
    ...[riff("01tx", `$GPRMC,1100,A,5321.6802,N ${WORD}`), riff("01tx", WORD)],
  ];
  const before = riff("RIFF", joined("AVI ", head, list("movi", ...pieces)));
  const { after } = look(before);
  assert.ok(holds(after, "a picture") && holds(after, "GPS was on"));
  assert.ok(!holds(after, "$GPRMC") && !holds(after, "no signal") && !holds(after, WORD));
});
