/** Socket.IO as it comes, over WebSocket. Argument: the port. */
import http from "node:http";
import process from "node:process";
import { Server } from "socket.io";
import { eventOf } from "./message.mjs";

// Without an answer to plain requests nobody could tell that it listens.
const server = http.createServer((_request, response) => response.end("chat"));
const io = new Server(server);
io.on("connection", (socket) => {
  socket.join("room");
  socket.on("send", (command) => {
    const event = eventOf(command);
    if (event !== null) io.to("room").emit("message", event);
  });
});
server.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 1024 });
