/** What no public call of Deno's does: should a new version take it away, this is where it shows. */
import assert from "node:assert/strict";
import { CAN_SEVER, sever } from "../../../lib/hub/sockets/sever.ts";
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
