/** Assets: from the build's manifest to the addresses that a page links. */
import assert from "node:assert/strict";
import { assetsOf, developmentAssets } from "../../lib/fresh/assets.ts";

const assets = assetsOf({
  "client.ts": {
    file: "assets/client-1.js",
    css: ["assets/client-2.css"],
    imports: ["_shared.js"],
  },
  "_shared.js": {
    file: "assets/shared-3.js",
    css: ["assets/shared-4.css"],
    imports: ["client.ts", "_shared.js"],
  },
  "lib/ui/styles/auth.css": { file: "assets/auth-5.css" },
});

Deno.test("a script brings its styles and those of what it imports, each once", () => {
  const { script, styles, preload } = assets("client.ts");
  assert.equal(script, "/assets/client-1.js");
  assert.deepEqual(styles, ["/assets/client-2.css", "/assets/shared-4.css"]);
  assert.deepEqual(preload, ["/assets/shared-3.js"]);
});

Deno.test("an entry of styles has no script", () => {
  assert.deepEqual(assets("lib/ui/styles/auth.css"), {
    script: null,
    styles: ["/assets/auth-5.css"],
    preload: [],
  });
});

Deno.test("an entry that was not built is refused by name", () => {
  assert.throws(() => assets("other.ts"), /no entry "other\.ts"/);
});

Deno.test("in development a page asks Vite for the sources", () => {
  assert.equal(developmentAssets("client.ts").script, "/client.ts");
  assert.deepEqual(developmentAssets("a.css").styles, ["/a.css"]);
});
