/** Small files whose tables ask for endless work: the Worker that looks at files is everybody's. */
import assert from "node:assert/strict";
import { MalformedFile } from "../../../lib/files/inspecting/bytes.ts";
import { openSent } from "../../../lib/files/inspecting/sent_file.ts";
import { look } from "../../support/examined.ts";
import { box, joined, number } from "../../support/made_files.ts";

const little = (value: number, length = 4) => number(value, length).reverse();
const FTYP = box("ftyp", "heic", number(0), "heic");

/** Entries that each name the whole file as a maker's word. */
function tiff(): Uint8Array {
  const entry = joined(little(270, 2), little(1, 2), little(0xffffff), little(24_014));
  const entries = joined(...Array<Uint8Array>(2_000).fill(entry));
  return joined("II*\0", little(8), little(2_000, 2), entries, little(0), new Uint8Array(8e6));
}

/** Items that each have twenty thousand places without a length. */
function heic(): Uint8Array {
  const item = joined(number(1, 2), number(0, 2), number(0, 2), number(20_000, 2));
  const items = joined(...Array<Uint8Array>(20_000).fill(item));
  const infe = box("infe", "\x02\0\0\0", number(1, 2), number(0, 2), "Exif", number(0));
  const names = box("iinf", number(0), number(1, 2), infe);
  const places = box("iloc", "\x01\0\0\0", number(0, 2), number(20_000, 2), items);
  return joined(FTYP, box("meta", number(0), box("hdlr", number(0)), names, places));
}

function track(handler: string, ...table: Uint8Array[]): Uint8Array {
  const named = box("hdlr", number(0), number(0), handler, number(0));
  return box("trak", box("mdia", named, box("minf", box("stbl", ...table))));
}

/** Three million samples in each of a few thousand places, and five that there are. */
function measurements(): Uint8Array {
  const sizes = box("stsz", number(0), number(0), number(1), number(5));
  const runs = box("stsc", number(0), number(1), number(1), number(3_000_000), number(1));
  const places = box("stco", number(0), number(5_000), new Uint8Array(20_000));
  return joined(box("ftyp", "isom"), box("moov", track("meta", sizes, runs, places)));
}

/** Pieces that say to be longer than they are. */
function fragments(): Uint8Array {
  const clock = box("mdhd", new Uint8Array(12), number(1_000), number(0));
  const header = box("tkhd", new Uint8Array(12), number(1));
  const moov = box("moov", box("trak", header, box("mdia", clock)));
  const run = box("trun", number(0x100), number(200_000));
  const runs = joined(...Array<Uint8Array>(20_000).fill(run));
  const moof = box("moof", box("traf", box("tfhd", number(0), number(1)), runs));
  return joined(box("ftyp", "isom"), moov, moof, box("mdat", new Uint8Array(800_000)));
}

/** A comment of a letter, again and again. */
function gif(): Uint8Array {
  const comments = "\x21\xfe\x01a\0".repeat(200_000);
  const frame = "\x2c\0\0\0\0\x0a\0\x0a\0\0\x02\x01a\0";
  return joined("GIF89a\x0a\0\x0a\0\0\0\0", frame, comments, "\x3b");
}

/** Boxes that nobody knows. */
function jpeg2000(): Uint8Array {
  const header = box("jp2h", box("ihdr", number(30), number(40), new Uint8Array(6)));
  const boxes = "\0\0\0\x09junkx".repeat(190_000);
  return joined(box("jP  ", "\r\n\x87\n"), box("ftyp", "jp2 "), header, boxes);
}

/** Pieces without content. */
function avi(): Uint8Array {
  const pieces = joined("movi", "00dc\0\0\0\0".repeat(600_000));
  return joined("RIFF\0\0\0\0AVI ", "LIST", little(pieces.length), pieces);
}

/** Pictures of nothing that each begin as JPEGs do. */
function frames(): Uint8Array {
  const pieces = joined("movi", `00dc\x44\0\0\0\xff\xd8${"\xff\xd9".repeat(33)}`.repeat(40_000));
  return joined("RIFF\0\0\0\0AVI ", "LIST", little(pieces.length), pieces);
}

