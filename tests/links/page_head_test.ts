/** What a page says of itself, and what hostile pages say. */
import assert from "node:assert/strict";
import { readHead } from "../../lib/links/page_head.ts";

const URL_OF_PAGE = new URL("https://site.example/a/page");

function head(page: string | Uint8Array, type = "text/html", size = 1_000) {
  const bytes = typeof page === "string" ? new TextEncoder().encode(page) : page;
  return readHead(inChunks(bytes, size), { url: URL_OF_PAGE, type, turn: atOnce });
}

function atOnce(): Promise<void> {
  return Promise.resolve();
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

Deno.test("a page says by Open Graph what it is", async () => {
  const found = await head(`<!doctype html><html><head><title>Plain</title>
    <meta property="og:title" content="Tom &amp; Jerry &lt;3">
    <META NAME="description" CONTENT="  Two
      lines "><meta property="og:site_name" content="Site">
    <meta property="og:image" content="/pic.png?a=1&amp;b=2">
    <meta name="twitter:image" content="//other.example/t.jpg"></head>`);
  assert.deepEqual({ ...found, images: found.images.map(String) }, {
    title: "Tom & Jerry <3",
    description: "Two lines",
    site: "Site",
    images: ["https://site.example/pic.png?a=1&b=2", "https://other.example/t.jpg"],
  });
});

Deno.test("a page without Open Graph has its title, by halves of its bytes too", async () => {
  const page =
    "<html><head><svg><title>icon</title></svg><title>Заголовок &mdash; тут</title></head>";
  for (const size of [1, 7, 10_000]) {
    assert.equal((await head(page, "text/html", size)).title, "Заголовок — тут");
  }
});

Deno.test("pictures are found from the page's base, and only those of the web", async () => {
  const images = async (head_: string) => (await head(`<head>${head_}</head>`)).images.map(String);
  assert.deepEqual(await images('<base href="/b/"><meta property="og:image" content="x.png">'), [
    "https://site.example/b/x.png",
  ]);
  assert.deepEqual(await images('<link rel="image_src" href="y.png">'), [
    "https://site.example/a/y.png",
  ]);
  for (
    const none of ["data:image/png;base64,AA", "javascript:alert(1)", "file:///x", "http://[", ""]
  ) {
    assert.deepEqual(await images(`<meta property="og:image" content="${none}">`), []);
  }
});

Deno.test("a page is read in its own letters", async () => {
  const russian = Uint8Array.from(
    [...'<meta charset="windows-1251"><title>'].map((c) => c.charCodeAt(0)).concat([
      0xcf,
      0xf0,
      0xe8,
      0xe2,
      0xe5,
      0xf2,
    ]),
  );
  assert.equal((await head(russian, "text/html", 3)).title, "Привет");
  const told = russian.slice(29);
  assert.equal((await head(told, "text/html; charset=windows-1251")).title, "Привет");
  assert.equal((await head(told, 'text/html;charset="koi8-r"')).title, "оПХБЕР");
  assert.equal((await head("<title>ok", "text/html; charset=no-such")).title, "ok");
  const wide = new Uint8Array([
    0xff,
    0xfe,
    ...[..."<title>Wide</title>"].flatMap((c) => [c.charCodeAt(0), 0]),
  ]);
  assert.equal((await head(wide)).title, "Wide");
});

Deno.test("what is said is text of one line, cut to a length, with nothing unseen in it", async () => {
  const { title, description } = await head(
    `<title>a\u202egnp.exe\u0000\u200b\n\n  b${"\ud83d\ude00".repeat(300)}</title>
     <meta name=description content="${"x".repeat(100_000)}">`,
  );
  assert.match(title, /^agnp\.exe.? b😀+…$/u);
  assert.equal([...title].length, 200);
  assert.equal(description.length, 400);
  assert.ok(title.isWellFormed());
  const { title: script } = await head("<title><script>alert(1)</script></title>");
  assert.equal(script, "<script>alert(1)</script>");
});

Deno.test("what comes behind the head is not read", async () => {
  let chunks = 0;
  async function* endless(): AsyncIterable<Uint8Array> {
    const encoder = new TextEncoder();
    yield await Promise.resolve(
      encoder.encode(`<head><title>t</title></head>${" ".repeat(2_000)}`),
    );
    for (;;) {
      chunks++;
      yield encoder.encode("<p>x");
    }
  }
  const found = await readHead(endless(), {
    url: URL_OF_PAGE,
    type: "text/html",
    turn: atOnce,
  });
  assert.equal(found.title, "t");
  assert.equal(chunks, 0);
});

Deno.test("an element with attributes without end is left", async () => {
  const encoder = new TextEncoder();
  let said = 0;
  async function* endless() {
    yield encoder.encode(`<title>t</title><meta ${"x ".repeat(600)}`);
    for (; said < 100_000; said += 100) {
      yield encoder.encode(Array.from({ length: 100 }, (_, at) => `a${said + at}=b `).join(""));
    }
  }
  const found = await readHead(endless(), {
    url: URL_OF_PAGE,
    type: "text/html",
    turn: atOnce,
  });
  assert.equal(found.title, "t");
  assert.ok(said < 30_000, `it read ${said} attributes`);
});

Deno.test("others have their turn before each piece, however many are here at once", async () => {
  const turns = async (length: number, size: number) => {
    let count = 0;
    const body = inChunks(new TextEncoder().encode("<i>".padEnd(length)), size);
    const turn = () => Promise.resolve(void count++);
    await readHead(body, { url: URL_OF_PAGE, type: "text/html", turn });
    return count;
  };
  assert.equal(await turns(1_000_000, 1_000_000), 123);
  assert.equal(await turns(1_000_000, 10_000), 200);
  assert.equal(await turns(2_000, 1), 977, "the first thousand say in which letters it is");
  assert.equal(await turns(500, 100), 0);
});
