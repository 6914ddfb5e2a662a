/** Films that are written piece by piece hand on no way either, whatever their pieces count from. */
import assert from "node:assert/strict";
import { holds, look, lookAtBroken } from "../../support/examined.ts";
import { box, joined, number, segment } from "../../support/made_files.ts";

const WAY = "\0\x2cGPS(59.9386,30.3141,18) HOME(59.9,30.3)";
const FTYP = box("ftyp", "isom", number(0), "isom");
const SEEN = "what is seen of it";

function track(id: number, handler: string, code = "code"): Uint8Array<ArrayBuffer> {
  const header = box("tkhd", new Uint8Array(12), number(id), new Uint8Array(68));
  const named = box("hdlr", number(0), number(0), handler, new Uint8Array(12));
  const clock = box("mdhd", new Uint8Array(12), number(1_000), number(0));
  const table = box("stbl", box("stsd", number(0), number(1), box(code, new Uint8Array(90))));
  return box("trak", header, box("mdia", clock, named, box("minf", table)));
}

interface Part {
  id: number;
  content: Uint8Array | string;
}

/** How a piece says where its content is, and how long each sample is. */
interface Manner {
  from: "file" | "piece" | "before";
  size: "run" | "part" | "film";
}

function part({ id, content }: Part, { from, size }: Manner, base: number, at: number) {
  const { length } = joined(content);
  const flags = { file: 1, piece: 0x2_0000, before: 0 }[from] | (size === "part" ? 0x1a : 2);
  const header = box(
    "tfhd",
    ...[number(flags), number(id), from === "file" ? number(base, 8) : "", number(1)],
    ...(size === "part" ? [number(20), number(length)] : []),
  );
  const says = from === "before" ? 0 : 1;
  const sized = size === "run" ? 0x300 : 0;
  const run = box(
    "trun",
    ...[number(says | sized), number(1), says === 1 ? number(at) : ""],
    ...(sized ? [number(20), number(length)] : []),
  );
  return box("traf", header, box("tfdt", number(0), number(0)), run, box("uuid", WAY));
}

/** One piece, whose content stands in the order of its parts. */
function piece(before: number, parts: Part[], manner: Manner): Uint8Array<ArrayBuffer> {
  const build = (length: number) => {
    let at = manner.from === "file" ? 8 : length + 8;
    const all = parts.map((each) => {
      const made = part(each, manner, before + length, at);
      at += joined(each.content).length;
      return made;
    });
    return box("moof", box("mfhd", number(0), number(1)), ...all, box("udta", WAY));
  };
  const moof = build(build(0).length);
  return joined(moof, box("mdat", ...parts.map(({ content }) => content)));
}

function film(tracks: Uint8Array[], pieces: Part[][], manner: Manner): Uint8Array<ArrayBuffer> {
  const usual = pieces[0]!.map(({ id, content }) =>
    box(
      "trex",
      ...[number(0), number(id), number(1), number(20)],
      number(joined(content).length),
      number(0),
    )
  );
  const moov = box("moov", box("mvhd", new Uint8Array(100)), ...tracks, box("mvex", ...usual));
  let all = joined(FTYP, moov);
  for (const parts of pieces) all = joined(all, piece(all.length, parts, manner));
  return all;
}

const CAPTIONS = { id: 2, content: WAY };
const MEASURED = { id: 3, content: `meta ${WAY}` };
const PICTURE = { id: 1, content: SEEN };
const TRACKS = [track(1, "vide"), track(2, "sbtl"), track(3, "meta")];

Deno.test("captions of a way, and measurements, go from each piece of a film", () => {
  for (const from of ["file", "piece"] as const) {
    for (const size of ["run", "part", "film"] as const) {
      const pieces = [[PICTURE, CAPTIONS, MEASURED], [MEASURED, PICTURE, CAPTIONS]];
      const before = film(TRACKS, size === "film" ? [pieces[0]!, pieces[0]!] : pieces, {
        from,
        size,
      });
      const { type, after } = look(before);
      assert.deepEqual([type, after.length], ["video/mp4", before.length]);
      assert.ok(holds(before, "GPS(") && !holds(after, "GPS("), `${from} ${size}`);
      assert.ok(holds(after, SEEN));
      const tables = new TextDecoder("latin1").decode(after).match(/traf/g);
      assert.equal(tables?.length, 2, "those of what is shown");
    }
  }
  lookAtBroken(film(TRACKS, [[PICTURE, CAPTIONS]], { from: "piece", size: "run" }));
});

Deno.test("ordinary captions stay, in pieces as in films as a whole", () => {
  const said = { id: 2, content: "\0\x20The GPS led us home (at 5)" };
  const manner = { from: "piece", size: "run" } as const;
  const { after } = look(film(TRACKS, [[PICTURE, said, MEASURED]], manner));
  assert.ok(holds(after, said.content) && holds(after, SEEN) && !holds(after, "GPS("));
});

Deno.test("pictures that are JPEGs lose what a camera wrote into each, in pieces too", () => {
  const picture = joined("\xff\xd8", segment(0xe1, WAY), segment(0xda, "\0\0"), "seen\xff\xd9");
  const manner = { from: "file", size: "run" } as const;
  const { after } = look(film([track(1, "vide", "jpeg")], [[{ id: 1, content: picture }]], manner));
  assert.ok(holds(after, "seen\xff\xd9") && !holds(after, "GPS("));
});

Deno.test("content of a track that the film does not have is not handed on", () => {
  const manner = { from: "piece", size: "run" } as const;
  const { after } = look(film([track(1, "vide")], [[PICTURE, CAPTIONS]], manner));
  assert.ok(holds(after, SEEN) && !holds(after, "GPS("));
});

Deno.test("a film whose pieces nobody can follow is not shown, and stays as it was sent", () => {
  // What goes on behind its own tables stands in them.
  const lost = film(TRACKS, [[CAPTIONS]], { from: "before", size: "run" });
  const manner = { from: "piece", size: "run" } as const;
  const whole = film(TRACKS, [[PICTURE, CAPTIONS]], manner);
  const headless = joined(whole, box("moof", box("traf", box("trun", new Uint8Array(8)))), "\0\0");
  const run = box("trun", number(0x201), number(9), number(900), number(5));
  const header = box("tfhd", number(0x2_0000), number(2));
  const short = joined(whole, box("moof", box("traf", header, run)), box("mdat", WAY));
  for (const before of [lost, headless, short]) {
    const { measured, after } = look(before);
    assert.deepEqual([measured, after], [null, before]);
  }
});
