/** Files through the proxies of deploy/: bytes reach Confab as they come, and nobody keeps a copy. */
import assert from "node:assert/strict";
import { request as httpsRequest } from "node:https";
import type { IncomingMessage } from "node:http";
import { eventually } from "./support/browser.ts";
import { signUp } from "./support/api_client.ts";
import { startProgram } from "./support/program.ts";
import { HOST, type Proxy, startCaddy, startNginx, withProgram } from "./support/proxy.ts";
import { freePort } from "./support/servers.ts";

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Uint8Array<ArrayBuffer>;
}

class Caller {
  constructor(readonly proxy: Pick<Proxy, "origin">, readonly headers: Record<string, string>) {}

  begin(method: string, path: string, headers: Record<string, string> = {}) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const request = httpsRequest({
      host: "127.0.0.1",
      port: new URL(this.proxy.origin).port,
      servername: HOST,
      rejectUnauthorized: false,
      agent: false,
      method,
      path,
      headers: { host: new URL(this.proxy.origin).host, ...this.headers, ...headers },
    }, async (response) => {
      const chunks = await Array.fromAsync(response as AsyncIterable<Uint8Array>);
      const body = new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
    });
    request.on("error", reject);
    promise.catch(() => {});
    return { request, answer: promise };
  }

  ask(method: string, path: string, body?: Uint8Array | string, headers = {}): Promise<Answer> {
    const { request, answer } = this.begin(method, path, headers);
    request.end(body);
    return answer;
  }
}

async function passesFiles(start: (port: number, behind: number) => Promise<Proxy>): Promise<void> {
  const port = freePort();
  const env = { CONFAB_ORIGIN: `https://${HOST}:${port}`, CONFAB_TRUST_PROXY: "1" };
  await using program = await startProgram({ env });
  await using proxy = await start(port, program.port);
  const { api } = await signUp(program.url, "ann");
  const ann = new Caller(proxy, api.headers);
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => index * 31 + (index >> 8));

  const id = await begin(ann, bytes.byteLength);
  await isCutHalfway(ann, id, bytes);
  const done = await goesOn(ann, id, bytes);
  assert.equal(done.status, 200);
  await isServed(ann, JSON.parse(new TextDecoder().decode(done.body)).url, bytes);
}

async function begin(ann: Caller, size: number): Promise<number> {
  const said = JSON.stringify({ name: "walk.bin", type: "application/octet-stream", size });
  const json = { "content-type": "application/json", "content-length": String(said.length) };
  const { body } = await ann.ask("POST", "/api/files", said, json);
  return JSON.parse(new TextDecoder().decode(body)).id;
}

const offsetOf = async (ann: Caller, id: number) =>
  Number((await ann.ask("HEAD", `/api/files/${id}`)).headers["upload-offset"]);

/** A phone that loses its network in the middle of a part: what it had sent is not lost. */
async function isCutHalfway(ann: Caller, id: number, bytes: Uint8Array): Promise<void> {
  const { request } = ann.begin("PATCH", `/api/files/${id}`, {
    "upload-offset": "0",
    "content-type": "application/octet-stream",
    "content-length": String(bytes.byteLength),
  });
  request.write(bytes.subarray(0, 2_000_000));
  await eventually(async () => assert.ok(await offsetOf(ann, id) > 1_000_000));
  request.destroy();
}

async function goesOn(ann: Caller, id: number, bytes: Uint8Array): Promise<Answer> {
  let answer: Answer | undefined;
  await eventually(async () => {
    const offset = await offsetOf(ann, id);
    answer = await ann.ask("PATCH", `/api/files/${id}`, bytes.subarray(offset), {
      "upload-offset": String(offset),
      "content-type": "application/octet-stream",
      "content-length": String(bytes.byteLength - offset),
    });
    assert.equal(answer.status, 200);
  });
  return answer!;
}

/** Whole and in parts, to who may read it, and to nobody else: also right afterwards. */
async function isServed(ann: Caller, url: string, bytes: Uint8Array): Promise<void> {
  const whole = await ann.ask("GET", url);
  assert.deepEqual([whole.status, whole.body], [200, new Uint8Array(bytes)]);
  const part = await ann.ask("GET", url, undefined, { range: "bytes=1000-1999" });
  assert.deepEqual([part.status, part.body], [206, new Uint8Array(bytes.slice(1000, 2000))]);
  assert.equal(part.headers["content-range"], `bytes 1000-1999/${bytes.byteLength}`);
  const known = await ann.ask("GET", url, undefined, { "if-none-match": whole.headers.etag! });
  assert.equal(known.status, 304);
  const stranger = new Caller(ann.proxy, {});
  assert.equal((await stranger.ask("GET", url)).status, 401);
}

withProgram(
  "nginx",
  "nginx hands on each byte of a file when it comes, and keeps none",
  () => passesFiles(startNginx),
);

withProgram(
  "caddy",
  "Caddy hands on each byte of a file when it comes, and keeps none",
  () => passesFiles(startCaddy),
);

withProgram("nginx", "nginx collects no endless body of a stranger on its disk", async () => {
  const port = freePort();
  const env = { CONFAB_ORIGIN: `https://${HOST}:${port}`, CONFAB_TRUST_PROXY: "1" };
  await using program = await startProgram({ env });
  await using proxy = await startNginx(port, program.port);
  const stranger = new Caller(proxy, {});
  const headers = { "content-length": "5000000000", "content-type": "application/json" };
  for (const [path, status] of [["/api/login", 413], ["/api/files", 401]] as const) {
    const { request, answer } = stranger.begin("POST", path, headers);
    request.write("{");
    assert.equal((await answer).status, status, path);
    request.destroy();
  }
});

Deno.test("Caddy gives a large file the time that it takes on a slow line", async () => {
  const file = await Deno.readTextFile(new URL("../deploy/Caddyfile", import.meta.url));
  const [, minutes] = /^\s*read_body (\d+)m$/m.exec(file) ?? [];
  // 100 MiB, the largest file by default, at 2 Mbit/s.
  assert.ok(Number(minutes) >= 8, "its timer runs for the whole body, not between two bytes");
});
