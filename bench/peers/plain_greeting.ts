/**
 * The least that Deno needs to greet: the runtime's floor for `ready`. One thread takes an upgrade,
 * reads the session and the memberships, by one statement each, and sends as many bytes as Confab
 * does, made of rooms' texts that it keeps; and acknowledges frames, without storing anything. It
 * trusts the token, counts nothing that is unread, and has no limits, no live events, no other work.
 * When it is ended, it says when to come again, as Confab does. Arguments: the port, the database.
 */
import { DatabaseSync } from "node:sqlite";

/** Characters of `ready` beside its rooms. */
const BESIDE = `"beside":"${"x".repeat(3_400)}"`;

const [port, path] = Deno.args;
const db = new DatabaseSync(path!, { readOnly: true });
const session = db.prepare(
  `SELECT s.id, s.expires_at, u.id AS user_id, u.username, u.disabled
   FROM sessions AS s JOIN users AS u ON u.id = s.user_id WHERE s.id = ?`,
);
const memberships = db.prepare(
  `SELECT room_id, read_seq, joined_at FROM members WHERE user_id = ? AND hidden = 0
   ORDER BY room_id LIMIT 201`,
);
// The cast: Deno has it and does not know its type. Rows as lists are read in half the time.
(memberships as unknown as { setReturnArrays(on: boolean): void }).setReturnArrays(true);
const room = db.prepare(
  `SELECT id, kind, name, topic, head, created_by, created_at, archived, member_count
   FROM rooms WHERE id = ?`,
);

/** Up to what differs from member to member. */
const texts = new Map<number, string>();

function textOf(id: number): string {
  let text = texts.get(id);
  if (text === undefined) {
    const membership = '"membership":{"role":"member","unread":0,"mentions":0,"threads":0';
    text = `${JSON.stringify(room.get(id)).slice(0, -1)},${membership},"notify":"all"`;
    texts.set(id, text);
  }
  return text;
}

function readyOf(userId: number): string {
  // The cast: the statement gives lists.
  const rows = memberships.all(userId) as unknown as [number, number, number][];
  const rooms = rows.map(([id, seq, at]) => `${textOf(id)},"readSeq":${seq},"joinedAt":${at}}}`);
  return `[{"type":"ready",${BESIDE},"rooms":[${rooms.join(",")}]}]`;
}

function sessionOf(request: Request) {
  const [, payload = ""] = request.headers.get("authorization")!.split(".");
  const { sid } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  return session.get(sid);
}

const open = new Set<WebSocket>();

Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, (request) => {
  if (request.headers.get("upgrade") !== "websocket") return new Response("greeting");
  const found = sessionOf(request);
  if (found === undefined) return new Response(null, { status: 401 });
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  socket.addEventListener("open", () => {
    open.add(socket);
    socket.send(readyOf(Number(found.user_id)));
  });
  // Each frame is one message of a sender, who counts acks and nothing else.
  socket.addEventListener("message", () => socket.send('[{"type":"ack"}]'));
  socket.addEventListener("close", () => open.delete(socket));
  return response;
});

Deno.addSignalListener("SIGTERM", () => {
  for (const socket of open) {
    socket.send('[{"type":"bye","retryAfter":100}]');
    socket.close(1012);
  }
  setTimeout(() => Deno.exit(), 50);
});
