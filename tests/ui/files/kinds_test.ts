import assert from "node:assert/strict";
import { extensionOf, shownAs } from "../../../lib/ui/files/kinds.ts";
import { fileOf, pictureOf, voiceOf } from "./sample_files.ts";

Deno.test("a file is shown by its type, whatever its name says", () => {
  const shown = (type: string, name = "x.png") => shownAs(fileOf(1, { type, name }));
  assert.equal(shownAs(pictureOf(1)), "picture");
  assert.equal(shownAs(voiceOf(1)), "voice");
  assert.equal(shown("video/mp4"), "video");
  assert.equal(shown("audio/mpeg"), "audio");
  assert.equal(shown("application/pdf"), "pdf");
  assert.equal(shown("text/csv"), "text");
  assert.equal(shown("application/json"), "text");
  assert.equal(shown("application/octet-stream"), "other");
});

Deno.test("what could run in a page is only fetched", () => {
  for (
    const type of [
      "text/html",
      "application/xhtml+xml",
      "text/xml",
      "application/xml",
      "image/svg+xml",
      "application/x-shockwave-flash",
      "text/html; charset=utf-8",
    ]
  ) {
    assert.equal(shownAs(fileOf(1, { type, width: 10, height: 10 })), "other", type);
  }
});

Deno.test("a picture whose size is not known is a file to fetch, and so is one that no browser draws", () => {
  const bare = { thumbnail: null, blur: null };
  assert.equal(shownAs(pictureOf(1, { width: null })), "other");
  assert.equal(shownAs(pictureOf(1, { height: 0 })), "other");
  assert.equal(shownAs(pictureOf(1, { ...bare, type: "image/heic" })), "other");
  assert.equal(shownAs(pictureOf(1, { type: "image/heic" })), "picture", "it has a small picture");
  assert.equal(shownAs(pictureOf(1, bare)), "picture", "the original itself");
  assert.equal(shownAs(pictureOf(1, { ...bare, size: 30_000_000 })), "other", "too large for that");
});

Deno.test("the letters on a card are the end of the name, if they are few", () => {
  const names = ["a.zip", "a.tar.gz", "a.docx", "a", ".x", "a.backup", "смета.Смт", "a.b\u202ecd"];
  assert.deepEqual(names.map(extensionOf), ["ZIP", "GZ", "DOCX", "", "X", "", "СМТ", ""]);
});
