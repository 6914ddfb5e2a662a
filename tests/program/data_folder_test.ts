/** The data folder and its secret: made once, for the owner only. */
import assert from "node:assert/strict";
import { type Config, readConfig } from "../../lib/program/config/config.ts";
import {
  loadSecret,
  prepareDataFolder,
  StartError,
  writtenFolders,
} from "../../lib/program/data_folder.ts";

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function withConfig(test: (config: Config) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(readConfig({ CONFAB_DATA_DIR: `${folder}/new/data` }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the folder is made for its owner only, and kept at the next start", () =>
  withConfig(async (config) => {
    await prepareDataFolder(config);
    assert.equal((await Deno.stat(config.dataDir)).mode! & 0o777, 0o700);
    await prepareDataFolder(config);
  }));

Deno.test("a random secret is made once, mode 0600, and is the same at the next start", () =>
  withConfig(async (config) => {
    await prepareDataFolder(config);
    const first = await loadSecret(config, random);
    assert.ok(first !== null && first.byteLength >= 32);
    assert.equal((await Deno.stat(`${config.dataDir}/secret`)).mode! & 0o777, 0o600);
    assert.deepEqual(await loadSecret(config, random), first);
  }));

Deno.test("CONFAB_SECRET wins, and no file is written", () =>
  withConfig(async (config) => {
    await prepareDataFolder(config);
    const secret = await loadSecret({ ...config, secret: "s".repeat(40) }, random);
    assert.equal(new TextDecoder().decode(secret!), "s".repeat(40));
    await assert.rejects(Deno.stat(`${config.dataDir}/secret`), Deno.errors.NotFound);
  }));

Deno.test("a secret that was cut short stops the start instead of signing with it", () =>
  withConfig(async (config) => {
    await prepareDataFolder(config);
    await Deno.writeTextFile(`${config.dataDir}/secret`, "short");
    await assert.rejects(
      loadSecret(config, random),
      (error) => error instanceof StartError && /shorter than 32/.test(error.message),
    );
  }));

Deno.test("a file in the folder's place is told in one sentence", () =>
  withConfig(async (config) => {
    await Deno.mkdir(config.dataDir.replace(/\/data$/, ""), { recursive: true });
    await Deno.writeTextFile(config.dataDir, "");
    await assert.rejects(
      prepareDataFolder(config),
      (error) =>
        error instanceof StartError && error.message.startsWith("Cannot make the folder /") &&
        error.message.endsWith(
          "there is a file in its place; CONFAB_DATA_DIR chooses another one.",
        ),
    );
  }));

Deno.test("the database's folder is written too, each folder once", () => {
  const folders = writtenFolders(
    readConfig({ CONFAB_DATA_DIR: "/srv/a", DATABASE_URL: "sqlite:/srv/b/chat.db" }),
  );
  assert.deepEqual(folders, ["/srv/a", "/srv/b"]);
  assert.deepEqual(writtenFolders(readConfig({ CONFAB_DATA_DIR: "/srv/a" })), ["/srv/a"]);
});
