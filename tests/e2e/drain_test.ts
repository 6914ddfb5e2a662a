/** A node that is about to go: balancers hear of it before people do. */
import assert from "node:assert/strict";
import { eventually } from "../support/browser.ts";
import { ChatSocket, signUp } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.status;
}

Deno.test("after SIGTERM readiness goes first, people are served for the time that is set, then it says goodbye", async () => {
  await using program = await startProgram({ env: { CONFAB_DRAIN: "2" } });
  const ann = await signUp(program.url, "ann");
  const socket = await ChatSocket.connect(ann);
  assert.equal(await statusOf(`${program.url}/readyz`), 200);
  const from = performance.now();
  const ended = program.kill("SIGTERM");
  await eventually(async () => assert.equal(await statusOf(`${program.url}/readyz`), 503));
  assert.equal(await statusOf(`${program.url}/healthz`), 200);
  await (await ChatSocket.connect(ann)).close();
  assert.ok(socket.isOpen);
  assert.deepEqual(socket.all("bye"), []);
  assert.equal((await socket.event("bye")).reason, "shutdown");
  assert.ok(performance.now() - from >= 2_000);
  assert.deepEqual(await ended, { code: 0, signal: null });
});

Deno.test("SIGINT waits for nobody: within five seconds it has ended, also where a client says nothing", async () => {
  await using program = await startProgram({ env: { CONFAB_DRAIN: "30" } });
  const ann = await signUp(program.url, "ann");
  // It is connected and never answers.
  const silent = await Deno.connect({ hostname: "127.0.0.1", port: program.port });
  await silent.write(new TextEncoder().encode(
    "GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
      `Authorization: Bearer ${ann.token}\r\n\r\n`,
  ));
  assert.ok(await silent.read(new Uint8Array(1024)) !== null);
  const from = performance.now();
  const { code } = await program.kill("SIGINT");
  assert.equal(code, 0);
  assert.ok(performance.now() - from < 5_000, `${performance.now() - from} ms`);
  silent.close();
});
