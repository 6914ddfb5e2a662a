/**
 * A program that says what sockets keep of large frames once these have been read: sends one to
 * each of many sockets, in turn, and writes by how many bytes it has grown besides JavaScript's
 * heap. With the argument "in-place" it asks for what the server asks for.
 */
import { writeFramesInPlace } from "../../lib/program/frame_writes.ts";

const SOCKETS = 100;
const FRAME = "x".repeat(256 * 1024);

if (Deno.args[0] === "in-place") writeFramesInPlace();
const [clients, sockets]: [WebSocket[], WebSocket[]] = [[], []];
const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  sockets.push(socket);
  return response;
});
for (let count = 0; count < SOCKETS; count++) {
  const client = new WebSocket(`ws://127.0.0.1:${server.addr.port}`);
  clients.push(client);
  await new Promise((opened) => client.onopen = opened);
}
const before = outsideHeap();
for (const [at, client] of clients.entries()) {
  const read = new Promise((heard) => client.onmessage = heard);
  sockets[at]!.send(FRAME); // each has come to the server before its client was opened
  await read;
}
Deno.stdout.writeSync(new TextEncoder().encode(`${outsideHeap() - before}\n`));
Deno.exit();

function outsideHeap(): number {
  const { rss, heapTotal } = Deno.memoryUsage();
  return rss - heapTotal;
}
