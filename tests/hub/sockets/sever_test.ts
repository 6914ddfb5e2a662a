/** What no public call of Deno's does: should a new version take it away, this is where it shows. */
import assert from "node:assert/strict";
import { connect } from "node:tls";
import { CAN_SEVER, sever } from "../../../lib/hub/sockets/sever.ts";
import { makeCertificate } from "../../support/certificate.ts";
import { withProgram } from "../../support/proxy.ts";
import { encodeFrame, OPCODE, RawSocket } from "../../support/raw_socket.ts";

Deno.test("a socket is cut off although its peer is in the middle of a message", async () => {
  assert.equal(CAN_SEVER, true);
  const accepted = Promise.withResolvers<WebSocket>();
  const closed = Promise.withResolvers<void>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => accepted.resolve(socket);
    socket.onclose = () => closed.resolve();
    return response;
  });
  using peer = await RawSocket.open(`http://127.0.0.1:${server.addr.port}`);
  const webSocket = await accepted.promise;
  await peer.write(encodeFrame(OPCODE.text, "the beginning", { final: false }));
  webSocket.close(); // what the peer never answers
  assert.equal(sever(webSocket), true);
  await closed.promise;
  await peer.closed;
  assert.equal(sever(webSocket), true, "again it changes nothing");
  await server.shutdown();
});

withProgram("openssl", "a socket is cut off over TLS as well", async () => {
  const folder = await Deno.makeTempDir();
  const files = await makeCertificate(folder, "own");
  const pair = { cert: Deno.readTextFileSync(files.cert), key: Deno.readTextFileSync(files.key) };
  const accepted = Promise.withResolvers<WebSocket>();
  const options = { hostname: "127.0.0.1", port: 0, onListen() {}, ...pair };
  const server = Deno.serve(options, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => accepted.resolve(socket);
    return response;
  });
  const peer = connect({ host: "127.0.0.1", port: server.addr.port, rejectUnauthorized: false });
  const ended = new Promise<void>((resolve) => peer.on("close", () => resolve()));
  peer.on("error", () => {});
  peer.on("data", () => {}); // a reset is seen by who reads
  peer.write(
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  const webSocket = await accepted.promise;
  peer.write(encodeFrame(OPCODE.text, "the beginning", { final: false }));
  assert.equal(sever(webSocket), true);
  await ended;
  await server.shutdown();
  await Deno.remove(folder, { recursive: true });
});
