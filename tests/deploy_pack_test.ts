/** What is packed for a container runs by itself, with the permissions that its settings call for. */
import assert from "node:assert/strict";
import { buildProject } from "../build.ts";
import { pack } from "../deploy/pack.ts";
import { signUp } from "./support/chat_client.ts";
import { postgresTests } from "./support/postgres.ts";

const postgresTest = postgresTests();

interface Packed {
  folder: string;
  /** Runs run.sh there as a container does: with nothing of ours around it. */
  run(env: Record<string, string>, args?: string[]): Running;
}

interface Running {
  url: Promise<string>;
  pid: number;
  kill(signal: Deno.Signal): Promise<number>;
  words(): string;
}

async function withPacked(test: (packed: Packed) => Promise<void>): Promise<void> {
  await buildProject();
  const place = await Deno.makeTempDir();
  const folder = `${place}/app`;
  try {
    await pack(new URL("../", import.meta.url), folder);
    await test({ folder, run: (env, args) => run(place, folder, env, args) });
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}

function run(
  place: string,
  folder: string,
  env: Record<string, string>,
  args: string[] = [],
): Running {
  const child = new Deno.Command(`${folder}/deploy/run.sh`, {
    args,
    cwd: "/",
    clearEnv: true,
    env: {
      PATH: `${Deno.execPath().replace(/\/deno$/, "")}:/usr/bin:/bin`,
      // No cache that a developer has filled, and none that can be written.
      DENO_DIR: "/proc/no-such-folder",
      CONFAB_DATA_DIR: `${place}/data`,
      PORT: "0",
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let words = "";
  const url = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      words += text;
      const [, found] = /^Confab is at (\S+)$/m.exec(words) ?? [];
      if (found !== undefined) url.resolve(found);
    }
  };
  const done = Promise.all([read(child.stdout), read(child.stderr), child.status]);
  void done.then(() => url.reject(new Error(`It ended: ${words}`)));
  url.promise.catch(() => {});
  return {
    url: url.promise,
    pid: child.pid,
    async kill(signal) {
      child.kill(signal);
      await done;
      return (await child.status).code;
    },
    words: () => words,
  };
}

Deno.test("a packed server serves, also where nothing but its data can be written, and stops by a signal", () =>
  withPacked(async ({ folder, run }) => {
    const running = run({ CONFAB_DRAIN: "0" });
    // Passwords are what loads a package from beside the bundle.
    const { username } = await signUp(await running.url, "ann");
    assert.equal(username, "ann");
    assert.match(await Deno.readTextFile(`/proc/${running.pid}/cmdline`), /dist\/server\/main\.js/);
    assert.equal(await running.kill("SIGTERM"), 0, running.words());
    assert.doesNotMatch(running.words(), / error /);
    for (const left of ["lib", "tests", "node_modules/vite", "node_modules/playwright-core"]) {
      await assert.rejects(Deno.stat(`${folder}/${left}`), Deno.errors.NotFound, left);
    }
    await assert.rejects(pack(new URL("../", import.meta.url), folder), /something in/);
  }));

Deno.test("a command's exit code and words are its own", () =>
  withPacked(async ({ run }) => {
    const running = run({}, ["--signup", "maybe"]);
    await assert.rejects(
      running.url,
      /--signup must be "open", "invite", "ask" or "closed", not "maybe"/,
    );
  }));

postgresTest(
  "a packed server reaches its database, and starts its workers",
  async (postgres) =>
    await withPacked(async ({ run }) => {
      const running = run({
        DATABASE_URL: await postgres.createDatabase(),
        CONFAB_WORKERS: "2",
      });
      await signUp(await running.url, "ann");
      assert.equal(await running.kill("SIGTERM"), 0, running.words());
      assert.doesNotMatch(running.words(), /permission|NotCapable/);
    }),
);
