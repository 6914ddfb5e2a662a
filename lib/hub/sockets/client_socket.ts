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
  /**
   * Whether it has ended for us, but not for the system: the runtime gives up no write, so what the
   * peer leaves unread, and the file descriptor, stay until it lets go (`sever.ts`).
   */
  readonly stuck: boolean;
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
 * is read and dropped. If Deno's socket gets a data frame after sending its close frame, or even
 * before it gets to that, it drops the connection: a peer that is still sending would see 1006 and
 * never learn the code.
 */
const QUIET_MS = 50;
/** To a peer still sending after this (ms) a breath will do. */
const LINGER_MS = 150;
/** After one of its frames, ms: another is unlikely to be on its way. */
const BREATH_MS = 1;
/** A peer that takes no breath gets the close in the middle of its frames, after so many of them. */
const MOST_LATE = 1_000;

/** A closing handshake that has not begun yet. */
interface Goodbye {
  code: number;
  reason: string;
  /** Monotonic, ms. */
  latest: number;
  /** That came meanwhile, and how many of them later than that. */
  frames: number;
  late: number;
  timer: ReturnType<typeof setTimeout> | undefined;
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
  /** Of what was sent, the peer had something yet to read when we had no more to say. */
  #unread = false;
  #cut = false;

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
        // By its type; an error has no such field. Who answers the close frame has read all before
        // it; the runtime says so of one that is cut off as well.
        if ((event as CloseEvent).wasClean && !this.#cut) this.#unread = false;
        clearTimeout(this.#goodbye?.timer);
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
    const latest = performance.now() + LINGER_MS;
    const goodbye: Goodbye = { code, reason, latest, frames: 0, late: 0, timer: undefined };
    this.#goodbye = goodbye;
    this.#endWhenQuiet(goodbye, QUIET_MS);
  }

  #hearOut(goodbye: Goodbye): void {
    goodbye.frames += 1;
    if (performance.now() < goodbye.latest) return this.#endWhenQuiet(goodbye, QUIET_MS);
    goodbye.late += 1;
    if (goodbye.late < MOST_LATE) this.#endWhenQuiet(goodbye, BREATH_MS);
    else this.#end(goodbye);
  }

  #endWhenQuiet(goodbye: Goodbye, ms: number): void {
    clearTimeout(goodbye.timer);
    goodbye.timer = setTimeout(() => this.#endIfQuiet(goodbye), ms);
  }

  /** What was read in this pass of the loop is handed over before its immediates, after its timers. */
  #endIfQuiet(goodbye: Goodbye): void {
    const { frames } = goodbye;
    // deno-lint-ignore no-node-globals -- an import of node:timers is loaded by each start
    setImmediate(() => {
      if (goodbye.frames === frames) this.#end(goodbye);
    });
  }

  #end({ code, reason }: Goodbye): void {
    if (this.webSocket.readyState >= WebSocket.CLOSING) return;
    this.#unread = this.buffered > 0;
    this.webSocket.close(code, reason);
  }

  cut(): void {
    this.#closing = this.#cut = true;
    clearTimeout(this.#goodbye?.timer);
    // Once it closes, the runtime does not say any more.
    this.#unread ||= this.buffered > 0;
    sever(this.webSocket);
  }

  get buffered(): number {
    return this.webSocket.bufferedAmount;
  }

  get stuck(): boolean {
    return this.#unread && !this.#open;
  }
}
