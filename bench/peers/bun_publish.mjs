/** Bun's own way to tell a room: `publish` to a topic. Argument: the port. */
import process from "node:process";

import { encodedEventOf } from "./message.mjs";

const server = Bun.serve({
  port: Number(process.argv[2]),
  hostname: "127.0.0.1",
  fetch(request, server) {
    return server.upgrade(request) ? undefined : new Response("chat");
  },
  websocket: {
    idleTimeout: 0,
    perMessageDeflate: false,
    backpressureLimit: 64 << 20, // what a slow client has not read is kept, as Confab keeps it
    open(socket) {
      socket.subscribe("room");
    },
    message(_socket, frame) {
      const event = encodedEventOf(frame);
      if (event !== null) server.publish("room", event);
    },
  },
});
