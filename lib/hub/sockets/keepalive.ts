/**
 * Finds connections whose other end is gone, or never signed in. One timer looks at all of them.
 *
 * Only a whole message counts as a sign of life: a peer in the middle of an endless fragmented
 * message answers the WebSocket's own ping and never ours. A dead peer is noticed after
 * `QUIET_MS` + `PONG_MS` + `SWEEP_MS` = 45 s at most; when memory climbs, everyone is asked at once.
 */
import { CLOSE, type CloseCode, type SessionEnd } from "../../protocol/codes.ts";
import type { Ticks, Timestamp } from "../../protocol/time.ts";
import type { Connection } from "./connection.ts";

export const SWEEP_MS = 5_000;
export const QUIET_MS = 20_000;
export const PONG_MS = 20_000;
/** How long a connection may stay without a session. */
export const AUTH_MS = 10_000;
/** How long a peer that was told to close may take to do so. */
export const CLOSING_MS = 5_000;

export type Drop = (connection: Connection, code: CloseCode, reason: string) => void;

/** Both clocks, ms: a session's end is told by the wall, silence is measured. */
export interface SweepTime {
  monotonic: Ticks;
  wall: Timestamp;
}

/** Looks at every connection once. */
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
 * Asks everyone for a sign of life at once. Whoever was asked before and is late keeps the older
 * mark.
 */
export function challenge(connections: Iterable<Connection>, now: Ticks): void {
  for (const connection of connections) {
    if (connection.phase === "anonymous") continue; // hears nothing but `auth`, and has a deadline
    if (connection.pingedAt === 0) connection.pingedAt = now;
    connection.push({ type: "ping" });
  }
}

/** Those who have not sent a whole message since, longest silent first. */
export function silent(connections: Iterable<Connection>, since: Ticks): Connection[] {
  return [...connections].filter(({ heardAt }) => heardAt < since)
    .sort((a, b) => a.heardAt - b.heardAt);
}

/**
 * Cuts off those who were told to close and have not: the runtime reads and buffers on for as
 * long as such a peer sends.
 */
export function cutLingering(leaving: Map<Connection, Ticks>, now: Ticks): void {
  for (const [connection, since] of leaving) {
    if (now - since < CLOSING_MS) continue;
    leaving.delete(connection);
    connection.cut();
  }
}
