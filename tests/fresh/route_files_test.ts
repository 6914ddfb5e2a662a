/** Route files: found below a folder, their paths read by Fresh's conventions. */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { bySpecificity, loadRouteFiles, patternOf, wraps } from "../../lib/fresh/route_files.ts";

Deno.test("a path's brackets, groups and index become a pattern", () => {
  const patterns: Record<string, string> = {
    "index.tsx": "/",
    "login.tsx": "/login",
    "rooms/index.tsx": "/rooms",
    "rooms/[id].tsx": "/rooms/:id",
    "(pages)/rooms/[id]/[seq].tsx": "/rooms/:id/:seq",
    "files/[id]/[...name].ts": "/files/:id/:name{.+}",
    "list/[[page]].ts": "/list/:page?",
    "api/openapi.json.ts": "/api/openapi.json",
  };
  for (const [path, pattern] of Object.entries(patterns)) assert.equal(patternOf(path), pattern);
});

Deno.test("the nearest match comes first", () => {
  const sorted = ["/a/:x{.+}", "/:a", "/a/:x", "/a/b"].sort(bySpecificity);
  assert.deepEqual(sorted, ["/a/b", "/a/:x", "/a/:x{.+}", "/:a"]);
});

Deno.test("a wrapping file wraps its folder, not one whose name begins the same", () => {
  assert.equal(wraps("api/_middleware.ts", "api/rooms/[id].ts"), true);
  assert.equal(wraps("_app.tsx", "index.tsx"), true);
  assert.equal(wraps("api/_middleware.ts", "api2/x.ts"), false);
  assert.equal(wraps("api/_middleware.ts", "api.ts"), false);
});

Deno.test("every route below a folder is loaded, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/rooms/(_parts)`, { recursive: true });
    await Deno.writeTextFile(`${folder}/index.ts`, "export const handler = () => new Response();");
    await Deno.writeTextFile(`${folder}/rooms/[id].ts`, "export default () => null;");
    for (const other of ["rooms/(_parts)/x.ts", "rooms/x_test.ts", "x.d.ts", "notes.md"]) {
      await Deno.writeTextFile(`${folder}/${other}`, "throw new Error('loaded');");
    }
    const files = await loadRouteFiles(pathToFileURL(`${folder}/`));
    assert.deepEqual(files.map((file) => file.path), ["index.ts", "rooms/[id].ts"]);
    assert.equal(typeof files[0]!.module.handler, "function");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
