/** The command line, on the real program: what it prints, and how it ends. */
import assert from "node:assert/strict";
import manifest from "../../deno.json" with { type: "json" };
import { runProgram, startProgram } from "../support/program.ts";

Deno.test("--help lists the settings, --version says which", async () => {
  const help = await runProgram({ args: ["--help"] });
  assert.equal(help.code, 0);
  assert.match(help.stdout, /CONFAB_DATA_DIR, --data-dir/);
  const version = await runProgram({ args: ["--version"] });
  assert.match(version.stdout, /^confab \d+\.\d+\.\d+\n$/);
});

Deno.test("a wrong setting stops the start with one sentence, exit code 2 and no stack", async () => {
  for (const options of [{ env: { CONFAB_SIGNUP: "maybe" } }, { args: ["--colour", "red"] }]) {
    const { code, stdout, stderr } = await runProgram(options);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^[^\n]+\.\n$/);
  }
  const { stderr } = await runProgram({ args: ["fly"] });
  assert.equal(stderr, 'Unknown command "fly"; --help lists what there is.\n');
});

Deno.test("data in a folder that it may not use is told before anything is made", async () => {
  const folder = await Deno.makeTempDir();
  const { code, stderr } = await runProgram({ args: ["--data-dir", `${folder}/x`] });
  assert.equal(code, 1);
  assert.match(stderr, /^Confab was not given permission to use .*--allow-write=[^\n]*\n$/);
  const granted = manifest.permissions.default.read.join(",");
  assert.ok(
    stderr.includes(` --allow-read=${granted},`),
    "a flag takes the place of the whole list",
  );
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});

Deno.test("it says where it is, makes its data private, answers, and ends in order", async () => {
  const program = await startProgram();
  try {
    assert.match(program.stdout(), /^Confab is at http:\/\/localhost:\d+\n$/);
    const mode = async (name: string) => (await Deno.stat(program.dataDir + name)).mode! & 0o777;
    assert.equal(await mode("/secret"), 0o600);
    const health = await fetch(`${program.url}/healthz`);
    await health.body?.cancel();
    assert.equal(health.status, 200);
    const before = program.url;
    assert.deepEqual(await program.kill("SIGTERM"), { code: 0, signal: null });
    await program.restart();
    assert.equal(program.url, before);
  } finally {
    assert.equal((await program.stop()).code, 0);
  }
});

Deno.test("SIGINT ends it in order too", async () => {
  const program = await startProgram();
  assert.deepEqual(await program.kill("SIGINT"), { code: 0, signal: null });
  await program.stop();
});

Deno.test("a database that cannot be used is told in one sentence, before anybody is answered", async () => {
  const dataDir = await Deno.makeTempDir();
  await Deno.writeTextFile(`${dataDir}/chat.db`, "this is not a database ".repeat(100));
  const { code, stdout, stderr } = await runProgram({ dataDir });
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /^Cannot open the database: [^\n]* is not a SQLite database\.\n$/);
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("a port that is taken is told in one sentence", async () => {
  await using program = await startProgram();
  const dataDir = await Deno.makeTempDir();
  const { code, stderr } = await runProgram({ dataDir, env: { PORT: String(program.port) } });
  assert.equal(code, 1);
  assert.match(stderr, /Cannot listen on 127\.0\.0\.1, port \d+: another program listens there/);
  await Deno.remove(dataDir, { recursive: true });
});
