/**
 * The least that Deno needs to hand messages on: the runtime's floor for a fan-out. It waits and
 * sends in parts as Confab does, the same bytes in the same frames, and keeps no sessions, no
 * permissions, no storage, no acks. Argument: the port.
 */
import { eventLoop } from "../../lib/event_loop.ts";
import { createFlushSchedule } from "../../lib/hub/sending/flush.ts";
import { encodedEventOf } from "./message.mjs";

/** As in `lib/hub/sending/rounds.ts`. */
const PART = 128 * 1024;

interface Client {
  socket: WebSocket;
  /** How many of all events it was sent. */
  at: number;
}

const room = new Set<Client>();
/** What somebody here was not sent yet; those before were sent to all. */
let events: string[] = [];
let before = 0;
let turns: Iterator<Client> | null = null;
/** What the one before was sent, mostly the same. */
let last = { from: -1, to: -1, text: "" };

function textFor(from: number): string {
  const to = before + events.length;
  if (last.from !== from || last.to !== to) {
    last = { from, to, text: `[${events.slice(from - before).join(",")}]` };
  }
  return last.text;
}

function sendPart(): boolean {
  turns ??= room.values();
  for (let characters = 0; characters < PART;) {
    const { value: client, done } = turns.next();
    if (done) return forgetSent();
    if (client.at === before + events.length || client.socket.readyState !== WebSocket.OPEN) continue;
    const text = textFor(client.at);
    client.at = before + events.length;
    client.socket.send(text);
    characters += text.length;
  }
  return false;
}

function forgetSent(): true {
  turns = null;
  const sent = Math.min(before + events.length, ...[...room].map(({ at }) => at));
  events = events.slice(sent - before);
  before = sent;
  if (events.length > 0) schedule.request();
  return true;
}

const schedule = createFlushSchedule(sendPart, eventLoop);

Deno.serve({ port: Number(Deno.args[0]), hostname: "127.0.0.1", onListen: () => {} }, (request) => {
  if (request.headers.get("upgrade") !== "websocket") return new Response("chat");
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  const client = { socket, at: 0 };
  socket.addEventListener("open", () => {
    client.at = before + events.length;
    room.add(client);
  });
  socket.addEventListener("close", () => room.delete(client));
  socket.addEventListener("message", ({ data }) => {
    const event = encodedEventOf(data);
    if (event === null) return;
    events.push(event);
    schedule.request();
  });
  return response;
});
