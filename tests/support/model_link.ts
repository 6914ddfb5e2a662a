/**
 * The world between an engine and a model server, in the test's hand: each frame, each answer
 * and each tick of the clock happens when the test says so.
 */
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import { createChatClient } from "../../lib/client/client.ts";
import type {
  Environment,
  HttpAnswer,
  HttpRequest,
  Socket,
  SocketHandlers,
} from "../../lib/client/environment.ts";
import type { ChatClient } from "../../lib/client/chat_client.ts";
import type { Bootstrap } from "../../lib/client/model.ts";
import { createMemoryStorage, type OutboxStorage } from "../../lib/client/outbox_storage.ts";
import { createMemoryShelf, type Shelf } from "../../lib/client/shelf.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { httpAnswer } from "./http_answer.ts";
import { ticks } from "./ticks.ts";
import {
  type ModelConnection,
  modelMe,
  type ModelServer,
  modelSession,
  modelUser,
} from "./model_server.ts";

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}

export class FakeClock {
  /** Monotonic. */
  now = 1_000_000;
  /** How far the time of day is from it: somebody sets it. */
  wallAhead = 0;
  #timers = new Map<number, { at: number; callback: () => void }>();
  #count = 0;

  setTimeout = (callback: () => void, milliseconds: number): number => {
    this.#timers.set(++this.#count, { at: this.now + milliseconds, callback });
    return this.#count;
  };

  clearTimeout = (timer: unknown): void => {
    if (typeof timer === "number") this.#timers.delete(timer);
  };

  get pending(): number {
    return this.#timers.size;
  }

  async advance(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end)
        .sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
      if (due === undefined) break;
      this.#timers.delete(due[0]);
      this.now = Math.max(this.now, due[1].at);
      due[1].callback();
      await settle();
    }
    this.now = end;
  }
}

interface Line {
  handlers: SocketHandlers;
  toServer: string[];
  toClient: string[];
  server: ModelConnection | null;
}

interface Fetch {
  path: string;
  request: HttpRequest;
  answer: { status: number; body: unknown; headers?: Record<string, string> } | null;
  resolve(answer: HttpAnswer): void;
  reject(error: Error): void;
}

export interface LinkOptions {
  storage?: OutboxStorage;
  shelf?: Shelf;
  clock?: FakeClock;
  seed?: number;
  /** Prefix of this client's message names. */
  name?: string;
  /** A planted fault: changes what the client sends; null swallows it. */
  outgoing?: (frame: string) => string | null;
  /** A planted fault: changes what the client hears. */
  incoming?: (frame: string) => string;
  environment?: Partial<Environment>;
}

export class Link {
  readonly clock: FakeClock;
  readonly environment: Environment;
  visible = true;
  /** Everything that the client handed to any socket. */
  readonly sent: string[] = [];
  opened = 0;
  line: Line | null = null;
  readonly fetches: Fetch[] = [];
  #late: { server: ModelConnection; frame: string }[] = [];
  #online = new Set<() => void>();
  #visibility = new Set<(visible: boolean) => void>();
  #options: LinkOptions;

  constructor(readonly server: ModelServer, readonly userId: number, options: LinkOptions = {}) {
    this.#options = options;
    this.clock = options.clock ?? new FakeClock();
    let seed = options.seed ?? 1;
    let names = 0;
    this.environment = {
      now: () => this.clock.now + this.clock.wallAhead,
      ticks: () => ticks(this.clock.now),
      random: () => (seed = (seed * 48271) % 2147483647) / 2147483647,
      setTimeout: this.clock.setTimeout,
      clearTimeout: this.clock.clearTimeout,
      newClientId: () => `${options.name ?? "client"}-message-${++names}`.padEnd(20, "_"),
      openSocket: (_path, handlers) => this.#open(handlers),
      fetch: (path, request) =>
        new Promise((resolve, reject) => {
          this.fetches.push({ path, request, answer: null, resolve, reject });
        }),
      storage: options.storage ?? createMemoryStorage(),
      shelf: options.shelf ?? createMemoryShelf(),
      onOnline: (listener) => subscribe(this.#online, listener),
      onVisibility: (listener) => subscribe(this.#visibility, listener),
      isVisible: () => this.visible,
      ...options.environment,
    };
  }

  /** A client of the user; `more` replaces parts of what the page came with. */
  client(more: Partial<Bootstrap> = {}): ChatClient {
    return createChatClient(this.bootstrap(more), this.environment);
  }

  /** What the server gives the user with the page. */
  bootstrap(more: Partial<Bootstrap> = {}): Bootstrap {
    return {
      epoch: this.server.epoch,
      me: modelMe(this.userId),
      sessionId: modelSession(this.userId),
      instance: "model",
      rooms: this.server.roomsOf(this.userId),
      users: this.server.users.map(modelUser),
      saved: [],
      room: null,
      page: null,
      highlightSeq: null,
      hidden: { rooms: 0, unread: false },
      home: false,
      workspace: STANDARD_HERE,
      limits: LIMITS,
      language: "en",
      ...more,
    };
  }

  #open(handlers: SocketHandlers): Socket {
    const line: Line = { handlers, toServer: [], toClient: [], server: null };
    this.line = line;
    this.opened++;
    return {
      send: (text) => {
        this.sent.push(text);
        const frame = this.#options.outgoing === undefined ? text : this.#options.outgoing(text);
        if (frame !== null) line.toServer.push(frame);
      },
      close: () => this.#hangUp(line),
    };
  }

  #hangUp(line: Line): void {
    if (line.server !== null) this.server.disconnect(line.server);
    if (this.line === line) this.line = null;
  }

