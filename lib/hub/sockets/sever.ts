/**
 * Cuts a WebSocket off, for which Deno has no public call: `close()` waits for the peer, and keeps
 * buffering whatever it sends meanwhile. It knows nothing about connections.
 *
 * Every open socket is a "resource" of the runtime; closing that drops what was received and the TCP
 * connection at once, unless a write waits for a peer that does not read: the runtime gives up no
 * write, and keeps both until the peer reads or goes. How to reach it is undocumented and may change
 * with any version of Deno: then this returns false, and the caller must do without
 * (docs/decisions/0005).
 */

interface Resources {
  /** Closing a closed resource does nothing. */
  tryClose(id: number): void;
}

/** Whether this version of Deno lets sockets be cut off. */
export const CAN_SEVER: boolean = resources() !== null;

/**
 * Ends the connection under a socket, without notice to the peer. False if that is not possible.
 */
export function sever(webSocket: WebSocket): boolean {
  if (webSocket.readyState === WebSocket.CLOSED) return true;
  const symbol = Object.getOwnPropertySymbols(webSocket)
    .find(({ description }) => description === "[[rid]]");
  // The casts: undocumented APIs have no types; the results are checked.
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
