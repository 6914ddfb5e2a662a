/** Static files: compressed copies, validators, and no way out of the folder. */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import {
  loadStaticFiles,
  serveStaticFile,
  type StaticFiles,
} from "../../lib/fresh/static_files.ts";

const SCRIPT = "console.log('a script');";

async function withFiles(test: (files: StaticFiles) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/site/icons`, { recursive: true });
    await Deno.writeTextFile(`${folder}/secret`, "secret");
    await Deno.writeTextFile(`${folder}/site/a-HASH.js`, SCRIPT);
    await Deno.writeTextFile(`${folder}/site/a-HASH.js.br`, "br!");
    await Deno.writeTextFile(`${folder}/site/a-HASH.js.gz`, "gz!");
    await Deno.writeTextFile(`${folder}/site/icons/i.svg`, "<svg/>");
    await Deno.writeTextFile(`${folder}/site/.stamp`, "hidden");
    const url = pathToFileURL(`${folder}/site/`);
    await test(await loadStaticFiles(url, { prefix: "/assets/", immutable: true }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const get = (files: StaticFiles, path: string, init?: RequestInit) =>
  serveStaticFile(files, new Request(`http://chat.test${path}`, init));

Deno.test("a file is sent with its type, and for ever where its name carries a hash", () =>
  withFiles(async (files) => {
    const response = get(files, "/assets/a-HASH.js")!;
    assert.equal(await response.text(), SCRIPT);
    assert.equal(response.headers.get("content-type"), "text/javascript; charset=utf-8");
    assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    const svg = get(files, "/assets/icons/i.svg")!;
    assert.equal(svg.headers.get("content-security-policy"), "default-src 'none'");
    assert.equal(await svg.text(), "<svg/>");
  }));

Deno.test("the compressed copy is sent to who accepts it, Brotli before gzip", () =>
  withFiles(async (files) => {
    const encoded = async (accept: string) => {
      const response = get(files, "/assets/a-HASH.js", { headers: { "accept-encoding": accept } })!;
      return [response.headers.get("content-encoding"), await response.text()];
    };
    assert.deepEqual(await encoded("gzip, deflate, br"), ["br", "br!"]);
    assert.deepEqual(await encoded("gzip;q=0.5"), ["gzip", "gz!"]);
    assert.deepEqual(await encoded("br;q=0, gzip;q=0.0"), [null, SCRIPT]);
    assert.deepEqual(await encoded("brotli, identity"), [null, SCRIPT]);
  }));

Deno.test("a client that has the file gets 304, also behind a proxy that weakened the tag", () =>
  withFiles((files) => {
    const etag = get(files, "/assets/a-HASH.js")!.headers.get("etag")!;
    const status = (tag: string) =>
      get(files, "/assets/a-HASH.js", { headers: { "if-none-match": tag } })!.status;
    assert.equal(status(etag), 304);
    assert.equal(status(`"x", W/${etag}`), 304);
    assert.equal(status('"other"'), 200);
    return Promise.resolve();
  }));

Deno.test("nothing but the files of the folder can be reached, by GET and HEAD only", () =>
  withFiles((files) => {
    const outside = [
      "/assets/../secret",
      "/assets/%2e%2e/secret",
      "/assets/..%2fsecret",
      "/a-HASH.js",
    ];
    for (const path of [...outside, "/assets/.stamp", "/assets/a-HASH.js.br", "/assets/icons"]) {
      assert.equal(get(files, path), null, path);
    }
    assert.equal(get(files, "/assets/a-HASH.js", { method: "POST" }), null);
    assert.equal(get(files, "/assets/a-HASH.js", { method: "HEAD" })!.body, null);
    return Promise.resolve();
  }));

Deno.test("a folder that is not there is empty", async () => {
  const files = await loadStaticFiles(new URL("file:///nowhere/at/all/"), {
    prefix: "/",
    immutable: false,
  });
  assert.equal(files.size, 0);
});
