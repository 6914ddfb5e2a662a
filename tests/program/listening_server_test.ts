/** What listens can be let go of while what it let in stays, as long as the runtime has a way. */
import assert from "node:assert/strict";
import { beginListening } from "../../lib/program/listening_server.ts";

function serve(port: number, word: string): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, (request) => {
    if (request.headers.get("upgrade") !== "websocket") return new Response(word);
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => socket.send(`${word} ${data}`);
    return response;
  });
}

async function listenWhenFree(port: number, word: string) {
  for (;;) {
    try {
      return beginListening(() => serve(port, word));
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

const open = (port: number): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  return new Promise((resolve) => socket.onopen = () => resolve(socket));
};

function answer(socket: WebSocket, text: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  socket.onmessage = ({ data }) => resolve(data);
  socket.onclose = ({ code }) => resolve(`closed with ${code}`);
  socket.send(text);
  return promise;
}

async function close(socket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.onclose = () => resolve();
  socket.close();
  await promise;
}

Deno.test("a port is released, and the WebSockets of it go on beside those of its next server", async () => {
  const first = beginListening(() => serve(0, "first"));
  const early = await open(first.port);
  first.release();
  await first.finished;
  const second = await listenWhenFree(first.port, "second");
  const late = await open(first.port);
  assert.equal(await answer(early, "a"), "first a");
  assert.equal(await answer(late, "b"), "second b");
  assert.equal(await (await fetch(`http://127.0.0.1:${first.port}/`)).text(), "second");
  await close(early);
  await close(late);
  await second.shutdown();
});

Deno.test("where the runtime has no such way, the port is released all the same", async () => {
  const first = beginListening(() => serve(0, "first"), null);
  const early = await open(first.port);
  const closed = new Promise<number>((resolve) => early.onclose = ({ code }) => resolve(code));
  first.release();
  assert.equal(await closed, 1001, "its client may come again");
  const second = await listenWhenFree(first.port, "second");
  assert.equal(await (await fetch(`http://127.0.0.1:${first.port}/`)).text(), "second");
  await first.finished;
  await second.shutdown();
});
