/**
 * Finds connections whose peer is gone or never signed in. One timer checks all of them.
 *
 * Only a whole message counts as a sign of life: a peer in the middle of an endless fragmented
 * message answers the WebSocket's own ping and never ours. A dead peer is noticed after
 * `QUIET_MS` + `PONG_MS` + `SWEEP_MS` = 45 s at most; when memory climbs, everyone is asked at once.
 *
 * A machine that slept, or had no time for the server, is no fault of its clients: what they sent
 * meanwhile is still to be read, and what they were to answer may not have gone out.
 */
import { CLOSE, type CloseCode, type SessionEnd } from "../../protocol/codes.ts";
import type { Ticks, Timestamp } from "../../protocol/time.ts";
import type { Connection } from "./connection.ts";

export const SWEEP_MS = 5_000;
export const QUIET_MS = 20_000;
export const PONG_MS = 20_000;
/** How long a connection may stay without a session. */
export const AUTH_MS = 10_000;
/** How long a peer that was told to close may take. */
export const CLOSING_MS = 5_000;
/** Longer than this between two sweeps (ms), the server itself did not run. */
export const PAUSE_MS = SWEEP_MS + 1_000;

export type Drop = (connection: Connection, code: CloseCode, reason: string) => void;

/** Both clocks, ms: wall time for a session's expiry, monotonic time for silence. */
export interface SweepTime {
  monotonic: Ticks;
  wall: Timestamp;
}

/** Checks every connection once. */
export function sweep(
  connections: Iterable<Connection>,
  { monotonic: now, wall }: SweepTime,
  drop: Drop,
): void {
  for (const connection of connections) {
    if (wall >= (connection.caller?.expiresAt ?? Infinity)) {
      drop(connection, CLOSE.unauthenticated, "expired" satisfies SessionEnd);
    } else if (connection.phase === "anonymous") {
      if (now - connection.heardAt >= AUTH_MS) {
        drop(connection, CLOSE.unauthenticated, "no authentication in time");
      }
    } else if (connection.pingedAt !== 0) {
      if (now - connection.pingedAt >= PONG_MS) drop(connection, CLOSE.noPong, "no answer to ping");
    } else if (now - connection.heardAt >= QUIET_MS) {
      connection.pingedAt = now;
      connection.push({ type: "ping" });
    }
  }
}

/**
 * Counts nothing of a pause of the server's own, which ends now: deadlines that run are put off by
 * as much.
 */
export function forgive(
  connections: Iterable<Connection>,
  leaving: Map<Connection, Ticks>,
  { pause, now }: { pause: number; now: Ticks },
): void {
  // The sum of a point in time and a duration is a point in time.
  const putOff = (since: Ticks) => Math.min(now, since + pause) as Ticks;
  for (const connection of connections) {
    if (connection.pingedAt !== 0) connection.pingedAt = putOff(connection.pingedAt);
    if (connection.phase === "anonymous") connection.heardAt = putOff(connection.heardAt);
  }
  for (const [connection, since] of leaving) leaving.set(connection, putOff(since));
}

/**
 * Asks everyone for a sign of life at once. A connection that was asked before and is late keeps
 * the older mark.
 */
export function challenge(connections: Iterable<Connection>, now: Ticks): void {
  for (const connection of connections) {
    if (connection.phase === "anonymous") continue; // may only send `auth`, and has a deadline
    if (connection.pingedAt === 0) connection.pingedAt = now;
    connection.push({ type: "ping" });
  }
}

/** Connections that have not sent a whole message since, longest silent first. */
export function silent(connections: Iterable<Connection>, since: Ticks): Connection[] {
  return [...connections].filter(({ heardAt }) => heardAt < since)
    .sort((a, b) => a.heardAt - b.heardAt);
}

/**
 * Cuts off peers that were told to close and have not: the runtime keeps reading and buffering as
 * long as such a peer sends.
 */
export function cutLingering(leaving: Map<Connection, Ticks>, now: Ticks): void {
  for (const [connection, since] of leaving) {
    if (now - since < CLOSING_MS) continue;
    leaving.delete(connection);
    connection.cut();
  }
}
