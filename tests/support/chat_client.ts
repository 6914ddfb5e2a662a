/**
 * A small client of the protocol for tests, written from the protocol's page alone: requests over
 * HTTP, a socket with a log of everything it received. It must not know the server's insides; of
 * ours it takes types only.
 */
import type { Message } from "../../lib/protocol/messages.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { AckEvent, ReadyEvent, ServerEvent } from "../../lib/protocol/events.ts";

import type { Person } from "./api_client.ts";

export * from "./api_client.ts";

/** How long something that must happen may take on a busy machine, milliseconds. */
const PATIENCE = 10_000;

/** An `error` event that answered a command. */
export class Refusal extends Error {
  constructor(readonly code: string, message: string, readonly retryAfter?: number) {
    super(`${code}: ${message}`);
  }
}

export interface CloseFacts {
  code: number;
  reason: string;
}

/** Deno's WebSocket takes headers; the browsers' types, which the project also loads, hide it. */
const HeaderWebSocket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocket;

type EventOf<Type extends ServerEvent["type"]> = Extract<ServerEvent, { type: Type }>;

export interface OpenOptions {
  /** Sent with the upgrade: `authorization`, `cookie`, `origin`. */
  headers?: Record<string, string>;
  /** After `/chat`. */
  query?: string;
  /** Sees every event before anything that waits for it. */
  onEvent?(event: ServerEvent): void;
}

/** A connection to `/chat`. Everything it receives is kept in `log`, in order. */
export class ChatSocket {
  readonly log: ServerEvent[] = [];
  /** How many frames have come in. */
  frames = 0;
  readonly opened: Promise<void>;
  /** Resolves when the connection has ended, by whomever. */
  readonly closed: Promise<CloseFacts>;
  readonly #socket: WebSocket;
  readonly #watchers = new Set<() => void>();
  #ended: CloseFacts | null = null;
  #refs = 0;

  constructor(url: string, private readonly options: OpenOptions = {}) {
    this.#socket = new HeaderWebSocket(
      `${url.replace(/^http/, "ws")}/chat${options.query ?? ""}`,
      { headers: options.headers ?? {} },
    );
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<CloseFacts>();
    this.opened = opened.promise;
    this.closed = closed.promise;
    opened.promise.catch(() => {}); // who does not wait for it does not mind
    this.#socket.onopen = () => opened.resolve();
    this.#socket.onmessage = ({ data }) => this.#receive(String(data));
    this.#socket.onerror = (event) => {
      const message = event instanceof ErrorEvent ? event.message : "the socket failed";
      opened.reject(new Error(message));
      // Without a handshake there is no close event to come.
      this.#end({ code: 1006, reason: message }, closed.resolve);
    };
    this.#socket.onclose = ({ code, reason }) => this.#end({ code, reason }, closed.resolve);
  }

  /** Opens a connection as somebody, and waits for `ready`. */
  static async connect(person: Person, options: OpenOptions = {}): Promise<ChatSocket> {
    const socket = new ChatSocket(person.api.url, {
      ...options,
      headers: { ...person.api.headers, ...options.headers },
    });
    await socket.event("ready");
    return socket;
  }

  get ready(): ReadyEvent {
    const [first] = this.all("ready");
    if (first === undefined) throw new Error("There was no ready event yet");
    return first;
  }

  get isOpen(): boolean {
    return this.#ended === null;
  }

  /** What of one kind has come so far. */
  all<Type extends ServerEvent["type"]>(type: Type): EventOf<Type>[] {
    return this.log.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** The first event of a kind that fits, from the past or the future. */
  event<Type extends ServerEvent["type"]>(
    type: Type,
    fits: (event: EventOf<Type>) => boolean = () => true,
    from = 0,
  ): Promise<EventOf<Type>> {
    const find = () =>
      this.log.slice(from).find((event): event is EventOf<Type> =>
        event.type === type && fits(event as EventOf<Type>)
      );
    return this.until(find, `a ${type} event`);
  }

  /** Waits until `find` gives something; it is asked again after every frame. */
  until<Found>(find: () => Found | undefined | false | null, what: string): Promise<Found> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`No ${what} came in ${PATIENCE} ms; last: ${this.#tail()}`));
      }, PATIENCE);
      const look = () => {
        const found = find();
        if (found !== undefined && found !== false && found !== null) {
          settle();
          resolve(found);
        } else if (this.#ended !== null) {
          settle();
          reject(new Error(`Closed with ${JSON.stringify(this.#ended)} before ${what} came`));
        }
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** Sends a frame as it is. */
  sendRaw(frame: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(frame);
  }

  /** Sends a command that no ack answers. */
  tell(command: Record<string, unknown>): void {
    this.sendRaw(JSON.stringify(command));
  }

  /** Sends a command with a `ref` of its own; its ack, or a `Refusal`. */
  async command(command: Record<string, unknown>): Promise<AckEvent> {
    const ref = `r${++this.#refs}`;
    const from = this.log.length;
    this.tell({ ref, ...command });
    const answered = await this.until(
      () =>
        this.log.slice(from).find((event): event is AckEvent | EventOf<"error"> =>
          (event.type === "ack" || event.type === "error") && event.ref === ref
        ),
      `answer to ${JSON.stringify(command).slice(0, 200)}`,
    );
    if (answered.type === "error") {
      throw new Refusal(answered.code, answered.message, answered.retryAfter);
    }
    return answered;
  }

  /** Sends a message; where it stands. */
  async send(room: number, text: string, clientId = newClientId()) {
    const ack = await this.command({ type: "send", clientId, room, text });
    if (ack.message === undefined) throw new Error("The ack of a send names no message");
    return ack.message;
  }

  /** After this, whatever the server had sent before it is in the log. */
  async settled(): Promise<void> {
    await this.command({ type: "sync", rooms: {} });
  }

  close(): Promise<CloseFacts> {
    if (this.#ended === null) this.#socket.close();
    return this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #receive(frame: string): void {
    this.frames += 1;
    const events: unknown = JSON.parse(frame);
    if (!Array.isArray(events) || events.length === 0) {
      throw new Error(`A server frame must be an array of events: ${frame.slice(0, 200)}`);
    }
    for (const event of events as ServerEvent[]) {
      if (event.type === "ping") this.tell({ type: "pong" });
      this.log.push(event);
      this.options.onEvent?.(event);
    }
    for (const look of [...this.#watchers]) look();
  }

  #end(facts: CloseFacts, resolve: (facts: CloseFacts) => void): void {
    if (this.#ended !== null) return;
    this.#ended = facts;
    resolve(facts);
    for (const look of [...this.#watchers]) look();
  }

  #tail(): string {
    return JSON.stringify(this.log.slice(-5)).slice(0, 600);
  }
}

/** A fresh id for a message: 16 to 64 of the letters that the protocol allows. */
export function newClientId(): string {
  return crypto.randomUUID();
}

export type { MemberRoom, Message };