/** A picture of some bytes that its table says to have twelve petabytes. */
function petabytes(): Uint8Array {
  const sizes = box("stsz", number(0), number(0xffff_ffff), number(3_000_000));
  const runs = box("stsc", number(0), number(1), number(1), number(3_000_000), number(1));
  const places = box("stco", number(0), number(1), number(20));
  const code = box("stsd", number(0), number(1), box("jpeg", new Uint8Array(78)));
  const picture = box("mdat", "\xff\xd8", new Uint8Array(90));
  return joined(
    box("ftyp", "isom"),
    picture,
    box("moov", track("vide", code, sizes, runs, places)),
  );
}

/** Blocks of nothing of a track that nobody is to see. */
function matroska(): Uint8Array {
  const track = "\x16\x54\xae\x6b\x88\xae\x86\xd7\x81\x01\x83\x81\x21";
  const blocks = "\xa3\x84\x81\0\0\0".repeat(900_000);
  return joined("\x1aE\xdf\xa3\x80\x18\x53\x80\x67\xff", track, "\x1f\x43\xb6\x75\xff", blocks);
}

/** Pages of nothing, each second one the beginning of another stream. */
function ogg(): Uint8Array {
  const begin = joined("OggS\0\x02", new Uint8Array(20), "\x01\x08", "OpusHead");
  const goOn = joined("OggS\0\0", new Uint8Array(20), "\x01\x08", "OpusTags");
  const both = new TextDecoder("latin1").decode(joined(begin, goOn));
  return joined(both.repeat(150_000));
}

/** Comments that all are to be moved, and each again a little. */
function flac(): Uint8Array {
  const comment = joined(little(8), "TITLE=ab");
  const dropped = joined(little(2), "X=");
  const all = Array.from({ length: 10_000 }, (_, index) => index % 2 ? comment : dropped);
  const inside = joined(little(0), little(10_000), ...all);
  return joined("fLaC\x84", number(inside.length, 3), inside, new Uint8Array(40));
}

/** Frames of a letter. */
function mp3(): Uint8Array {
  return joined("ID3\x03\0\0\x7f\x7f\x7f\x7f", "TXXX\0\0\0\x01\0\0a".repeat(400_000));
}

const FILES = {
  tiff,
  heic,
  measurements,
  fragments,
  gif,
  jpeg2000,
  avi,
  frames,
  petabytes,
  matroska,
  ogg,
  flac,
  mp3,
};
for (const [name, make] of Object.entries(FILES)) {
  Deno.test(`tables without sense do not keep the Worker: ${name}`, async () => {
    const path = await Deno.makeTempFile({ prefix: "confab-hostile-" });
    try {
      await Deno.writeFile(path, make());
      const began = performance.now();
      look(path);
      const took = performance.now() - began;
      assert.ok(took < 12_000, `${took} ms`);
    } finally {
      await Deno.remove(path);
    }
  });
}

Deno.test("what is changed a little at a time is in the file, in the order of the changes", async () => {
  const path = await Deno.makeTempFile({ prefix: "confab-changed-" });
  try {
    const expected = new Uint8Array(300_000).map((_, at) => at & 0xff);
    await Deno.writeFile(path, expected);
    const file = openSent(path);
    const { bytes } = file;
    const change = (at: number, length: number, value: number) => {
      bytes.write(at, new Uint8Array(length).fill(value));
      expected.fill(value, at, at + length);
    };
    bytes.read(100, 10); // the next 64 KB are kept from here
    change(100, 4, 1);
    change(98, 4, 2); // half of it before what is kept
    bytes.read(100, 10);
    change(65_630, 20, 3); // half of it behind
    change(200_000, 90_000, 4);
    bytes.read(200_000, 10);
    change(200_003, 1, 5);
    assert.deepEqual([...bytes.read(199_999, 6)], [...expected.subarray(199_999, 200_005)]);
    change(200_001, 1, 6);
    bytes.truncate(250_000);
    file.keep();
    file.close();
    assert.deepEqual(await Deno.readFile(path), expected.subarray(0, 250_000));
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("the same place is not written over without end", () => {
  const bytes = openSent(new Uint8Array(100_000)).bytes;
  const blanked = () => {
    for (let times = 0; times < 10; times++) bytes.blank(0, 100_000);
  };
  assert.throws(blanked, MalformedFile);
});
