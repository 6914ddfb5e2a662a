/**
 * As Deno Deploy would start it, as far as this machine can show it: the source, all permissions, no
 * flags, nothing that can be written, its own address for the server, its variables, and SIGINT.
 */
import assert from "node:assert/strict";
import { buildProject } from "../../build.ts";
import { ChatSocket, signUp } from "../support/chat_client.ts";
import { postgresTests } from "../support/postgres.ts";
import { freePort } from "../support/servers.ts";

const postgresTest = postgresTests();
const ROOT = new URL("../../", import.meta.url);

interface Instance {
  child: Deno.ChildProcess;
  url: string;
  words(): string;
  /** Ends it as Deploy does, and says how long that took, in milliseconds. */
  interrupt(): Promise<{ code: number; took: number }>;
}

async function start(env: Record<string, string>): Promise<Instance> {
  await buildProject();
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "--allow-all", "--deny-write", "main.ts"],
    cwd: ROOT,
    env: { DENO_DEPLOY: "1", DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let words = "";
  const ready = Promise.withResolvers<void>();
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      words += text;
      if (/^Confab is at /m.test(words)) ready.resolve();
    }
  };
  const done = Promise.all([read(child.stdout), read(child.stderr), child.status]);
  void done.then(() => ready.reject(new Error(words)));
  await ready.promise;
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    words: () => words,
    async interrupt() {
      const from = performance.now();
      child.kill("SIGINT");
      await done;
      return { code: (await child.status).code, took: performance.now() - from };
    },
  };
}

postgresTest(
  "instances on Deno Deploy share a PostgreSQL, write nothing to a disk, and end within five seconds",
  async (postgres) => {
    const env = { DATABASE_URL: await postgres.createDatabase() };
    const one = await start(env);
    const two = await start(env);
    const ann = await signUp(one.url, "ann");
    const bob = await signUp(two.url, "bob");
    const [at, from] = [await ChatSocket.connect(ann), await ChatSocket.connect(bob)];
    await from.send(1, "across");
    await at.event("message", ({ message }) => message.text === "across");
    for (const instance of [one, two]) {
      const { code, took } = await instance.interrupt();
      assert.equal(code, 0, instance.words());
      assert.ok(took < 5_000, `${took} ms`);
      assert.doesNotMatch(instance.words(), /NotCapable|write access/);
    }
    assert.equal((await at.event("bye")).reason, "shutdown");
  },
);

postgresTest(
  "the variables of PostgreSQL are enough, where the URL names no more than the kind",
  async (postgres) => {
    const url = new URL(await postgres.createDatabase());
    const instance = await start({
      DATABASE_URL: "postgres://",
      PGHOST: url.hostname,
      PGPORT: url.port,
      PGUSER: url.username,
      PGDATABASE: url.pathname.slice(1),
    });
    await signUp(instance.url, "ann");
    assert.equal((await instance.interrupt()).code, 0);
  },
);

Deno.test("without a database Deno Deploy is told what is missing, in a sentence", async () => {
  await assert.rejects(start({}), /^Error: Deno Deploy keeps no files, [^\n]+ DATABASE_URL\.\n$/);
});
