import assert from "node:assert/strict";
import { catalogue } from "../../../lib/ui/catalogue/catalogue.ts";
import { messageLine } from "../../../lib/ui/files/in_a_line.ts";
import { fileOf, pictureOf, voiceOf } from "./sample_files.ts";

const en = catalogue("en");
const ru = catalogue("ru");
const line = (text: string, files = [fileOf(1)], words = en) => messageLine({ text, files }, words);

Deno.test("a message without text is named by its files", () => {
  assert.equal(line(""), "report.zip");
  assert.equal(line("", [pictureOf(1)]), "Picture");
  assert.equal(line("", [pictureOf(1), pictureOf(2), pictureOf(3)]), "3 pictures");
  assert.equal(line("", [voiceOf(1)]), "Voice message, 0:12");
  assert.equal(line("", [fileOf(1, { type: "video/mp4" })]), "Video");
  assert.equal(line("", [fileOf(1), pictureOf(2), pictureOf(3)]), "report.zip + 2");
  assert.equal(line("", [pictureOf(1)], ru), "Изображение");
  assert.equal(line("", [voiceOf(1, { duration: 3723 })], ru), "Голосовое сообщение, 1:02:03");
});

Deno.test("one with text says both, in one line", () => {
  assert.equal(line("**look**\nat this", [pictureOf(1)]), "Picture · look at this");
  assert.equal(line("only text", []), "only text");
  assert.equal(line("", []), "");
});
