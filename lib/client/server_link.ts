/**
 * The connection's life: open, wait for `ready`, watch for silence, come back with backoff.
 * It answers `ping` and heeds `bye`; every other event it hands on without looking. It must not
 * know what rooms or messages are.
 */
import { isFinalClose } from "../protocol/codes.ts";
import type { FrameInput } from "../protocol/frames.ts";
import type { ServerEvent } from "../protocol/events.ts";
import { backoffDelay, byeDelay } from "./backoff.ts";
import type { Environment, Socket } from "./environment.ts";
import type { Connection, SignedOut } from "./model.ts";
import { createSleepWatch } from "./sleep.ts";

/** After so much silence (ms) the line is tested: a server pings only clients that are silent. */
export const QUIET = 30_000;
/** Without a sign of the server for this long (ms), the connection is taken for dead. */
export const SILENCE = 45_000;
/** The same, from opening to `ready`. */
const READY_WITHIN = 15_000;
/** After the network changed or the page woke, an answer must come within this (ms). */
const PROBE_WITHIN = 10_000;
/** The same, after the browser lost its network: only a server on this machine still answers. */
const PROBE_OFFLINE_WITHIN = 2_000;
/** How often it is asked whether the machine slept, in milliseconds. */
const LOOK_EVERY = 5_000;
/** Only a connection that held this long (ms) makes the next backoff begin anew. */
const STEADY_AFTER = 10_000;

export interface ConnectionOptions {
  environment: Environment;
  /** The session that the page speaks for: the server refuses the connection to any other. */
  sessionId: number;
  /** And the server's database. */
  instance: string;
  onState(connection: Connection): void;
  /** The events of one frame, in order, without `ping` and `bye`. */
  onEvents(events: ServerEvent[]): void;
  /** The server closed for good; `reason` is its word for why, or empty. */
  onFinal(reason: string): void;
  /** A connection failed before it opened, for the `failures`-th time in a row. */
  onUnopened(failures: number): void;
}

export interface ChatConnection {
  start(): void;
  stop(): void;
  /** Ends for good: the session is gone. Again, it only tells why. */
  signOut(why: SignedOut | null): void;
  /** False where there is no connection: nothing was sent. */
  send(command: FrameInput): boolean;
  /** Connects at once where it waits, tests the line where it is online. */
  reconnectNow(): void;
}

export function createConnection(options: ConnectionOptions): ChatConnection {
  const { environment } = options;
  let state: Connection["state"] | "stopped" = "stopped";
  let socket: Socket | null = null;
  let attempt = 0;
  let unopened = 0;
  let onlineSince = 0;
  let byeAfter: number | null = null;
  /** When something must have been heard. */
  let deadline = 0;
  /** A probe is under way: at the deadline the line is given up. */
  let probing = false;
  let timer: unknown = null;
  const sleep = createSleepWatch(environment);
  let listeners: (() => void)[] = [];

  function enter(connection: Connection): void {
    state = connection.state;
    options.onState(connection);
  }

  function arm(at: number, then: () => void): void {
    environment.clearTimeout(timer);
    timer = environment.setTimeout(then, Math.max(0, at - environment.ticks()));
  }

  function expectWithin(milliseconds: number): void {
    deadline = environment.ticks() + milliseconds;
    look();
  }

  /** In short steps: a timer that the machine slept through would come too late. */
  function look(): void {
    arm(Math.min(deadline, environment.ticks() + LOOK_EVERY), watch);
  }

  function watch(): void {
    if (sleep.noticed() && state === "online" && !probing) probe(PROBE_WITHIN);
    else if (environment.ticks() < deadline) look();
    else if (state === "online" && !probing) probe(SILENCE - QUIET);
    else drop();
  }

  /** Any command that is answered would do. */
  function probe(patience: number): void {
    probing = true;
    tellStatus();
    expectWithin(patience);
  }

  function connect(): void {
    enter({ state: "connecting" });
    let opened = false;
    // A socket that was given up may still speak: only the current one is heard.
    const isCurrent = () => socket === mine;
    const { sessionId, instance } = options;
    const path = `/chat?session=${sessionId}&instance=${instance}`;
    const mine: Socket = environment.openSocket(path, {
      opened() {
        opened = true;
        unopened = 0;
      },
      frame(text) {
        if (isCurrent()) receive(text);
      },
      closed(code, reason = "") {
        if (!isCurrent()) return;
        socket = null;
        if (isFinalClose(code)) return final(reason);
        lost();
        if (!opened && state === "waiting") options.onUnopened(++unopened);
      },
    });
    socket = mine;
    expectWithin(READY_WITHIN);
  }

  /** Does not wait for the peer's half of the closing, which a dead line never brings. */
  function drop(): void {
    const dropped = socket;
    socket = null;
    dropped?.close();
    lost();
  }

  function final(reason: string): void {
    signOut(null);
    options.onFinal(reason);
  }

  function lost(): void {
    environment.clearTimeout(timer);
    const steady = environment.ticks() - onlineSince >= STEADY_AFTER;
    if (state === "online" && steady) attempt = 0;
    const delay = byeAfter === null
      ? backoffDelay(attempt, environment.random())
      : byeDelay(byeAfter, environment.random());
    byeAfter = null;
    attempt++;
    enter({ state: "waiting", retryAt: environment.now() + delay });
    arm(environment.ticks() + delay, connect);
  }

  function receive(text: string): void {
    const events = parse(text);
    // What cannot be read may have been a message: only a new connection tells.
    if (events === null) return drop();
    if (state === "online") {
      deadline = environment.ticks() + QUIET;
      probing = false;
    }
    const rest = events.filter((event) => {
      if (event.type === "ping") send({ type: "pong" });
      else if (event.type === "bye") byeAfter = event.retryAfter;
      else return true;
      return false;
    });
    if (rest[0]?.type === "ready") greet(rest);
    else if (rest.length > 0) options.onEvents(rest);
  }

  /** The state behind `ready` is in place before anybody is told that the line is up. */
  function greet(events: ServerEvent[]): void {
    const mine = socket;
    options.onEvents(events);
    if (socket !== mine) return;
    onlineSince = environment.ticks();
    enter({ state: "online" });
    probing = false;
    sleep.noticed(); // what was before does not count
    expectWithin(QUIET);
    if (!environment.isVisible()) tellStatus();
  }

  function send(command: FrameInput): boolean {
    if (socket === null) return false;
    socket.send(JSON.stringify(command));
    return true;
  }

  function tellStatus(): void {
    if (state !== "online") return;
    send({ type: "status", status: environment.isVisible() ? "online" : "away" });
  }

  function reconnectNow(): void {
    if (state === "waiting") connect();
    else if (state === "online" && !probing) probe(PROBE_WITHIN);
  }

  function testWithoutNetwork(): void {
    if (state === "online") probe(PROBE_OFFLINE_WITHIN);
  }

  function shut(): void {
    environment.clearTimeout(timer);
    for (const stopListening of listeners) stopListening();
    listeners = [];
    const open = socket;
    socket = null;
    open?.close();
  }

  function signOut(why: SignedOut | null): void {
    shut();
    enter({ state: "signedOut", why });
  }

  return {
    start() {
      if (state !== "stopped") return;
      listeners = [
        environment.onOnline(reconnectNow),
        environment.onOffline?.(testWithoutNetwork) ?? (() => {}),
        environment.onVisibility((visible) => visible ? reconnectNow() : tellStatus()),
      ];
      connect();
    },
    stop() {
      shut();
      state = "stopped";
    },
    signOut,
    send,
    reconnectNow,
  };
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
