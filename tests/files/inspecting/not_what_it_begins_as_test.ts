/** A file that is not what its first bytes say stays as it was sent, to the byte, and is nothing shown. */
import assert from "node:assert/strict";
import { answer } from "../../../lib/files/inspecting/worker_side.ts";
import {
  ascii,
  box,
  chunk,
  element,
  joined,
  number,
  riff,
  segment,
} from "../../support/made_files.ts";
import { comments, little, page, SOUND, tag } from "../../support/made_songs.ts";

/** What it is called, and what became of it. */
async function inspected(content: Uint8Array, name: string) {
  const path = await Deno.makeTempFile({ prefix: "confab-begins-" });
  try {
    await Deno.writeFile(path, content);
    const job = { kind: "inspect", path, said: { name, type: "" } } as const;
    const reply = await answer(job, () => Promise.resolve(null));
    assert.ok(reply.kind === "inspected", name);
    const { type, size } = reply.inspected;
    const after = await Deno.readFile(path);
    assert.equal(size, after.length, name);
    return { type, after };
  } finally {
    await Deno.remove(path);
  }
}

const MARKS = [
  ...["GIF89a", "GIF87a is", "GIF89a is new, and ", "RIFF1234WEBP", "RIFF1234WAVE", "RF64    WAVE"],
  ...[
    "RIFF    AVI ",
    "FORM    AIFF",
    "FORM    AIFC",
    "fLaC",
    "OggS",
    "ID3",
    "ID3 tags ",
    "APETAGEX",
  ],
  ...["1999moov", "1999mdat", "The wide sea", "the ftyp box", "AB12ftypisom", "AB12ftypheic"],
  ...["IIRO", "IIRS", "MMOR", "FUJIFILMCCD-RAW 0201", "8BPS", "BMW", "MAC ", "wvpk", "MThd", "TAG"],
  ...["PK", "Rar!", "MZ", "%!PS", "FLV", "caff", ".snd", "regf", "II*", "MM*", "RIFX", "EBML"],
];

Deno.test("a text is one and stays as it is, whatever letters it begins with", async () => {
  for (const mark of MARKS) {
    const text = ascii(
      `${mark}${" is what such files begin with, and this is no such file.\n".repeat(9)}`,
    );
    const { type, after } = await inspected(text, "about.txt");
    assert.deepEqual([type, after], ["text/plain", text], mark);
  }
});

Deno.test("a text in letters of another table is not changed either, and nothing that is shown", async () => {
  // "и так далее" as Windows wrote it; the same with two bytes a letter; a text of the West.
  const others = [
    "\xe8 \xf2\xe0\xea \xe4\xe0\xeb\xe5\xe5, ",
    "\x38\x04 \0B\x04\x30\x04\x3a\x04",
    "d\xe9j\xe0, ",
  ];
  const begins = [...MARKS, "\xff\xfb\xe2\xe8, ", "\xff\xf1\xf2\xe0, ", "\xff\xfe1\x04", "\xff\n"];
  for (const mark of begins) {
    for (const other of others) {
      const text = ascii(mark + other.repeat(60));
      const { type, after } = await inspected(text, "about.txt");
      assert.deepEqual(after, text, mark);
      assert.doesNotMatch(type, /^(video|audio)\/(?!midi)|^image\/(?!bmp|jxl)|html/, mark);
    }
  }
});

const REST = "what somebody wrote there, and wants to have again".repeat(9);
const IHDR = chunk("IHDR", joined(number(4), number(4), "\x08\x02\0\0\0"));
const FTYP = box("ftyp", "isom", number(0), "isom");
const SCREEN = "\x04\0\x04\0\0\0\0";
const STREAM = joined("fLaC\0\0\0\x22", new Uint8Array(34));

