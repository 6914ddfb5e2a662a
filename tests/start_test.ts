/** "deno task start": what its arguments call for is granted, and it ends as the server ends. */
import assert from "node:assert/strict";
import { buildProject } from "../build.ts";
import { runProgram } from "./support/program.ts";

const ROOT = new URL("../", import.meta.url);

interface Started {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command of the task until it says where it is, then ends it by a signal. */
async function start(args: string[], env: Record<string, string> = {}): Promise<Started> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "start", "--port", "0", ...args],
    cwd: ROOT,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  let stdout = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    stdout += text;
    if (/^Confab is at \S+$/m.test(text)) child.kill("SIGTERM");
  }
  return { code: (await child.status).code, stdout, stderr: await stderr };
}

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a data folder and a database elsewhere may be given as flags, blanks in their names too", () =>
  withFolder(async (folder) => {
    const { code, stdout, stderr } = await start([
      "--data-dir",
      `${folder}/my data`,
      `--database=sqlite:${folder}/elsewhere/talk.db`,
    ]);
    assert.match(stdout, /^Confab is at http:\/\/localhost:\d+$/m, stderr);
    assert.equal(code, 0);
    assert.ok((await Deno.stat(`${folder}/my data/secret`)).isFile);
    assert.ok((await Deno.stat(`${folder}/elsewhere/talk.db`)).isFile);
  }));

Deno.test("a database that is a link elsewhere is used, and without permission that is said in a sentence", () =>
  withFolder(async (folder) => {
    await start(["--data-dir", `${folder}/first`]);
    await Deno.mkdir(`${folder}/second`);
    await Deno.symlink(`${folder}/first/chat.db`, `${folder}/second/chat.db`);
    const args = ["--data-dir", `${folder}/second`];
    const { code, stdout, stderr } = await start(args);
    assert.match(stdout, /^Confab is at http:\/\/localhost:\d+$/m, stderr);
    assert.equal(code, 0);
    const bare = await runProgram({ args, env: { CONFAB_DATA_DIR: `${folder}/second` } });
    assert.equal(bare.code, 1);
    assert.match(bare.stderr, /^Confab was not given permission to use \S+\/first; /);
  }));

Deno.test("an address of its own may be given as a flag, and a flag goes before its variable", () =>
  withFolder(async (folder) => {
    const { code, stdout, stderr } = await start(
      ["--host", "127.0.0.9", "--data-dir", `${folder}/by-flag`],
      { CONFAB_DATA_DIR: `${folder}/by-variable` },
    );
    assert.match(stdout, /^Confab is at http:\/\/127\.0\.0\.9:\d+$/m, stderr);
    assert.equal(code, 0);
    await assert.rejects(Deno.stat(`${folder}/by-variable`), Deno.errors.NotFound);
  }));

Deno.test("a wrong flag is told once, and its exit code is the command's", async () => {
  const { code, stderr } = await start(["--signup", "maybe"]);
  assert.equal(code, 2);
  assert.equal(stderr, '--signup must be "open", "invite", "ask" or "closed", not "maybe".\n');
});

/** What the runtime says that it loads, until the server tells its address. */
async function loadedBeforeListening(folder: string): Promise<string> {
  await buildProject();
  // One stream for both: what was loaded before the server told its address stands before it.
  const child = new Deno.Command("sh", {
    args: [
      "-c",
      'exec "$0" run --log-level=debug -A dist/server/main.js --port 0 2>&1',
      Deno.execPath(),
    ],
    cwd: ROOT,
    env: { CONFAB_DATA_DIR: folder },
    stdin: "null",
    stdout: "piped",
  }).spawn();
  let told = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    told += text;
    if (told.includes("Confab is at ")) break;
  }
  child.kill("SIGKILL");
  await child.status;
  return told.split("Confab is at ")[0]!;
}

Deno.test("until the server listens, none of Node's modules is loaded but the database's", () =>
  withFolder(async (folder) => {
    const before = await loadedBeforeListening(folder);
    const modules = [...before.matchAll(/ext:deno_node\/([\w/.]+)/g)].map(([, name]) => name!);
    assert.ok(modules.includes("sqlite.ts"), "the runtime tells what it loads");
    // Each of these brings the others and costs a start 3 to 10 ms (docs/decisions/0021).
    const dear = modules.filter((name) =>
      /^(timers|url|util|path\/mod|_process\/process)\./.test(name)
    );
    assert.deepEqual(dear, []);
  }));

Deno.test("until the server listens, it reads a few files of itself, of 1.2 MB together, and no package", () =>
  withFolder(async (folder) => {
    // A database that is new is migrated first, by what other starts do not load.
    await loadedBeforeListening(folder);
    const before = await loadedBeforeListening(folder);
    const scripts = new Set(
      [...before.matchAll(/fetch_no_follow - specifier: (file:\S+\.js)\b/g)].map(([, url]) => url!),
    );
    const sizes = await Promise.all(
      [...scripts].map(async (url) => (await Deno.stat(new URL(url))).size),
    );
    assert.ok(sizes.length > 0, "the runtime tells what it reads");
    assert.ok(sizes.length <= 6, [...scripts].join("\n"));
    // 100 KB cost a start 1 ms (docs/decisions/0059): what it can do without comes later.
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(bytes <= 1_200_000, `${bytes} bytes`);
    // A package by its name has the runtime look through all of them.
    assert.doesNotMatch(before, /npm_installer::resolution/);
  }));
