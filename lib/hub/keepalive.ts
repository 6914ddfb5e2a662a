/**
 * Finds connections whose other end is gone, or never signed in. One timer looks at all of them.
 *
 * Only a whole message counts as a sign of life: a peer in the middle of an endless fragmented
 * message answers the WebSocket's own ping and never ours. A dead peer is noticed after
 * `QUIET_MS` + `PONG_MS` + `SWEEP_MS` = 45 s at most.
 */
import { CLOSE, type CloseCode } from "../protocol/codes.ts";
import type { Connection } from "./connection.ts";

export const SWEEP_MS = 5_000;
export const QUIET_MS = 20_000;
export const PONG_MS = 20_000;
/** How long a connection may stay without a session. */
export const AUTH_MS = 10_000;

export type Drop = (connection: Connection, code: CloseCode, reason: string) => void;

/** Looks at every connection once. @param now monotonic, ms */
export function sweep(connections: Iterable<Connection>, now: number, drop: Drop): void {
  for (const connection of connections) {
    if (connection.phase === "anonymous") {
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
