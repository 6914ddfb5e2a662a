/**
 * What the hub needs of a WebSocket, so that another implementation can take the place of Deno's.
 * It knows nothing of the protocol.
 */
export interface Socket {
  send(text: string): void;
  /** Begins the closing handshake; the peer may never answer it. Safe to call twice. */
  close(code: number, reason: string): void;
  /** Bytes handed to `send` that the peer has not taken yet. */
  readonly buffered: number;
}

/** What a socket tells its owner. None of these may throw: in Deno that would end the process. */
export interface SocketHandlers {
  opened(): void;
  /** `null` for a binary message. */
  received(text: string | null): void;
  closed(): void;
}

/** Wraps Deno's WebSocket (the server's end of `Deno.upgradeWebSocket`). */
export function adoptWebSocket(webSocket: WebSocket, handlers: SocketHandlers): Socket {
  webSocket.onopen = () => handlers.opened();
  webSocket.onmessage = (event) =>
    handlers.received(typeof event.data === "string" ? event.data : null);
  webSocket.onclose = () => handlers.closed();
  // A broken connection also closes; without a handler the error would be an uncaught one.
  webSocket.onerror = () => handlers.closed();
  return {
    send(text) {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.send(text);
    },
    close(code, reason) {
      if (webSocket.readyState >= WebSocket.CLOSING) return;
      webSocket.close(code, reason);
    },
    get buffered() {
      return webSocket.bufferedAmount;
    },
  };
}
