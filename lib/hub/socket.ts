/**
 * What the hub needs of a WebSocket, so that another implementation can take the place of Deno's.
 * Of the protocol it knows the close codes alone.
 */
import { CLOSE } from "../protocol/codes.ts";
import { sever } from "./sever.ts";

export interface Socket {
  send(text: string): void;
  /** Begins the closing handshake; the peer may never answer it. Safe to call twice. */
  close(code: number, reason: string): void;
  /** Ends the connection now, whatever the peer does: what it was sending is let go of. */
  cut(): void;
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

/**
 * How long frames on their way are still read, and dropped, before the closing handshake (ms).
 * A data frame that meets Deno's socket after its close frame makes it drop the connection
 * instead: a peer in the middle of talking would see 1006 and never learn the code.
 */
const LINGER_MS = 50;

/** Wraps Deno's WebSocket (the server's end of `Deno.upgradeWebSocket`). */
export function adoptWebSocket(webSocket: WebSocket, handlers: SocketHandlers): Socket {
  webSocket.onopen = () => handlers.opened();
  webSocket.onmessage = (event) =>
    handlers.received(typeof event.data === "string" ? event.data : null);
  webSocket.onclose = () => handlers.closed();
  // A broken connection also closes; without a handler the error would be an uncaught one.
  webSocket.onerror = () => handlers.closed();
  let closing = false;
  return {
    send(text) {
      if (!closing && webSocket.readyState === WebSocket.OPEN) webSocket.send(text);
    },
    close(code, reason) {
      if (closing) return;
      closing = true;
      const end = () => {
        if (webSocket.readyState < WebSocket.CLOSING) webSocket.close(code, reason);
      };
      // A restart cannot wait, and has said `bye` before.
      if (code === CLOSE.restarting) end();
      else setTimeout(end, LINGER_MS);
    },
    cut() {
      closing = true;
      sever(webSocket);
    },
    get buffered() {
      return webSocket.bufferedAmount;
    },
  };
}
