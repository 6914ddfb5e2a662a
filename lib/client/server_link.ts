/**
 * The connection to the server: open, wait for `ready`, reconnect with backoff. It answers `ping`
 * and obeys `bye`; it passes every other event on unread. It must not know what rooms or messages
 * are.
 */
import { isFinalClose } from "../protocol/codes.ts";
import type { FrameInput } from "../protocol/frames.ts";
import type { ServerEvent } from "../protocol/events.ts";
import { backoffDelay, byeDelay } from "./backoff.ts";
import type { Environment, Socket } from "./environment.ts";
import type { ConnectionState, SignedOut } from "./model.ts";
import { Silence } from "./silence.ts";

/** If `ready` does not come this long after opening (ms), the connection counts as dead. */
const READY_WITHIN = 15_000;
/**
 * When the browser has lost its network, only a server on this machine can still answer, within
 * this (ms).
 */
const PROBE_OFFLINE_WITHIN = 2_000;
/** Only a connection that lasted this long (ms) resets the backoff. */
const STEADY_AFTER = 10_000;

export interface ServerLinkOptions {
  environment: Environment;
  /** The session the page acts for: the server refuses the connection to any other. */
  sessionId: number;
  /** And the server's database. */
  instance: string;
  onState(connection: ConnectionState): void;
  /** The events of one frame, in order, without `ping` and `bye`. */
  onEvents(events: ServerEvent[]): void;
  /** The server closed for good; `reason` is its close reason, or empty. */
  onFinal(reason: string): void;
  /** A connection failed before it opened, for the `failures`-th time in a row. */
  onUnopened(failures: number): void;
}

export class ServerLink {
  readonly #options: ServerLinkOptions;
  readonly #environment: Environment;
  readonly #silence: Silence;
  #state: ConnectionState["state"] | "stopped" = "stopped";
  #socket: Socket | null = null;
  #isOpen = false;
  #attempt = 0;
  #unopened = 0;
  #onlineSince = 0;
  #byeAfter: number | null = null;
  #retry: unknown = null;
  #listeners: (() => void)[] = [];

  constructor(options: ServerLinkOptions) {
    this.#options = options;
    this.#environment = options.environment;
    this.#silence = new Silence(options.environment, {
      isOnline: () => this.#state === "online",
      ask: () => this.#tellStatus(),
      drop: () => this.#drop(),
    });
  }

  start(): void {
    if (this.#state !== "stopped") return;
    const environment = this.#environment;
    this.#listeners = [
      environment.onOnline(this.reconnectNow),
      environment.onOffline?.(() => this.#testWithoutNetwork()) ?? (() => {}),
      environment.onVisibility((visible) => visible ? this.reconnectNow() : this.#tellStatus()),
    ];
    this.#connect();
  }

  stop(): void {
    this.#shut();
    this.#state = "stopped";
  }

  /** Ends for good: the session has ended. Called again, it only reports why. */
  signOut(why: SignedOut | null): void {
    this.#shut();
    this.#enter({ state: "signedOut", why });
  }

  /** False if there is no open connection: nothing was sent. */
  readonly send = (command: FrameInput): boolean => {
    if (this.#socket === null || !this.#isOpen) return false;
    this.#socket.send(JSON.stringify(command));
    return true;
  };

  /** Connects at once if it is waiting, tests the connection if it is online. */
  readonly reconnectNow = (): void => {
    if (this.#state === "waiting") this.#connect();
    else if (this.#state === "online") this.#silence.test();
  };

  #enter(connection: ConnectionState): void {
    this.#state = connection.state;
    this.#options.onState(connection);
  }

  #connect(): void {
    const environment = this.#environment;
    const { sessionId, instance } = this.#options;
    environment.clearTimeout(this.#retry);
    this.#enter({ state: "connecting" });
    let opened = false;
    // An abandoned socket may still send: only the current one counts.
    const isCurrent = () => this.#socket === mine;
    const path = `/chat?session=${sessionId}&instance=${instance}`;
    const mine: Socket = environment.openSocket(path, {
      opened: () => {
        opened = true;
        this.#unopened = 0;
        if (isCurrent()) this.#isOpen = true;
      },
      frame: (text) => {
        if (isCurrent()) this.#receive(text);
      },
      closed: (code, reason = "") => {
        if (isCurrent()) this.#closed(opened, code, reason);
      },
    });
    this.#socket = mine;
    this.#isOpen = false;
    this.#silence.expectWithin(READY_WITHIN);
  }

  #closed(opened: boolean, code: number, reason: string): void {
    this.#socket = null;
    if (isFinalClose(code)) {
      this.signOut(null);
      return this.#options.onFinal(reason);
    }
    this.#lost();
    if (!opened && this.#state === "waiting") this.#options.onUnopened(++this.#unopened);
  }

  /** Does not wait for the peer's close frame, which never comes on a dead connection. */
  #drop(): void {
    const dropped = this.#socket;
    this.#socket = null;
    dropped?.close();
    this.#lost();
  }

  #lost(): void {
    const environment = this.#environment;
    this.#silence.stop();
    const steady = environment.ticks() - this.#onlineSince >= STEADY_AFTER;
    if (this.#state === "online" && steady) this.#attempt = 0;
    // What the server asked for is no attempt of ours: if it is not back by then, the next is soon.
    const delay = this.#byeAfter === null
      ? backoffDelay(this.#attempt++, environment.random())
      : byeDelay(this.#byeAfter, environment.random());
    this.#byeAfter = null;
    this.#enter({ state: "waiting", retryAt: environment.now() + delay });
    this.#retry = environment.setTimeout(() => this.#connect(), delay);
  }

  #receive(text: string): void {
    const events = parse(text);
    // What cannot be read may have been a message: only a new connection can tell.
    if (events === null) return this.#drop();
    if (this.#state === "online") this.#silence.heard();
    const rest = events.filter((event) => {
      if (event.type === "ping") this.send({ type: "pong" });
      else if (event.type === "bye") this.#byeAfter = event.retryAfter;
      else return true;
      return false;
    });
    if (rest[0]?.type === "ready") this.#greet(rest);
    else if (rest.length > 0) this.#options.onEvents(rest);
  }

  /** The state from `ready` is in place before anybody is told that the connection is up. */
  #greet(events: ServerEvent[]): void {
    const mine = this.#socket;
    const environment = this.#environment;
    this.#options.onEvents(events);
    if (this.#socket !== mine) return;
    this.#onlineSince = environment.ticks();
    this.#enter({ state: "online" });
    this.#silence.greeted();
    if (!environment.isVisible()) this.#tellStatus();
  }

  #tellStatus(): void {
    if (this.#state !== "online") return;
    const status = this.#environment.isVisible() ? "online" : "away";
    this.send({ type: "status", status });
  }

  #testWithoutNetwork(): void {
    if (this.#state === "online") this.#silence.probe(PROBE_OFFLINE_WITHIN);
  }

  #shut(): void {
    this.#silence.stop();
    this.#environment.clearTimeout(this.#retry);
    for (const stopListening of this.#listeners) stopListening();
    this.#listeners = [];
    const open = this.#socket;
    this.#socket = null;
    open?.close();
  }
}

function parse(text: string): ServerEvent[] | null {
  try {
    const events: unknown = JSON.parse(text);
    // The server is trusted to keep the protocol: its events are not checked field by field.
    return Array.isArray(events) ? events as ServerEvent[] : null;
  } catch {
    return null;
  }
}