  /** The server takes the connection. */
  accept(): void {
    const line = this.line;
    if (line === null || line.server !== null) return;
    line.handlers.opened();
    line.server = this.server.connect(
      this.userId,
      (events) => line.toClient.push(JSON.stringify(events)),
    );
  }

  toServer(count = Infinity): void {
    for (let n = 0; n < count; n++) {
      const { line } = this;
      if (line === null || line.server === null || line.toServer.length === 0) return;
      this.server.receive(line.server, line.toServer.shift()!);
    }
  }

  toClient(count = Infinity): void {
    for (let n = 0; n < count; n++) {
      const frame = this.line?.toClient.shift();
      if (frame === undefined) return;
      this.line!.handlers.frame(this.#options.incoming?.(frame) ?? frame);
    }
  }

  /** Several frames arrive as one, as a server that batches would send them. */
  mergeFrames(): void {
    if (this.line === null) return;
    const events = this.line.toClient.flatMap((frame) => JSON.parse(frame) as unknown[]);
    this.line.toClient = events.length === 0 ? [] : [JSON.stringify(events)];
  }

  /** The next frame for the client comes twice. */
  double(): void {
    const frame = this.line?.toClient[0];
    if (frame !== undefined && !frame.includes('"ready"')) this.line!.toClient.unshift(frame);
  }

  /** The line breaks: what was under way is lost, but `late` frames reach the server some day. */
  cut(late = 0, code = 1006): void {
    const line = this.line;
    if (line === null) return;
    if (line.server !== null) {
      for (const frame of line.toServer.slice(0, late)) {
        this.#late.push({ server: line.server, frame });
      }
    }
    this.#hangUp(line);
    line.handlers.closed(code);
  }

  deliverLate(): void {
    const late = this.#late.shift();
    if (late !== undefined) this.server.receive(late.server, late.frame);
  }

  /** The server computes the answer to the oldest request that has none. */
  answerFetch(): void {
    const open = this.fetches.find((fetch) => fetch.answer === null);
    if (open === undefined) return;
    open.answer = this.server.http(this.userId, open.request.method, open.path);
  }

  /** An answer reaches the client. */
  deliverFetch(index = 0): void {
    const ready = this.fetches.filter((fetch) => fetch.answer !== null);
    const fetch = ready[index % Math.max(1, ready.length)];
    if (fetch === undefined) return;
    this.fetches.splice(this.fetches.indexOf(fetch), 1);
    const { status, body, headers } = fetch.answer!;
    fetch.resolve(httpAnswer(status, body, headers));
  }

  failFetch(): void {
    this.fetches.shift()?.reject(new TypeError("network"));
  }

  wake(): void {
    for (const listener of this.#online) listener();
  }

  show(visible: boolean): void {
    this.visible = visible;
    for (const listener of this.#visibility) listener(visible);
  }

  /** Carries everything in both directions until nothing moves. */
  async drain(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      const moves = this.line !== null &&
        (this.line.server === null || this.line.toServer.length + this.line.toClient.length > 0);
      quiet = moves || this.fetches.length + this.#late.length > 0 ? 0 : quiet + 1;
      while (this.#late.length > 0) this.deliverLate();
      this.accept();
      this.toServer();
      this.toClient();
      while (this.fetches.length > 0) {
        this.answerFetch();
        this.deliverFetch();
      }
      await settle();
    }
  }

  commands(type: string): Record<string, unknown>[] {
    const all = this.sent.map((frame) => JSON.parse(frame) as Record<string, unknown>);
    return all.filter((command) => command.type === type);
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
