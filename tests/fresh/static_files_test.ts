/** Static files: compressed copies, validators, and no way out of the folder. */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import {
  findStaticFiles,
  readStaticFiles,
  serveStaticFile,
  type StaticFiles,
} from "../../lib/fresh/static_files.ts";

const SCRIPT = "console.log('a script');";

async function withFiles<T>(
  test: (files: StaticFiles) => Promise<T>,
  { immutable = true, icon = "<svg/>" } = {},
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/site/icons`, { recursive: true });
    await Deno.writeTextFile(`${folder}/secret`, "secret");
    await Deno.writeTextFile(`${folder}/site/a-HASH.js`, SCRIPT);
    await Deno.writeTextFile(`${folder}/site/a-HASH.js.br`, "br!");
    await Deno.writeTextFile(`${folder}/site/a-HASH.js.gz`, "gz!");
    await Deno.writeTextFile(`${folder}/site/icons/i.svg`, icon);
    await Deno.writeTextFile(`${folder}/site/.stamp`, "hidden");
    const url = pathToFileURL(`${folder}/site/`);
    return await test(findStaticFiles(url, { prefix: "/assets/", immutable }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** `null` where there is no such file. */
const ask = (files: StaticFiles, path: string, init?: RequestInit) =>
  serveStaticFile(files, new Request(`http://chat.test${path}`, init));

async function get(files: StaticFiles, path: string, init?: RequestInit): Promise<Response> {
  const response = await ask(files, path, init);
  assert.ok(response !== null, path);
  return response;
}

Deno.test("a file is sent with its type, and for ever where its name carries a hash", () =>
  withFiles(async (files) => {
    const response = await get(files, "/assets/a-HASH.js");
    assert.equal(await response.text(), SCRIPT);
    assert.equal(response.headers.get("content-type"), "text/javascript; charset=utf-8");
    assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    const svg = await get(files, "/assets/icons/i.svg");
    assert.equal(svg.headers.get("content-security-policy"), "default-src 'none'");
    assert.equal(await svg.text(), "<svg/>");
  }));

Deno.test("the compressed copy is sent to who accepts it, Brotli before gzip", () =>
  withFiles(async (files) => {
    const encoded = async (accept: string) => {
      const headers = { "accept-encoding": accept };
      const response = await get(files, "/assets/a-HASH.js", { headers });
      return [response.headers.get("content-encoding"), await response.text()];
    };
    assert.deepEqual(await encoded("gzip, deflate, br"), ["br", "br!"]);
    assert.deepEqual(await encoded("gzip;q=0.5"), ["gzip", "gz!"]);
    assert.deepEqual(await encoded("br;q=0, gzip;q=0.0"), [null, SCRIPT]);
    assert.deepEqual(await encoded("brotli, identity"), [null, SCRIPT]);
  }));

Deno.test("a header of nothing but spaces and marks takes no longer than another", () =>
  withFiles(async (files) => {
    const hostile = [`a${" ".repeat(60_000)}b`, ";".repeat(60_000), " ;".repeat(30_000)];
    for (const header of hostile) {
      const start = performance.now();
      await get(files, "/assets/a-HASH.js", {
        headers: { "accept-encoding": header, "if-none-match": header },
      });
      assert.ok(performance.now() - start < 600, header.slice(0, 5));
    }
  }));

Deno.test("a client that has the file gets 304, also behind a proxy that weakened the tag", async () => {
  for (const immutable of [true, false]) {
    await withFiles(async (files) => {
      const etag = (await get(files, "/assets/a-HASH.js")).headers.get("etag")!;
      const status = async (tag: string) =>
        (await get(files, "/assets/a-HASH.js", { headers: { "if-none-match": tag } })).status;
      assert.equal(await status(etag), 304);
      assert.equal(await status(`"x", W/${etag}`), 304);
      assert.equal(await status('"other"'), 200);
    }, { immutable });
  }
});

Deno.test("a file that may change has another tag when its content is another", async () => {
  const tagOf = (icon: string) =>
    withFiles(
      async (files) => (await get(files, "/assets/icons/i.svg")).headers.get("etag"),
      { immutable: false, icon },
    );
  const tags = await Promise.all(["one", "two", "one"].map(tagOf));
  assert.ok(tags[0]);
  assert.equal(tags[0], tags[2]);
  assert.notEqual(tags[0], tags[1]);
});

Deno.test("nothing but the files of the folder can be reached, by GET and HEAD only", () =>
  withFiles(async (files) => {
    const outside = [
      "/assets/../secret",
      "/assets/%2e%2e/secret",
      "/assets/..%2fsecret",
      "/a-HASH.js",
    ];
    for (const path of [...outside, "/assets/.stamp", "/assets/a-HASH.js.br", "/assets/icons"]) {
      assert.equal(ask(files, path), null, path);
    }
    assert.equal(ask(files, "/assets/a-HASH.js", { method: "POST" }), null);
    assert.equal((await get(files, "/assets/a-HASH.js", { method: "HEAD" })).body, null);
  }));

Deno.test("a file that was asked for, or read beforehand, is served after its folder is gone", async () => {
  const [asked, read] = await Promise.all([
    withFiles(async (files) => {
      await (await get(files, "/assets/a-HASH.js")).text();
      return files;
    }),
    withFiles(async (files) => {
      await readStaticFiles(files);
      return files;
    }),
  ]);
  assert.equal(await (await get(asked, "/assets/a-HASH.js")).text(), SCRIPT);
  assert.equal(await (await get(read, "/assets/icons/i.svg")).text(), "<svg/>");
  const headers = { "accept-encoding": "br" };
  assert.equal(await (await get(read, "/assets/a-HASH.js", { headers })).text(), "br!");
  await assert.rejects(get(asked, "/assets/a-HASH.js", { headers }), Deno.errors.NotFound);
});

Deno.test("a folder that is not there is empty", () => {
  const files = findStaticFiles(new URL("file:///nowhere/at/all/"), {
    prefix: "/",
    immutable: false,
  });
  assert.equal(files.size, 0);
});
