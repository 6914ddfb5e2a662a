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

const EVENTS = ["open", "message", "close", "error"];

/** Wraps Deno's WebSocket (the server's end of `Deno.upgradeWebSocket`). */
export function adoptWebSocket(webSocket: WebSocket, handlers: SocketHandlers): Socket {
  return new DenoSocket(webSocket, handlers);
}

/** One object that hears all events: a function for each would be a kilobyte for each socket. */
class DenoSocket implements Socket, EventListenerObject {
  #closing = false;

  constructor(
    private readonly webSocket: WebSocket,
    private readonly handlers: SocketHandlers,
  ) {
    for (const event of EVENTS) webSocket.addEventListener(event, this);
  }

  handleEvent(event: Event): void {
    switch (event.type) {
      case "open":
        return this.handlers.opened();
      case "message": {
        const { data } = event as MessageEvent; // by its type
        return this.handlers.received(typeof data === "string" ? data : null);
      }
      // A broken connection also closes; nobody else hears of its error.
      case "error":
      case "close":
        return this.handlers.closed();
    }
  }

  send(text: string): void {
    if (!this.#closing && this.webSocket.readyState === WebSocket.OPEN) this.webSocket.send(text);
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    const end = () => {
      if (this.webSocket.readyState < WebSocket.CLOSING) this.webSocket.close(code, reason);
    };
    // A restart cannot wait, and has said `bye` before.
    if (code === CLOSE.restarting) end();
    else setTimeout(end, LINGER_MS);
  }

  cut(): void {
    this.#closing = true;
    sever(this.webSocket);
  }

  get buffered(): number {
    return this.webSocket.bufferedAmount;
  }
}
