/** The end of a socket of Deno's: should a new version end them in another way, it shows here. */
import assert from "node:assert/strict";
import { adoptWebSocket, type ClientSocket } from "../../../lib/hub/sockets/client_socket.ts";
import { eventually } from "../../support/eventually.ts";
import { encodeFrame, OPCODE, RawSocket } from "../../support/raw_socket.ts";

/** Between two packets of a peer that goes on sending, milliseconds. */
const PAUSE = 5;
/** Bytes: more than the system takes for a peer that does not read. */
const MUCH = 8 << 20;
const FRAME = encodeFrame(OPCODE.text, "{}");
const FRAMES = new Uint8Array([...FRAME, ...FRAME, ...FRAME]);

interface Ends extends AsyncDisposable {
  peer: RawSocket;
  socket: ClientSocket;
  /** What was handed on of what the peer sent. */
  received: (string | null)[];
  /** Settles when the socket says that it has ended. */
  closed: Promise<void>;
}

/** Both ends of one connection. */
async function connect(): Promise<Ends> {
  const opened = Promise.withResolvers<ClientSocket>();
  const closed = Promise.withResolvers<void>();
  const received: (string | null)[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket: webSocket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    const socket = adoptWebSocket(webSocket, {
      opened: () => opened.resolve(socket),
      received: (text) => void received.push(text),
      closed: closed.resolve,
    });
    return response;
  });
  const peer = await RawSocket.open(`http://127.0.0.1:${server.addr.port}`);
  const dispose = async () => {
    peer[Symbol.dispose]();
    await server.shutdown();
  };
  const socket = await opened.promise;
  return { peer, socket, received, closed: closed.promise, [Symbol.asyncDispose]: dispose };
}

/** Sends the same again and again until the connection has ended. */
async function talk(peer: RawSocket, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  let ended = false;
  void peer.closed.then(() => ended = true);
  while (!ended && await peer.write(bytes)) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

Deno.test("a peer that goes on sending learns why it is closed, also where several frames come at once", async () => {
  for (const bytes of [FRAME, FRAMES]) {
    await using ends = await connect();
    const { peer, socket, received } = ends;
    socket.close(1012, "restart");
    const talking = talk(peer, bytes);
    assert.equal(await peer.closed, 1012);
    await talking;
    assert.deepEqual(received, [], "nothing is heard of who was told to close");
  }
});

Deno.test("so does one whose frames came while the server stood still", async () => {
  await using ends = await connect();
  const { peer, socket } = ends;
  socket.close(1012, "restart");
  const written = Array.from({ length: 20 }, () => peer.write(FRAMES));
  const end = performance.now() + 300;
  while (performance.now() < end);
  await Promise.all(written);
  const talking = talk(peer, FRAME);
  assert.equal(await peer.closed, 1012);
  await talking;
});

Deno.test("a peer that takes no breath is closed as well", async () => {
  await using ends = await connect();
  const { peer, socket } = ends;
  socket.close(1012, "restart");
  const flood = new Uint8Array(100 * FRAME.length);
  for (let at = 0; at < flood.length; at += FRAME.length) flood.set(FRAME, at);
  let ended = false;
  void peer.closed.then(() => ended = true);
  while (!ended && await peer.write(flood));
  await peer.closed; // by which code, it has itself to blame for
});

Deno.test("a socket is stuck whose peer has read nothing when it is cut off, and not if it has caught up", async () => {
  for (const catchesUp of [true, false]) {
    await using ends = await connect();
    const { peer, socket, closed } = ends;
    peer.pause();
    while (socket.buffered < MUCH) socket.send("x".repeat(MUCH / 10));
    socket.close(1013, "too slow");
    // So the runtime says of one that is closing, whatever is true.
    await eventually(() => assert.equal(socket.buffered, 0));
    if (catchesUp) {
      await peer.write(encodeFrame(OPCODE.close, new Uint8Array([0x03, 0xf5])));
      peer.resume();
    } else {
      socket.cut();
    }
    await closed;
    assert.equal(socket.stuck, !catchesUp);
  }
});
