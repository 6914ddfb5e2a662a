/** The browser build: hashed and compressed, skipped when nothing changed, never half there. */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { type BuildOptions, buildProgram } from "../build.ts";
import { SERVER_INPUTS } from "../build_server.ts";
import { inAscii, onlyWhenWanted } from "../server_text.ts";
import { compileArguments, explainFailure, FOLDERS } from "../compile.ts";

async function withProject(
  test: (
    root: string,
    build: (more?: Partial<BuildOptions>) => Promise<boolean>,
  ) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/lib`);
    await Deno.writeTextFile(
      `${root}/client.ts`,
      `import "./lib/chat.css"; const words: string[] = ["a", "b"]; ` +
        `document.title = ${JSON.stringify("a title ".repeat(40))} + words;`,
    );
    await Deno.writeTextFile(`${root}/lib/chat.css`, "body { color: red }");
    await Deno.writeTextFile(`${root}/lib/auth.css`, "p { margin: 0 }");
    const options = { root, entries: ["client.ts", "lib/auth.css"], inputs: ["client.ts", "lib"] };
    await test(root, (more) => buildProgram({ ...options, ...more }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function manifestOf(root: string): Promise<Record<string, { file: string; css?: string[] }>> {
  return JSON.parse(await Deno.readTextFile(`${root}/dist/.vite/manifest.json`));
}

Deno.test("each entry gets a hashed name in the manifest, and compressed copies", () =>
  withProject(async (root, build) => {
    assert.equal(await build(), true);
    const manifest = await manifestOf(root);
    const script = manifest["client.ts"]!;
    assert.match(script.file, /^assets\/client-[\w-]{8}\.js$/);
    assert.match(script.css![0]!, /^assets\/client-[\w-]{8}\.css$/);
    assert.match(manifest["lib/auth.css"]!.file, /^assets\/auth-[\w-]{8}\.css$/);
    const bytes = await Deno.readFile(`${root}/dist/${script.file}`);
    const copy = async (ending: string) =>
      await Deno.readFile(`${root}/dist/${script.file}${ending}`);
    assert.deepEqual(new Uint8Array(brotliDecompressSync(await copy(".br"))), bytes);
    assert.deepEqual(new Uint8Array(gunzipSync(await copy(".gz"))), bytes);
  }));

Deno.test("who may not write to the folder serves what is built, and is told in a sentence if that is old", () =>
  withProject(async (root, build) => {
    await build();
    // Nobody can open a folder as a file, not even root, as which the tests may run.
    await Deno.remove(`${root}/node_modules/.build.lock`);
    await Deno.mkdir(`${root}/node_modules/.build.lock`);
    assert.equal(await build(), false);
    await Deno.writeTextFile(`${root}/lib/chat.css`, "body { color: green }");
    await assert.rejects(build(), {
      name: "BuildRefusal",
      message: /^Something changed since the last build, .* run "deno task build" as [^\n]+\.$/,
    });
  }));

Deno.test("nothing is built again until an input changes, whatever its time says", () =>
  withProject(async (root, build) => {
    await build();
    const before = await manifestOf(root);
    await Deno.utime(`${root}/client.ts`, 0, 0);
    assert.equal(await build(), false);
    await Deno.writeTextFile(`${root}/lib/chat.css`, "body { color: blue }");
    assert.equal(await build(), true);
    const after = await manifestOf(root);
    assert.notDeepEqual(after["client.ts"]!.css, before["client.ts"]!.css);
    assert.equal(after["lib/auth.css"]!.file, before["lib/auth.css"]!.file);
    await Deno.writeTextFile(`${root}/lib/new.ts`, "");
    assert.equal(await build(), true, "a new file counts");
  }));

Deno.test("a build that fails leaves the last good one in place", () =>
  withProject(async (root, build) => {
    await build();
    const before = await manifestOf(root);
    await Deno.writeTextFile(`${root}/client.ts`, "import './missing.ts';");
    await assert.rejects(build());
    assert.deepEqual(await manifestOf(root), before);
    await Deno.stat(`${root}/dist/${before["client.ts"]!.file}`);
  }));

const SMALL_SERVER = {
  "deno.json": "{}",
  "main.ts": `import { DATABASE_WORKER, ROOT } from "./lib/program/places.ts";
    import { loadRoutes } from "./lib/program/route_modules.ts";
    const files = await loadRoutes();
    const routes = files.map(({ path, module }) => [path, (module.handler as () => string)()]);
    console.log(JSON.stringify({ routes, root: ROOT.href, worker: DATABASE_WORKER.href }));`,
  "lib/program/places.ts": `export const ROOT = new URL("../", import.meta.url);
    export const DATABASE_WORKER = new URL("store/sqlite/worker.ts", import.meta.url);`,
  "lib/program/route_modules.ts": `
    interface File { path: string; module: { handler?: unknown } }
    export const loadRoutes = (): Promise<File[]> => Promise.resolve([]);`,
  "lib/store/sqlite/worker.ts": "self.postMessage('here');",
  "lib/files/inspecting/worker.ts": "self.postMessage('here too');",
  "routes/index.ts": "export const handler = (): string => 'first';",
};

Deno.test("the server's bundle has its routes and its Worker, and is made again when a source changes", () =>
  withProject(async (root, build) => {
    for (const folder of ["lib/program", "lib/store/sqlite", "lib/files/inspecting", "routes"]) {
      await Deno.mkdir(`${root}/${folder}`, { recursive: true });
    }
    for (const [path, text] of Object.entries(SMALL_SERVER)) {
      await Deno.writeTextFile(`${root}/${path}`, text);
    }
    const server = { server: true, inputs: ["client.ts", ...SERVER_INPUTS] };
    assert.equal(await build(server), true);
    const first = await runBundle(root);
    assert.deepEqual(first.routes, [["index.ts", "first"]]);
    assert.equal(first.root, pathToFileURL(`${await Deno.realPath(root)}/`).href);
    await Deno.stat(new URL(first.worker));
    assert.match(first.worker, /dist\/server\/worker\.js$/);

    assert.equal(await build(server), false);
    await Deno.writeTextFile(`${root}/routes/index.ts`, "export const handler = () => 'second';");
    assert.equal(await build(server), true);
    assert.deepEqual((await runBundle(root)).routes, [["index.ts", "second"]]);
  }));

Deno.test("a module of the server that looks for files beside itself fails the build", () =>
  withProject(async (root, build) => {
    await Deno.mkdir(`${root}/lib/store/sqlite`, { recursive: true });
    await Deno.writeTextFile(`${root}/lib/store/sqlite/worker.ts`, "");
    await Deno.mkdir(`${root}/lib/files/inspecting`, { recursive: true });
    await Deno.writeTextFile(`${root}/lib/files/inspecting/worker.ts`, "");
    await Deno.writeTextFile(`${root}/deno.json`, "{}");
    await Deno.writeTextFile(`${root}/main.ts`, "console.log(new URL('.', import.meta.url));");
    await assert.rejects(build({ server: true }), /main\.ts looks for something beside itself/);
  }));

async function runBundle(root: string) {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", `${root}/dist/server/main.js`],
    cwd: root,
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("several builds at once make one", () =>
  withProject(async (_root, build) => {
    const built = await Promise.all([build(), build(), build()]);
    assert.equal(built.filter((each) => each).length, 1);
  }));

Deno.test("the executable carries all that is loaded by path", async () => {
  const args = compileArguments("confab");
  const included = args.filter((_, index) => args[index - 1] === "--include");
  assert.deepEqual(included.slice(0, FOLDERS.length), FOLDERS);
  assert.match(included[FOLDERS.length]!, /^npm:@node-rs\/argon2@\d/);
  const root = new URL("../", import.meta.url);
  for (const path of FOLDERS) assert.ok((await Deno.stat(new URL(path, root))).isDirectory, path);
  assert.equal(args.includes("--allow-all"), false);
  const system = args.find((each) => each.startsWith("--allow-sys="))!;
  assert.match(system, /\bstatfs\b/, "else it could not leave any of the disk free");
});

Deno.test("a base binary that could not be fetched is told plainly, other failures are not hidden", () => {
  const download = "error: client error (Connect): dns error: failed to lookup dl.deno.land";
  assert.match(explainFailure(download), /fetches its base binary from dl\.deno\.land/);
  assert.doesNotMatch(explainFailure('error: Module not found "main.ts"'), /dl\.deno\.land/);
});

Deno.test("the server's program in ASCII says the same", () => {
  const texts = ["Привет", "🙂 ok", "«é»", "plain"];
  const code = `[${
    texts.map((text) => JSON.stringify(text)).join(", ")
  }, /[а-я🙂]/u.source.length]`;
  const ascii = inAscii(code);
  assert.match(ascii, /^\p{ASCII}*$/u);
  const strings = ascii.slice(1, ascii.lastIndexOf(", /"));
  assert.deepEqual(JSON.parse(`[${strings}]`), texts);
});

Deno.test("what an escape would change is refused, not changed", () => {
  assert.throws(() => inAscii('"\\é"'), /Cannot write this in ASCII/);
  assert.throws(() => inAscii("String.raw`é`"), /Cannot write this in ASCII/);
});

Deno.test("a part or package that is imported later is not named where Deno looks before a start", () => {
  const code = 'import "./core.js"; const later = () => import("./redis.js");';
  assert.equal(
    onlyWhenWanted(code),
    'import "./core.js"; const later = () => import(["./redis.js"][0]);',
  );
  assert.equal(onlyWhenWanted('import("@a/b/c.js")'), 'import(["@a/b/c.js"][0])');
  assert.equal(onlyWhenWanted('import("node:fs")'), 'import("node:fs")');
});
