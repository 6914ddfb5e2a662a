/** What a page is cut into, and pages that were made to keep the program busy. */
import assert from "node:assert/strict";
import process from "node:process";
import { HeadMarks } from "../../lib/links/head_marks.ts";
import { readHead } from "../../lib/links/page_head.ts";

/** What is told of a page that comes in pieces of a size. */
function told(page: string, size = page.length): { said: string[]; isOver: boolean } {
  const said: string[] = [];
  const marks = new HeadMarks({
    opened: (name, attributes) => said.push(`${name} ${[...attributes].join(" ")}`.trim()),
    text: (piece) => said.push(piece),
  });
  for (let at = 0; at < page.length; at += size) marks.write(page.slice(at, at + size));
  return { said, isOver: marks.isOver };
}

Deno.test("only what tells something is told, with the attributes that do", () => {
  const page = `<!doctype html><p class=a><META Content='a &amp; b' content=later x NAME=c>
    <script>"<title>"</script><link href=/i rel=icon/><title data-x>t</title>text<base HREF="&lt;">`;
  assert.deepEqual(told(page).said, [
    "meta content,a & b name,c",
    "link href,/i rel,icon/",
    "title",
    "t",
    "base href,<",
  ]);
});

Deno.test("it is the same in whatever pieces the page comes", () => {
  const page = `<head><!-- <title>no</title> --><meta name="de&#115;cription" content="&notit; &am">
    <svg><title>s</title></svg><title>a </titl &amp; b &notit; &mdash;</title><p &amp=x><meta name=n>`;
  const whole = told(page).said.join("");
  assert.equal(
    whole,
    "meta name,description content,&notit; &amtitlea </titl & b ¬it; —meta name,n",
  );
  for (const size of [1, 2, 3, 5, 8, 13]) assert.equal(told(page, size).said.join(""), whole);
});

Deno.test("a drawing has titles of its own, until it ends, or what no drawing can hold comes", () => {
  const title = "<title>t</title>";
  assert.deepEqual(told(`<svg>${title}</svg><math>${title}</math>`).said, []);
  for (const before of ["<svg/>", "<svg></svg>", "</svg>", "<SVG><g></SVG>"]) {
    assert.deepEqual(told(before + title).said, ["title", "t"], before);
  }
  assert.deepEqual(told(`<svg><svg></svg>${title}<meta>${title}`).said, ["meta", "title", "t"]);
});

Deno.test("it is over where the head ends; where none began, the page may tell all along", () => {
  for (const end of ["</head>", "<body>", "</HEAD foo>"]) {
    assert.equal(told(`<head><title>t</title>${end}`).isOver, true, end);
    const { said, isOver } = told(`<title>t</title>${end}<meta name=a>`);
    assert.deepEqual([said.at(-1), isOver], ["meta name,a", false], end);
  }
});

Deno.test("whatever a page has too much of, it is left", () => {
  for (
    const mark of [
      "<i>",
      "</b>",
      "<form>",
      "<meta a=b>",
      "<!---->",
      "<!x>",
      "<!doctype>",
      "<![CDATA[]]>",
      "<?x>",
      "&amp;",
      "<",
    ]
  ) {
    assert.equal(told(mark.repeat(1_000)).isOver, false, mark);
    assert.equal(told(mark.repeat(30_000)).isOver, true, mark);
  }
  assert.equal(told(`<meta ${"a ".repeat(30_000)}`).isOver, true);
  assert.equal(told(`<meta name="${"&amp;".repeat(30_000)}`).isOver, true);
});

Deno.test("of a value without end no more is kept than anybody wants", () => {
  for (const long of ["x".repeat(100_000), "&lt;".repeat(20_000), `x${"\0".repeat(100_000)}`]) {
    for (const size of [64, 8_192]) {
      const [said] = told(`<meta content="${long}">`, size).said;
      assert.ok(said!.length < 4_200, `${said!.length}`);
    }
  }
});

const PAGE_BYTES = 1_048_576;
const DEEP = 4_900;

