/** Starting anew: one app after the other under one port, and nobody who asks is turned away. */
import assert from "node:assert/strict";
import { type App, type AppEnvironment, createApp } from "../../lib/app.ts";
import { readConfig } from "../../lib/program/config/config.ts";
import { developmentAssets } from "../../lib/fresh/assets.ts";
import { listen } from "../../lib/program/listen.ts";
import { createMetrics } from "../../lib/program/metrics.ts";
import { createLogger } from "../../lib/program/log.ts";
import { usedMemory } from "../../lib/program/memory.ts";
import { beginSuccession } from "../../lib/program/succession.ts";
import { ChatSocket, signUp } from "../support/chat_client.ts";

const silent = createLogger({ level: "error", now: () => 0, write: (line) => assert.fail(line) });

/** Apps that say which one they are, and close when the test lets them. */
function setUp() {
  const closings: { reason: string; done: PromiseWithResolvers<void> }[] = [];
  let count = 0;
  const create = (): Promise<App> => {
    const name = `app ${++count}`;
    return Promise.resolve({
      fetch: () => new Response(name),
      drain: () => {},
      close(reason) {
        const done = Promise.withResolvers<void>();
        closings.push({ reason, done });
        return done.promise;
      },
    });
  };
  return { create, closings };
}

/** What a fake app is asked is not looked at. */
const asked = [new Request("http://localhost/"), {} as Deno.ServeHandlerInfo] as const;
const turn = () => new Promise((done) => setTimeout(done, 0));

Deno.test("who asks during a restart is answered by the next app", async () => {
  const { create, closings } = setUp();
  const apps = await beginSuccession(create);
  const answer = async () => await (await apps.fetch(...asked)).text();
  assert.equal(await answer(), "app 1");
  const restarting = apps.restart();
  await turn();
  const waiting = answer();
  closings[0]!.done.resolve();
  assert.equal(await waiting, "app 2");
  await restarting;
  assert.equal(closings[0]!.reason, "restart");
});

Deno.test("a stop during a restart waits, and closes the next app for good", async () => {
  const { create, closings } = setUp();
  const apps = await beginSuccession(create);
  const restarting = apps.restart();
  const closing = apps.close();
  await turn();
  assert.equal(closings.length, 1);
  closings[0]!.done.resolve();
  await restarting;
  await turn();
  assert.equal(closings[1]!.reason, "shutdown");
  closings[1]!.done.resolve();
  await closing;
});

Deno.test("a restart that fails is told", async () => {
  const { create, closings } = setUp();
  let broken = false;
  const apps = await beginSuccession(() =>
    broken ? Promise.reject(new Error("no database")) : create()
  );
  broken = true;
  const restarting = apps.restart();
  await turn();
  closings[0]!.done.resolve();
  await assert.rejects(restarting, /no database/);
});

Deno.test("a real restart says bye, keeps port, sessions and messages, and loses nothing", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "confab-" });
  const environment: AppEnvironment = {
    now: Date.now,
    secret: new Uint8Array(32).fill(7),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    log: silent,
    metrics: await createMetrics(readConfig({})),
    assets: developmentAssets,
    staticFiles: new Map(),
    apiDocs: () => new Map(),
    memory: { limit: () => 0, read: usedMemory },
    afterStart: () => () => {},
    fail: (error) => assert.fail(String(error)),
    restart: () => assert.fail("nothing asks for it here"),
  };
  const config = readConfig({ CONFAB_DATA_DIR: dataDir, CONFAB_MEMORY_LIMIT: "0" });
  const apps = await beginSuccession(() => createApp(config, environment));
  const listener = listen({ host: "127.0.0.1", port: 0, log: silent, fetch: apps.fetch });
  const ann = await signUp(`http://127.0.0.1:${listener.port}`, "ann");
  const before = await ChatSocket.connect(ann);
  const { seq } = await before.send(1, "before");
  const restarting = apps.restart();
  assert.equal((await before.closed).code, 1012);
  assert.equal(before.all("bye").length, 1);
  const after = await ChatSocket.connect(ann); // asked while there is no app yet, perhaps
  await restarting;
  assert.equal(after.ready.epoch, before.ready.epoch);
  assert.equal((await after.send(1, "after")).seq, seq + 1);
  await after.close();
  await apps.close();
  await listener.stop();
  await Deno.remove(dataDir, { recursive: true });
});
