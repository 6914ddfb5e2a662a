import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import type { File } from "../../../lib/protocol/files.ts";
import { ChatView } from "../../../lib/ui/ChatView.tsx";
import { fakeClient, messageOf } from "../fake_client.ts";
import { fileOf, pictureOf, voiceOf } from "./sample_files.ts";

function render(files: File[], text = ""): string {
  const client = fakeClient([messageOf(1, text, { files })]);
  return renderToString(<ChatView client={client} language="en" navigate={() => {}} />);
}

Deno.test("a picture's size is in the page before its bytes are, and a stand-in fills it", () => {
  const html = render([pictureOf(7)]);
  assert.match(html, /<img class="stand-in" src="data:image\/webp;base64,AAAA" alt/);
  const [shown] = /<img class="shown"[^>]*>/.exec(html)!;
  assert.match(shown, /src="\/files\/7\/thumbnail"/);
  assert.match(shown, /width="360" height="270" loading="eager"/);
  assert.match(shown, /alt="Picture: cat-7.jpg"/);
  assert.match(html, /<a class="picture opens" href="\/files\/7\/cat-7.jpg" target="_blank"/);
});

Deno.test("what may be transparent has a light ground, in a place of its own or in a grid", () => {
  const clear = pictureOf(7, { blur: null });
  assert.match(render([clear]), /class="picture opens clear"/);
  const html = render([clear, pictureOf(8)]);
  assert.match(html, /class="picture opens clear tile"/);
  assert.match(html, /class="picture opens tile"/);
});

Deno.test("out of sight a stand-in waits with its picture: the first frame goes without it", () => {
  const messages = [1, 2, 3, 4, 5, 6, 7].map((at) =>
    messageOf(at, "", { files: [pictureOf(at, { width: 1600, height: 1200 })] })
  );
  const client = fakeClient(messages);
  const html = renderToString(<ChatView client={client} language="en" navigate={() => {}} />);
  const later = html.match(/<img class="shown" data-blur="data:image[^>]*>/g) ?? [];
  assert.equal(later.length, 3);
  assert(later.every((one) => one.includes('loading="lazy"')));
  assert.equal(html.match(/class="stand-in"/g)?.length, 4);
});

Deno.test("what somebody wrote for those who cannot see a picture is its text", () => {
  assert.match(
    render([pictureOf(7, { alt: "A cat <b>asleep</b>" })]),
    /alt="A cat &lt;b>asleep&lt;\/b>"/,
  );
});

Deno.test("several pictures are a list of tiles; none is styled inline", () => {
  const html = render([pictureOf(1), pictureOf(2), pictureOf(3), pictureOf(4), pictureOf(5)]);
  assert.match(html, /<ul class="pictures wide-2">/);
  assert.equal(html.match(/class="picture opens tile"/g)?.length, 5);
  assert.doesNotMatch(html, /\sstyle=/);
});

Deno.test("a video has the browser's own controls and a size", () => {
  const video = fileOf(3, {
    name: "a.mp4",
    type: "video/mp4",
    width: 1280,
    height: 720,
    duration: 4,
  });
  const html = render([video]);
  assert.match(
    html,
    /<video class="video" controls playsinline preload="metadata" src="\/files\/3\/a.mp4" width="360" height="203" aria-label="Video: a.mp4"/i,
  );
});

Deno.test("a sound file says what it is and how long, and plays in place", () => {
  const html = render([fileOf(3, { name: "song.mp3", type: "audio/mpeg", duration: 185 })]);
  assert.match(html, /song.mp3.*3:05 · 117.kB/s);
  assert.match(html, /<audio controls preload="none" src="\/files\/3\/song.mp3"/);
});

Deno.test("a voice message can be heard without a script: its button is a link to the sound", () => {
  const html = render([voiceOf(4)]);
  assert.match(html, /role="group" aria-label="Voice message by Bob Moss, 0:12"/);
  assert.match(
    html,
    /<a class="voice-play" role="button" href="\/files\/4\/voice.webm" aria-label="Play"/,
  );
  assert.match(html, /<input type="range" min="0" max="124" value="0"/);
  assert.match(html, /aria-valuetext="0:00 of 0:12"/);
});

Deno.test("other files are links that fetch them, with kind and size", () => {
  const html = render([fileOf(5)]);
  assert.match(html, /<a class="file-main" href="\/files\/5\/report.zip" download="report.zip"/);
  assert.match(html, />ZIP<\/span>.*report.zip.*117.kB/s);
});

Deno.test("SVG and HTML are only fetched, whatever they are called", () => {
  for (const type of ["image/svg+xml", "text/html"]) {
    const html = render([fileOf(6, { name: "cat.png", type, width: 10, height: 10 })]);
    assert.doesNotMatch(html, /<img class="shown"|first-look/);
    assert.match(html, /download="cat.png"/);
  }
});

Deno.test("a text has a place for its first lines before they are there", () => {
  const html = render([fileOf(8, { name: "a.csv", type: "text/csv", size: 9_000 })]);
  assert.match(html, /<pre class="first-look" role="group" aria-label="The beginning of a.csv"/);
});

Deno.test("a text without a letter in it has no place for first lines", () => {
  const html = render([fileOf(8, { name: "a.csv", type: "text/csv", size: 0 })]);
  assert.doesNotMatch(html, /first-look/);
  assert.match(html, /download="a.csv"/);
});

Deno.test("a deleted message shows no files", () => {
  const client = fakeClient([messageOf(1, "", { files: [], deletedAt: 1 as never })]);
  const html = renderToString(<ChatView client={client} language="en" navigate={() => {}} />);
  assert.doesNotMatch(html, /class="files"/);
});
