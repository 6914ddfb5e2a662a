/**
 * Cuts a WebSocket off, which Deno has no public call for: `close()` waits for the peer, and goes on
 * buffering whatever it sends meanwhile. It knows nothing of connections.
 *
 * Every open socket is a "resource" of the runtime; closing that drops its buffers and its TCP
 * connection at once. How to get at it is not documented and may go with any version of Deno:
 * then this answers false, and whoever asked has to do without (docs/decisions/0005).
 */

interface Resources {
  /** Closing what is closed already does nothing. */
  tryClose(id: number): void;
}

/** Whether this version of Deno lets sockets be cut off. */
export const CAN_SEVER: boolean = resources() !== null;

/** Ends the connection under a socket, without a word to the peer. False where that is not possible. */
export function sever(webSocket: WebSocket): boolean {
  if (webSocket.readyState === WebSocket.CLOSED) return true;
  const symbol = Object.getOwnPropertySymbols(webSocket)
    .find(({ description }) => description === "[[rid]]");
  // The casts: what is not documented has no type; what comes of them is checked.
  const id = symbol && (webSocket as unknown as Record<symbol, unknown>)[symbol];
  const open = resources();
  if (open === null || typeof id !== "number") return false;
  open.tryClose(id);
  return true;
}

function resources(): Resources | null {
  const { internal } = Deno as unknown as { internal?: symbol };
  if (typeof internal !== "symbol") return null;
  const inside = (Deno as unknown as Record<symbol, { core?: Partial<Resources> }>)[internal];
  const core = inside?.core;
  return typeof core?.tryClose === "function" ? core as Resources : null;
}
