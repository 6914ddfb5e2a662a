import assert from "node:assert/strict";
import { brotliDecompressSync, zstdDecompressSync } from "node:zlib";
import { h } from "preact";
import { createFreshApp } from "../../lib/fresh/app.ts";
import { PageCompression } from "../../lib/fresh/page_compression.ts";

const INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 1234 },
  completed: Promise.resolve(),
};
const TEXT = "да 🎉 hello ".repeat(3_000);

async function ask(path: string, accepted: string, compression = new PageCompression()) {
  await compression.load();
  const pages = { "large.tsx": TEXT, "small.tsx": "hello" };
  const app = createFreshApp<null>({
    files: Object.entries(pages).map(([path, text]) => ({
      path,
      module: { default: () => h("p", null, text) },
    })),
    compression,
    state: () => null,
    onError: () => new Response(null, { status: 500 }),
  });
  const headers = { "accept-encoding": accepted };
  return await app.fetch(new Request(`http://chat.test${path}`, { headers }), INFO);
}

Deno.test("a large page goes in Brotli to who accepts it, and is the same page", async () => {
  const answer = await ask("/large", "gzip, br");
  assert.equal(answer.headers.get("content-encoding"), "br");
  assert.equal(answer.headers.get("vary"), "accept-encoding");
  const body = new Uint8Array(await answer.arrayBuffer());
  assert.ok(body.byteLength < 1_000);
  assert.equal(brotliDecompressSync(body).toString(), `<!DOCTYPE html><p>${TEXT}</p>`);
});

Deno.test("who accepts Zstandard, too, gets that, and it is the same page", async () => {
  const accepted = "gzip, deflate, br, zstd"; // as Chromium says over TLS
  const answer = await ask("/large", accepted);
  assert.equal(answer.headers.get("content-encoding"), "zstd");
  assert.equal(answer.headers.get("vary"), "accept-encoding");
  const body = new Uint8Array(await answer.arrayBuffer());
  assert.ok(body.byteLength < 1_000);
  assert.equal(zstdDecompressSync(body).toString(), `<!DOCTYPE html><p>${TEXT}</p>`);
  const refused = await ask("/large", "br, zstd;q=0");
  assert.equal(refused.headers.get("content-encoding"), "br");
});

Deno.test("who does not accept it, or asks for a small page, gets what the runtime makes of it", async () => {
  for (const [path, accepted] of [["/large", "gzip"], ["/large", "br;q=0"], ["/small", "br"]]) {
    const answer = await ask(path!, accepted!);
    assert.equal(answer.headers.get("content-encoding"), null, `${path} ${accepted}`);
    assert.match(await answer.text(), /^<!DOCTYPE html><p>.*<\/p>$/);
  }
});

Deno.test("what compresses is loaded with the first large page, and no page waits for it", () => {
  const compression = new PageCompression();
  const request = new Request("http://chat.test/", { headers: { "accept-encoding": "br" } });
  assert.equal(compression.compress(new Uint8Array(100_000), request), null);
});
