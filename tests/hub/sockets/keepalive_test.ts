import assert from "node:assert/strict";
import { Connection } from "../../../lib/hub/sockets/connection.ts";
import {
  AUTH_MS,
  challenge,
  CLOSING_MS,
  cutLingering,
  PONG_MS,
  QUIET_MS,
  silent,
  sweep,
} from "../../../lib/hub/sockets/keepalive.ts";
import { SharedFrames } from "../../../lib/hub/sending/shared_frames.ts";
import type { Me } from "../../../lib/protocol/accounts.ts";
import { ticks } from "../../support/ticks.ts";

function setUp() {
  const sent: string[] = [];
  let cuts = 0;
  const socket = {
    send: (text: string) => sent.push(text),
    close() {},
    cut: () => void cuts++,
    buffered: 0,
    stuck: false,
  };
  const connection = new Connection(
    { address: "192.0.2.1", network: "192.0.2.1" },
    socket,
    (self) => self.flush(new SharedFrames()),
    ticks(0),
  );
  const dropped: number[] = [];
  const at = (now: number, wall = 0) =>
    sweep(
      [connection],
      { monotonic: ticks(now), wall },
      (_connection, code) => dropped.push(code),
    );
  return { connection, sent, dropped, at, cuts: () => cuts };
}

const user: Me = {
  id: 1,
  username: "ann",
  displayName: "Ann",
  role: "member",
  avatar: null,
  disabled: false,
  status: null,
  language: null,
  theme: "system",
  showLocalTime: true,
};

Deno.test("a quiet client is pinged once, and dropped when it does not answer", () => {
  const { connection, sent, dropped, at } = setUp();
  connection.phase = "live";
  connection.caller = { user, sessionId: 1, expiresAt: Infinity, way: "password", confirmedAt: 0 };
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
  connection.heardAt = ticks(QUIET_MS + 100);
  connection.pingedAt = 0;
  at(QUIET_MS + PONG_MS);
  assert.deepEqual(dropped, []);
  assert.equal(sent.length, 1);
});

Deno.test("a clock that somebody sets, forward or back, neither drops nor spares anybody", () => {
  const hour = 3_600_000;
  const { connection, sent, dropped, at } = setUp();
  connection.phase = "live";
  connection.caller = {
    user,
    sessionId: 1,
    expiresAt: 100 * hour,
    way: "password",
    confirmedAt: 0,
  };
  at(1_000, 10 * hour);
  at(2_000, 11 * hour);
  at(3_000, 9 * hour);
  assert.deepEqual([sent, dropped], [[], []]);
  at(QUIET_MS, 9 * hour);
  at(QUIET_MS + PONG_MS, 8 * hour);
  assert.deepEqual(dropped, [4408]);
});

Deno.test("a connection that does not sign in is closed after ten seconds", () => {
  const { dropped, at } = setUp();
  at(AUTH_MS - 1);
  assert.deepEqual(dropped, []);
  at(AUTH_MS);
  assert.deepEqual(dropped, [4401]);
});

Deno.test("everyone is asked at once, and who sends something whole is not silent", () => {
  const { connection, sent } = setUp();
  connection.phase = "live";
  challenge([connection], ticks(100));
  assert.deepEqual(sent, ['[{"type":"ping"}]']);
  assert.equal(connection.pingedAt, 100);
  assert.deepEqual(silent([connection], ticks(100)), [connection]);
  connection.heardAt = ticks(101);
  assert.deepEqual(silent([connection], ticks(100)), []);
});

Deno.test("being asked again does not give a silent client more time", () => {
  const { connection, dropped, at } = setUp();
  connection.phase = "live";
  at(QUIET_MS);
  challenge([connection], ticks(QUIET_MS + PONG_MS - 1));
  at(QUIET_MS + PONG_MS);
  assert.deepEqual(dropped, [4408]);
});

Deno.test("a peer that does not close when it is told to is cut off", () => {
  const { connection, cuts } = setUp();
  const leaving = new Map([[connection, ticks(0)]]);
  cutLingering(leaving, ticks(CLOSING_MS - 1));
  assert.equal(cuts(), 0);
  cutLingering(leaving, ticks(CLOSING_MS));
  cutLingering(leaving, ticks(CLOSING_MS * 2));
  assert.equal(cuts(), 1);
});
