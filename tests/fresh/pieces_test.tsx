import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { PagePieces } from "../../lib/fresh/pieces.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (page: Uint8Array) => new TextDecoder().decode(page);

Deno.test("pieces stand where their marks were, between texts of any script", () => {
  const pieces = new PagePieces();
  const marks = ["<b>первый</b>", "", "🎉"].map((html) => pieces.mark(bytes(html)));
  const page = pieces.join(`<p>да ${marks[0]}${marks[1]}—${marks[2]}</p>`);
  assert.equal(textOf(page), "<p>да <b>первый</b>—🎉</p>");
});

Deno.test("a page without pieces is its text", () => {
  assert.equal(textOf(new PagePieces().join("<p>да &lt;#0></p>")), "<p>да &lt;#0></p>");
  assert.equal(new PagePieces().join("").byteLength, 0);
});

Deno.test("a piece can be made when all else is rendered", () => {
  const pieces = new PagePieces();
  let made = 0;
  const mark = pieces.mark(() => {
    made++;
    return bytes("<hr>");
  });
  assert.equal(made, 0);
  assert.equal(textOf(pieces.join(`<p>${mark}</p>`)), "<p><hr></p>");
  assert.equal(made, 1);
});

Deno.test("pieces that take long to make give others their turn in between, and are the same page", async () => {
  const pieces = new PagePieces();
  const did: string[] = [];
  const marks = ["a", "b", "c"].map((name) =>
    pieces.mark(() => {
      did.push(name);
      return bytes(name);
    })
  );
  const making = pieces.make(() => Promise.resolve().then(() => void did.push("others")));
  assert.deepEqual(did, ["a"]);
  await making;
  assert.deepEqual(did, ["a", "others", "b", "others", "c", "others"]);
  assert.equal(textOf(pieces.join(`<p>${marks.join("")}</p>`)), "<p>abc</p>");
  assert.equal(did.length, 6, "each is made once");
  // Where none took long, nothing is waited for.
  const quick = new PagePieces();
  const made: string[] = [];
  for (const name of ["a", "b"]) quick.mark(() => (made.push(name), bytes(name)));
  void quick.make(() => undefined);
  assert.deepEqual(made, ["a", "b"]);
});

Deno.test("no text and no attribute can name a piece: it stays as it was written", () => {
  const pieces = new PagePieces();
  const mark = pieces.mark(bytes("<b>another's</b>"));
  const html = renderToString(<p title={mark} class={`${mark}"`}>{mark} {["<", "#0>"]}</p>);
  assert.doesNotMatch(textOf(pieces.join(html)), /another's/);
});

Deno.test("a page of whatever letters is whole, however many bytes they take", () => {
  const pieces = new PagePieces();
  const texts = Array.from(
    { length: 40 },
    (_, at) => ["a", "я", "€", "🎉"][at % 4]!.repeat(at * 7),
  );
  const marks = texts.map((text) => pieces.mark(bytes(`<i>${text}</i>`)));
  const page = pieces.join(texts.map((text, at) => text + marks[at]).join(""));
  assert.equal(textOf(page), texts.map((text) => `${text}<i>${text}</i>`).join(""));
});
