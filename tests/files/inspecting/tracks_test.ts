/** Tracks of films say which camera wrote them, from where and on which way: none of it is left. */
import assert from "node:assert/strict";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { box, joined, number, segment } from "../../support/made_files.ts";
import { PLACE } from "../../support/made_songs.ts";

interface Track {
  handler: string;
  code: string;
  /** Where its only sample is. */
  at: number;
  length: number;
}

function track({ handler, code, at, length }: Track): Uint8Array<ArrayBuffer> {
  const coder = joined(`coder of ${PLACE}`, new Uint8Array(5));
  const entry = box(
    code,
    new Uint8Array(12),
    "VEND",
    new Uint8Array(26),
    coder,
    new Uint8Array(10),
  );
  const table = box(
    "stbl",
    box("stsd", number(0), number(1), entry),
    box("stsz", number(0), number(0), number(1), number(length)),
    box("stsc", number(0), number(1), number(1), number(1), number(1)),
    box("stco", number(0), number(1), number(at)),
    box("uuid", PLACE),
  );
  const named = (kind: string) =>
    box("hdlr", number(0), number(0), kind, new Uint8Array(12), `by ${PLACE}`);
  const source = box("dinf", box("dref", number(0), number(1), box("alis", number(1), PLACE)));
  const inside = [named("alis"), source, table, box("udta", PLACE)];
  const clock = box("mdhd", new Uint8Array(12), number(1_000), number(2_000));
  const header = box("tkhd", new Uint8Array(76), number(64, 2), "\0\0", number(48, 2), "\0\0");
  const media = box("mdia", clock, named(handler), box("minf", ...inside), box("meta", PLACE));
  return box("trak", header, media);
}

const FTYP = box("ftyp", "isom", number(0), "isom");
const [IN, BEHIND] = [FTYP.length + 8, 40];

/** With one sample of that track. */
function film(handler: string, code: string, sample: Uint8Array | string) {
  const content = joined(sample);
  const only = track({ handler, code, at: IN, length: content.length });
  return joined(FTYP, box("mdat", content, new Uint8Array(BEHIND)), box("moov", only));
}

Deno.test("a track does not say who wrote it, with which coder, and from which disk", () => {
  for (const [handler, code] of [["vide", "avc1"], ["soun", "mp4a"]] as const) {
    const before = film(handler, code, "what is shown");
    const { type, after } = look(before);
    assert.deepEqual([type, after.length], ["video/mp4", before.length]);
    assert.ok(holds(after, "what is shown") && holds(after, code) && holds(after, "dref"));
    assert.ok(holds(before, "VEND") && !holds(after, "VEND"));
    assert.equal(holds(after, `by ${PLACE}`) || holds(after, "alis\0\0\0\x01+"), false);
    if (handler === "vide") assert.ok(holds(before, PLACE) && !holds(after, PLACE));
    lookAtBroken(before);
  }
});

Deno.test("pictures of an MP4 that are JPEGs lose what their camera wrote into each", () => {
  const half = joined(
    ...[
      "\xff\xd8",
      segment(0xe1, `Exif\0\0${PLACE}`),
      segment(0xda, "\0\0"),
      "the picture\xff\xd9",
    ],
  );
  for (const code of ["jpeg", "mp4v"]) {
    const { after } = look(film("vide", code, joined(half, half)));
    assert.ok(holds(after, "the picture\xff\xd9") && !holds(after, PLACE));
  }
  const other = look(film("vide", "avc1", joined("\xff\xd8", segment(0xfe, "no words")))).after;
  assert.ok(holds(other, "no words"));
});

Deno.test("captions in which a camera wrote its way go, and what people wrote stays", () => {
  const ways = [
    "F/3.5, ISO 100, GPS (8.6499, 53.1665, 18), D 24.26m",
    "HOME(149.0251,-20.2532) 2017.08.05 14:11:51",
    "[iso : 110] [latitude: 53.123] [longtitude: 8.5]",
    "$GPRMC,110000.00,A,5321.6802,N",
  ];
  for (const way of ways) {
    for (const handler of ["text", "sbtl", "subt"]) {
      const { after } = look(film(handler, "tx3g", `\0\x40${way}`));
      assert.ok(!holds(after, way) && !holds(after, "trak"), way);
    }
  }
  const said = "\0\x20The GPS led us home (at 5), what a latitude!";
  assert.ok(holds(look(film("sbtl", "tx3g", said)).after, said));
});
