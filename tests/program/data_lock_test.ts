/** One program for one folder of data, the second is told who has it; a crash lets go. */
import assert from "node:assert/strict";
import { readConfig } from "../../lib/program/config/config.ts";
import { StartError } from "../../lib/program/data_folder.ts";
import { lockData } from "../../lib/program/data_lock.ts";
import { runProgram, startProgram } from "../support/program.ts";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a second program on the same data is refused with the process that has it", async () => {
  await using program = await startProgram();
  const second = await runProgram({ dataDir: program.dataDir });
  assert.deepEqual({ code: second.code, stdout: second.stdout }, { code: 1, stdout: "" });
  assert.equal(
    second.stderr,
    `A Confab is running already (the process ${program.pid}) and has the folder ` +
      `${program.dataDir}: stop it first, or choose another place with CONFAB_DATA_DIR.\n`,
  );
  const health = await fetch(`${program.url}/healthz`);
  await health.body?.cancel();
  assert.equal(health.status, 200, "the first goes on");
});

Deno.test("a program that was killed leaves its data free", async () => {
  await using program = await startProgram();
  await program.kill("SIGKILL");
  await program.restart();
});

Deno.test("the database alone is one program's, under whatever name it is reached", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/a`);
    await Deno.mkdir(`${folder}/b`);
    await Deno.writeTextFile(`${folder}/a/chat.db`, "");
    await Deno.symlink(`${folder}/a/chat.db`, `${folder}/b/link.db`);
    const here = readConfig({ CONFAB_DATA_DIR: `${folder}/a` });
    const there = readConfig({
      CONFAB_DATA_DIR: `${folder}/b`,
      DATABASE_URL: `sqlite:${folder}/b/link.db`,
    });
    {
      using _lock = await lockData(here, 4711);
      await assert.rejects(
        lockData(there, 4712),
        (error) =>
          error instanceof StartError &&
          /\(the process 4711\) and has the database .*DATABASE_URL/.test(error.message),
      );
    }
    using again = await lockData(there, 4712);
    assert.deepEqual(again.unprotected, []);
  }));

Deno.test("two programs with data of their own do not meet", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/a`);
    await Deno.mkdir(`${folder}/b`);
    using _one = await lockData(readConfig({ CONFAB_DATA_DIR: `${folder}/a` }), 1);
    using _other = await lockData(readConfig({ CONFAB_DATA_DIR: `${folder}/b` }), 2);
  }));

Deno.test("a lock that this user may not write is told in one sentence, without a stack", () =>
  withFolder(async (folder) => {
    // Nobody can open a folder as a file, not even root, as which the tests may run.
    await Deno.mkdir(`${folder}/confab.lock`);
    const { code, stderr } = await runProgram({ dataDir: folder });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^Cannot write \S+confab\.lock \([^\n]+\): the folder [^\n]+ or CONFAB_DATA_DIR [^\n]+\.\n$/,
    );
  }));
