/**
 * What the hub needs from a WebSocket, so that another implementation can replace Deno's. It knows
 * nothing about the protocol.
 */
import { sever } from "./sever.ts";

export interface ClientSocket {
  send(text: string): void;
  /** Begins the closing handshake; the peer may never answer it. Safe to call twice. */
  close(code: number, reason: string): void;
  /** Ends the connection now, whatever the peer does: what it was sending is dropped. */
  cut(): void;
  /** Bytes passed to `send` that the peer has not read yet. */
  readonly buffered: number;
}

/** What a socket tells its owner. None of these may throw: in Deno that would end the process. */
export interface ClientSocketHandlers {
  opened(): void;
  /** `null` for a binary message. */
  received(text: string | null): void;
  closed(): void;
}

/**
 * How long a peer must have been quiet before the closing handshake (ms); what it sends until then
 * is read and dropped. If Deno's socket gets a data frame after sending its close frame, it drops
 * the connection: a peer that is still sending would see 1006 and never learn the code.
 */
const QUIET_MS = 50;
/**
 * A peer still sending after this (ms) gets the close right after one of its frames, when another
 * is unlikely to be on its way.
 */
const LINGER_MS = 150;

/** A closing handshake that has not begun yet. */
interface Goodbye {
  code: number;
  reason: string;
  /** Monotonic, ms. */
  latest: number;
  timer: ReturnType<typeof setTimeout>;
}

const EVENTS = ["open", "message", "close", "error"];

/** Wraps Deno's WebSocket (the server's end of `Deno.upgradeWebSocket`). */
export function adoptWebSocket(webSocket: WebSocket, handlers: ClientSocketHandlers): ClientSocket {
  return new DenoSocket(webSocket, handlers);
}

/** One object listens to all events: a function for each would cost a kilobyte per socket. */
class DenoSocket implements ClientSocket, EventListenerObject {
  /** Nothing is sent any more. */
  #closing = false;
  /** Kept here, since to ask the socket for its state is a tenth of what a send takes here. */
  #open: boolean;
  #goodbye: Goodbye | null = null;

  constructor(
    private readonly webSocket: WebSocket,
    private readonly handlers: ClientSocketHandlers,
  ) {
    this.#open = webSocket.readyState === WebSocket.OPEN;
    for (const event of EVENTS) webSocket.addEventListener(event, this);
  }

  handleEvent(event: Event): void {
    switch (event.type) {
      case "open":
        this.#open = true;
        return this.handlers.opened();
      case "message": {
        if (this.#goodbye !== null) return this.#hearOut(this.#goodbye);
        const { data } = event as MessageEvent; // by its type
        return this.handlers.received(typeof data === "string" ? data : null);
      }
      // A broken connection also closes; nothing else handles its error.
      case "error":
      case "close":
        this.#open = false;
        return this.handlers.closed();
    }
  }

  send(text: string): void {
    // One that has just closed drops what it is given, until it says so.
    if (this.#open && !this.#closing) this.webSocket.send(text);
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    const timer = setTimeout(() => this.#end(code, reason), QUIET_MS);
    this.#goodbye = { code, reason, latest: performance.now() + LINGER_MS, timer };
  }

  #hearOut(goodbye: Goodbye): void {
    const { code, reason, latest } = goodbye;
    clearTimeout(goodbye.timer);
    if (performance.now() >= latest) return this.#end(code, reason);
    goodbye.timer = setTimeout(() => this.#end(code, reason), QUIET_MS);
  }

  #end(code: number, reason: string): void {
    if (this.webSocket.readyState < WebSocket.CLOSING) this.webSocket.close(code, reason);
  }

  cut(): void {
    this.#closing = true;
    clearTimeout(this.#goodbye?.timer);
    sever(this.webSocket);
  }

  get buffered(): number {
    return this.webSocket.bufferedAmount;
  }
}
