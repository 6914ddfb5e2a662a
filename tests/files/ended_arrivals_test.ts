/** Uploads that the server ends by itself: whoever sends one goes on later, where it ended. */
import assert from "node:assert/strict";
import { type AppEnvironment, createApp } from "../../lib/app.ts";
import { developmentAssets } from "../../lib/fresh/assets.ts";
import { readConfig } from "../../lib/program/config/config.ts";
import { listen } from "../../lib/program/listen.ts";
import { createLogger } from "../../lib/program/log.ts";
import { createMetrics } from "../../lib/program/metrics.ts";
import { type Api, signUp } from "../support/api_client.ts";
import { beginUpload, sendBytes, sendPart } from "../support/file_client.ts";
import { exchange, type RawAnswer, requestText } from "../support/raw_http.ts";

const quiet = createLogger({ level: "error", now: () => 0, write: (line) => assert.fail(line) });

/** A server whose memory is as full as the test says. */
async function withServer(
  run: (api: Api, memory: { rss: number }) => Promise<void>,
): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "confab-" });
  const memory = { rss: 0, outsideHeap: 0 };
  const environment: AppEnvironment = {
    now: Date.now,
    secret: new Uint8Array(32).fill(7),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    log: quiet,
    metrics: await createMetrics(readConfig({})),
    assets: developmentAssets,
    staticFiles: new Map(),
    apiDocs: () => new Map(),
    memory: { limit: () => 1_000, read: () => memory },
    afterStart: () => () => {},
    fail: (error) => assert.fail(String(error)),
    restart: () => assert.fail("nothing asks for it here"),
  };
  const app = await createApp(readConfig({ CONFAB_DATA_DIR: dataDir }), environment);
  const listener = listen({ host: "127.0.0.1", port: 0, log: quiet, fetch: app.fetch });
  try {
    const { api } = await signUp(`http://127.0.0.1:${listener.port}`, "ann");
    await run(api, memory);
  } finally {
    await app.close("shutdown");
    await listener.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
}

/** The first half is there, and the second does not come. */
async function beginHalf(api: Api, path: string): Promise<{ answer: Promise<RawAnswer> }> {
  const headers = {
    ...api.headers,
    host: "localhost",
    "content-length": "8",
    "upload-offset": "0",
  };
  const answer = exchange(api.url, `${requestText("PATCH", path, headers)}half`);
  while (await offsetOf(api, path) !== "4");
  return { answer };
}

async function offsetOf(api: Api, path: string): Promise<string | null> {
  return (await sendBytes(api, "HEAD", path)).headers.get("upload-offset");
}

Deno.test("an upload is ended where memory is short, as what else is unfinished, and goes on afterwards", async () => {
  await withServer(async (api, memory) => {
    const path = await beginUpload(api, "a.bin", 8);
    const { answer } = await beginHalf(api, path);
    memory.rss = 800;
    const { status, rest } = await answer;
    memory.rss = 0;
    assert.equal(status, 503);
    assert.match(rest, /"unavailable"/);
    assert.equal((await sendPart(api, path, 4, "half")).status, 200);
  });
});
