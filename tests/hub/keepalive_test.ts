import assert from "node:assert/strict";
import { Connection } from "../../lib/hub/connection.ts";
import { AUTH_MS, PONG_MS, QUIET_MS, sweep } from "../../lib/hub/keepalive.ts";
import type { User } from "../../lib/protocol/objects.ts";

function setUp() {
  const sent: string[] = [];
  const socket = { send: (text: string) => sent.push(text), close() {}, buffered: 0 };
  const connection = new Connection("192.0.2.1", socket, (self) => self.flush(), 0);
  const dropped: number[] = [];
  const at = (now: number) => sweep([connection], now, (_connection, code) => dropped.push(code));
  return { connection, sent, dropped, at };
}

const user: User = {
  id: 1,
  username: "ann",
  displayName: "Ann",
  role: "member",
  avatar: null,
  disabled: false,
};

Deno.test("a quiet client is pinged once, and dropped when it does not answer", () => {
  const { connection, sent, dropped, at } = setUp();
  connection.phase = "live";
  connection.identity = { user, sessionId: 1 };
  at(QUIET_MS - 1);
  assert.deepEqual(sent, []);
  at(QUIET_MS);
  at(QUIET_MS + 1);
  assert.deepEqual(sent, ['[{"type":"ping"}]']);
  at(QUIET_MS + PONG_MS - 1);
  assert.deepEqual(dropped, []);
  at(QUIET_MS + PONG_MS);
  assert.deepEqual(dropped, [4408]);
});

Deno.test("a client that is heard of is left alone", () => {
  const { connection, sent, dropped, at } = setUp();
  connection.phase = "live";
  at(QUIET_MS);
  connection.heardAt = QUIET_MS + 100;
  connection.pingedAt = 0;
  at(QUIET_MS + PONG_MS);
  assert.deepEqual(dropped, []);
  assert.equal(sent.length, 1);
});

Deno.test("a connection that does not sign in is closed after ten seconds", () => {
  const { dropped, at } = setUp();
  at(AUTH_MS - 1);
  assert.deepEqual(dropped, []);
  at(AUTH_MS);
  assert.deepEqual(dropped, [4401]);
});