/** What stands before, and what then fills the page. */
const HOSTILE: readonly (readonly [before: string, piece: string])[] = [
  // Closing tags that match nothing, below much that is open.
  ["<i>".repeat(DEEP), "</b>"],
  ["<i>".repeat(DEEP), "</B>"],
  ["<i>".repeat(DEEP), "</i"],
  ["<yyyyyyyyyyyya>".repeat(DEEP), "</yyyyyyyyyyyyb>"],
  ["<i>".repeat(DEEP), "</p>"],
  ["<i>".repeat(DEEP), "</br>"],
  ["<i>".repeat(DEEP), "<p></i>"],
  // What may not be inside of itself, and what closes other elements unsaid.
  [`<form>${"<i>".repeat(DEEP)}`, "<form>"],
  [`<form>${"<i>".repeat(DEEP)}`, "<FORM></FORM>"],
  ["<table>".repeat(DEEP), "<td><tr><th>"],
  ["", "<p><li><option><td>"],
  ["", "<select><option><optgroup>"],
  ["", "<a><h1><div><dd><rt>"],
  ["", "<button>"],
  // Drawings and formulas.
  [`<svg>${"<i>".repeat(DEEP)}`, "</b>"],
  [`<svg><foreignObject>${"<i>".repeat(DEEP)}`, "</clippath>"],
  ["<math>".repeat(DEEP), "</mi>"],
  ["", "<svg><title>"],
  ["", "<svg/>"],
  ["", "<svg><math><mi><desc>"],
  // Attributes and values.
  ["<meta ", "a "],
  ["<meta ", "name=a "],
  ["<meta ", "a=&amp "],
  ["<meta ", "/"],
  ["<meta ", "a"],
  ["<meta ", "="],
  ['<meta property="og:title" content="', "x "],
  ['<meta property="og:title" content="', "&amp;"],
  ['<meta name="', "\n"],
  ["<meta name=", "&#1"],
  ['<link rel="', "image_src"],
  ['<link rel="', " \t"],
  ["", '<meta property="og:image" content="//x.example/&">'],
  // Comments, declarations, references, and what only looks like them.
  ["<!--", "-"],
  ["<!--", "--!"],
  ["", "<!---->"],
  ["", "<!-->"],
  ["", "<!doctype>"],
  ["", "<!d"],
  ["", "<![CDATA[x]]>"],
  ["<![CDATA[", "]]"],
  ["", "<?x>"],
  ["<title>", "&amp;"],
  ["<title>", "&"],
  ["<title>", "&notit;"],
  ["<title>", "&CounterClockwiseContourIntegra"],
  ["<title>&#", "9"],
  ["<title>&#x", "f"],
  ["<title>", "&#"],
  // What is text until it is closed.
  ["<title>", "</titl"],
  ["<title>", "<title>"],
  ["<title>", " "],
  ["<title>", "\u0000"],
  ["<script>", "</scrip<"],
  ["<style>", "<"],
  ["<textarea>", "&lt;</textare"],
  ["<plaintext>", "<x>"],
  ["<xmp>", "</xm"],
  ["", "<title></title>"],
  ["", "<script></script>"],
  // The rest.
  ["", "<"],
  ["", "</"],
  ["", "<a"],
  ["", "\u0000<\u0000"],
  ["<", "a"],
  ["", "\ufeff"],
  ["", " charset=<meta"],
  ["<meta charset", " "],
];

/** Milliseconds of work, on whatever else the machine is busy with. */
function worked(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

Deno.test("whatever a page is made of, it is read in small pieces, and soon", async () => {
  for (const [before, piece] of HOSTILE) {
    const page = before + piece.repeat((PAGE_BYTES - before.length) / piece.length);
    const name = `${JSON.stringify(before.slice(0, 12))} ${JSON.stringify(piece)}`;
    const bytes = new TextEncoder().encode(page);
    const whole = process.cpuUsage();
    let [began, longest] = [whole, 0];
    await readHead(inOne(bytes), {
      url: new URL("https://site.example/"),
      type: "text/html",
      turn() {
        longest = Math.max(longest, worked(began));
        began = process.cpuUsage();
        return Promise.resolve();
      },
    });
    longest = Math.max(longest, worked(began));
    const sum = worked(whole);
    // A search for each mark through all that is open took from 1,200 to 26,000 ms, in one go.
    assert.ok(longest < 150, `${name} went on alone for ${longest} ms`);
    assert.ok(sum < 700, `${name} took ${sum} ms`);
  }
});

async function* inOne(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