/** Each was cut, or changed, before it had proved to be what it begins as. */
const MALFORMED: Record<string, Uint8Array> = {
  "a GIF without a picture": joined("GIF89a", SCREEN, "\x21\xfe\x05words\0", REST),
  "a GIF whose picture has no codes": joined("GIF89a", SCREEN, ",\0\0\0\0\x04\0\x04\0\0\xff", REST),
  "a GIF that goes wrong behind its first picture": joined(
    "GIF89a",
    SCREEN,
    ",\0\0\0\0\x04\0\x04\0\0\x02\x02\x44\x01\0",
    "\x99",
    REST,
  ),
  "a PNG without pixels": joined("\x89PNG\r\n\x1a\n", IHDR, chunk("tEXt", REST)),
  "a PNG with other bytes in it": joined("\x89PNG\r\n\x1a\n", IHDR, "\0\0\0\x05\0\0\0\0", REST),
  "a JPEG without a picture": joined(
    "\xff\xd8",
    segment(0xe1, REST),
    segment(0xfe, REST),
    "\xff\xd9",
    REST,
  ),
  "a JPEG that goes wrong": joined("\xff\xd8", segment(0xe1, REST), "\xff\xe1\0\0", REST),
  "a WebP without a picture": joined(
    "RIFF",
    little(900),
    "WEBP",
    riff("EXIF", REST),
    riff("VP8X", "\0".repeat(10)),
  ),
  "a WebP that ends before its picture does": joined(
    "RIFF\x10\0\0\0WEBP",
    riff("VP8L", `\x2f${REST}`),
  ),
  "a WAV without a sound": joined(
    "RIFF",
    little(9_999),
    "WAVE",
    riff("bext", REST),
    "\0\0\0\0",
    REST,
  ),
  "a WAV of no form": joined("RIFF\0\0\0\0WAVE", riff("bext", REST), riff("data", REST)),
  "an AVI without a head": joined("RIFF\0\0\0\0AVI ", riff("IDIT", REST), "\x01\x02\x03\x04", REST),
  "an AIFF without a form": joined(
    "FORM\0\0\xff\xffAIFF",
    "ANNO",
    number(REST.length),
    REST,
    "\x01\x02",
    REST,
  ),
  "a FLAC that does not say what it is": joined(
    "fLaC",
    "\x02",
    number(REST.length, 3),
    REST,
    "\x82\0\0\0",
  ),
  "a FLAC that ends in a block": joined(
    STREAM,
    "\x02",
    number(REST.length, 3),
    REST,
    "\x84\0\xff\xff",
    REST,
  ),
  "an Ogg without a beginning": joined("OggS\0\0", new Uint8Array(21), REST),
  "an Ogg without its comments": joined(
    page(ascii("OpusHead"), 1, 2),
    "\x01\x02",
    REST,
    page(ascii(REST), 1, 0),
  ),
  "a tag without a sound": joined(tag(3, 0), "\x01\x02", REST),
  "a movie without its tables": joined(FTYP, box("free", REST), box("mdat", REST)),
  "a movie with other bytes in it": joined(
    FTYP,
    box("free", REST),
    "\x01\x02\x03\x04\x05\x06\x07\x08",
    REST,
  ),
  "a compressed movie": joined(FTYP, box("free", REST), box("moov", box("cmov", REST))),
  "an old movie without its tables": joined(box("wide"), box("mdat", REST), box("udta", REST)),
  "a HEIC without a size": joined(
    box("ftyp", "heic", number(0)),
    box("meta", REST),
    box("uuid", REST),
  ),
  "a CR3 without a picture": joined(
    box("ftyp", "crx ", number(0)),
    box("moov", box("udta", REST)),
    box("free", REST),
  ),
  "a Matroska without tracks": joined(
    element(0x1a45dfa3, element(0x4282, "matroska")),
    element(0x18538067, element(0xec, REST)),
  ),
  "a Matroska with other bytes in it": joined(
    element(0x1a45dfa3, element(0x4282, "webm")),
    element(
      0x18538067,
      element(0x1654ae6b, element(0xae, element(0xd7, "\x01"))),
      element(0xec, REST),
      "\0\0",
      REST,
    ),
  ),
  "a TIFF without a size": joined(
    "II*\0",
    little(8),
    little(1, 2),
    little(270, 2),
    little(2, 2),
    little(99),
    little(26),
    little(0),
    REST,
  ),
  "a TIFF that ends in its list": joined(
    "II*\0",
    little(8),
    little(9, 2),
    little(270, 2),
    little(2, 2),
    little(99),
    little(26),
    REST.slice(0, 40),
  ),
  "a RAF without its picture": joined(
    "FUJIFILMCCD-RAW ",
    new Uint8Array(68),
    number(100),
    number(200),
    "\0\0\0\0\0\0\0\0\xff\xd8",
    segment(0xe1, REST.slice(0, 200)),
  ),
  "a JPEG XL without a picture": joined(
    "\0\0\0\fJXL \r\n\x87\n",
    box("ftyp", "jxl "),
    box("Exif", REST),
  ),
  "a JPEG 2000 without a header": joined(
    "\0\0\0\fjP  \r\n\x87\n",
    box("ftyp", "jp2 "),
    box("xml ", REST),
  ),
  "a Photoshop document that goes wrong": joined(
    "8BPS\0\x01\0\0\0\0\0\0\0\x03",
    number(4),
    number(4),
    "\0\x08\0\x03",
    number(0),
    number(400),
    "8BIM\x04\x04\0\0",
    number(20),
    REST,
  ),
};

