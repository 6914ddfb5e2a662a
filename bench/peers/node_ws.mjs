/** The `ws` package on Node, one send for each client. Argument: the port. */
import http from "node:http";
import process from "node:process";
import { WebSocketServer } from "ws";
import { encodedEventOf } from "./message.mjs";

const room = new Set();
const server = http.createServer((_request, response) => response.end("chat"));
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on("connection", (socket) => {
  room.add(socket);
  socket.on("close", () => room.delete(socket));
  socket.on("error", () => room.delete(socket));
  socket.on("message", (data) => {
    const event = encodedEventOf(data.toString());
    if (event === null) return;
    for (const each of room) if (each.readyState === 1) each.send(event);
  });
});
server.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 1024 });