Deno.test("what cannot be taken apart to its end keeps every byte, and nobody is shown it in place", async () => {
  for (const [name, content] of Object.entries(MALFORMED)) {
    const { type, after } = await inspected(content, "file");
    assert.deepEqual([type, after], ["application/octet-stream", content], name);
  }
});

Deno.test("a file that was cut short is cleaned as far as it goes, or kept to the byte: it loses no length", async () => {
  const size = segment(0xc0, joined("\x08", number(4, 2), number(4, 2), "\x01\x01\x11\0"));
  const scan = joined(segment(0xda, "\x01\x01\0\0\x3f\0"), "the picture");
  const track = element(0x1654ae6b, element(0xae, element(0xd7, "\x01")));
  const block = element(0xa3, "\x81\0\0\0", "pictures");
  const form = joined("\x01\0\x01\0", little(8_000), little(8_000), "\x01\0\x08\0");
  const whole = {
    gif: joined(
      "GIF89a",
      SCREEN,
      "\x21\xfe\x05words\0",
      ",\0\0\0\0\x04\0\x04\0\0\x02\x02\x44\x01\0;",
    ),
    png: joined(
      "\x89PNG\r\n\x1a\n",
      IHDR,
      chunk("tEXt", REST),
      chunk("IDAT", "pixels"),
      chunk("IEND", ""),
    ),
    jpeg: joined("\xff\xd8", segment(0xe1, REST), size, scan, "\xff\xd9"),
    webp: joined(
      "RIFF",
      little(492),
      "WEBP",
      riff("VP8L", "\x2f\x03\xc0\0\0\0"),
      riff("EXIF", REST),
    ),
    wav: joined(
      "RIFF",
      little(1_000),
      "WAVE",
      riff("bext", REST),
      riff("fmt ", form),
      riff("data", REST),
    ),
    aiff: joined(
      "FORM",
      number(1_000),
      "AIFF",
      "ANNO",
      number(REST.length),
      REST,
      "COMM",
      number(18),
      "\0\x01",
      number(9),
      "\0\x08\x40\x0e\xac\x44\0\0\0\0\0\0",
    ),
    flac: joined(
      STREAM,
      "\x02",
      number(REST.length, 3),
      REST,
      "\x84",
      number(comments().length, 3),
      comments(),
      REST,
    ),
    ogg: joined(
      page(ascii("OpusHead\x01\x01\0\0"), 1, 2),
      page(joined("OpusTags", comments("X=y")), 1, 0),
      page(ascii(REST), 1, 0),
    ),
    mp3: joined(tag(3, 0), SOUND),
    mp4: joined(
      FTYP,
      box("free", REST),
      box("moov", box("mvhd", new Uint8Array(100))),
      box("mdat", REST),
    ),
    matroska: joined(
      element(0x1a45dfa3, element(0x4282, "webm")),
      element(0x18538067, track, element(0xec, REST), element(0x1f43b675, block)),
    ),
  };
  for (const [name, content] of Object.entries(whole)) {
    assert.notEqual((await inspected(content, name)).type, "application/octet-stream", name);
    for (let length = 1; length < content.length; length += 11) {
      const cut = content.subarray(0, length);
      const { type, after } = await inspected(cut, name);
      assert.equal(after.length, length, name);
      if (type === "application/octet-stream") assert.deepEqual(after, cut, name);
    }
  }
});
