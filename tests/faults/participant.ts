/**
 * A client as the protocol wants it: it comes back by itself, syncs, and repeats what was not
 * answered; and it logs what it did and saw, for the oracle. Written from the protocol's page, so
 * that the browser engine and the server are not judged by their own code.
 */
import type { AckEvent, MessagePlace, ServerEvent } from "../../lib/protocol/events.ts";
import { ChatSocket, type CloseFacts, type Person, Refusal } from "../support/chat_client.ts";
import type { ClientLog } from "./oracle.ts";
import type { Random } from "../support/random.ts";
import { Replica } from "./replica.ts";

/** How long something that must happen may take on a busy machine, milliseconds. */
const PATIENCE = 30_000;
const FIRST_RETRY = 50;
const LAST_RETRY = 1_000;

interface Pending {
  command: Record<string, unknown>;
  resolve(ack: AckEvent): void;
  reject(error: Error): void;
}

interface Watcher {
  look(): void;
}

export class Participant {
  readonly log: ClientLog;
  readonly replica = new Replica();
  /** How each connection ended. */
  readonly closes: CloseFacts[] = [];
  /** Sees every event, when it has been applied. */
  onEvent: (event: ServerEvent) => void = () => {};
  /** How often the server asked to try again. */
  retries = 0;
  #socket: ChatSocket | null = null;
  #live = false;
  #stopped = true;
  #connections = 0;
  #failures = 0;
  #refs = 0;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #pending = new Map<string, Pending>();
  readonly #watchers = new Set<Watcher>();

  constructor(readonly person: Person, private readonly random: Random) {
    this.log = {
      name: person.username,
      userId: person.id,
      sent: [],
      acked: [],
      changed: [],
      heard: [],
      resets: this.replica.resets,
    };
  }

  /** Connects, and goes on doing so until stopped. */
  start(): void {
    this.#stopped = false;
    this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#socket?.close();
  }

  /** Loses the connection as with a network that went away; comes back by itself. */
  async cut(): Promise<void> {
    await this.#socket?.close();
  }

  get isLive(): boolean {
    return this.#live;
  }

  /** Sends until it is acknowledged, over as many connections as that takes. */
  async send(room: number, text: string, clientId = this.random.id()): Promise<MessagePlace> {
    if (!this.log.sent.some((each) => each.clientId === clientId)) {
      this.log.sent.push({ clientId, room, text });
    }
    const ack = await this.command({ type: "send", clientId, room, text });
    return ack.message!;
  }

  /** An edit, a deletion or a reaction, until it is acknowledged. */
  async change(command: Record<string, unknown>): Promise<MessagePlace> {
    const ack = await this.command(command);
    return ack.message!;
  }

  /** A command that is repeated until it is answered; a final `error` rejects. */
  command(command: Record<string, unknown>): Promise<AckEvent> {
    return new Promise((resolve, reject) => {
      const ref = `${command.type}-${++this.#refs}`;
      this.#pending.set(ref, { command: { ref, ...command }, resolve, reject });
      if (this.#live) this.#socket!.tell({ ref, ...command });
    });
  }

  /** Connected, everything answered, and nothing missed. */
  settled(heads: ReadonlyMap<number, number> = new Map()): Promise<void> {
    return this.until(
      () =>
        this.#live && this.#pending.size === 0 && this.replica.settled &&
        [...heads].every(([room, head]) => this.replica.head(room) >= head),
      () =>
        `${this.log.name} to settle (live ${this.#live}, ${this.#pending.size} pending, ` +
        `closes ${JSON.stringify(this.closes.slice(-3))})`,
    );
  }

  /** Waits for something that events bring about. */
  until(reached: () => boolean, what: () => string, patience = PATIENCE): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`Waited ${patience} ms for ${what()}`));
      }, patience);
      const watcher = {
        look() {
          if (!reached()) return;
          settle();
          resolve();
        },
      };
      this.#watchers.add(watcher);
      watcher.look();
    });
  }

  #connect(): void {
    const connection = ++this.#connections;
    const socket = new ChatSocket(this.person.api.url, {
      headers: this.person.api.headers,
      onEvent: (event) => this.#receive(event, connection),
    });
    this.#socket = socket;
    void socket.closed.then((facts) => this.#closed(facts));
  }

  #closed(facts: CloseFacts): void {
    this.#live = false;
    this.closes.push(facts);
    if (!this.#stopped && facts.code !== 4401 && facts.code !== 4403) {
      const limit = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#failures++);
      this.#later(1 + this.random.below(limit), () => this.#connect());
    }
    this.#look();
  }

  #receive(event: ServerEvent, connection: number): void {
    const { log } = this;
    if (event.type === "message") {
      const { room, rev, message: { id, seq } } = event;
      log.heard.push({ room, connection, change: { rev, message: id, seq } });
    } else if (event.type === "left") {
      log.heard.push({ room: event.room, connection, change: null });
    }
    const asked = this.replica.apply(event);
    if (event.type === "ready") this.#ready();
    if (Object.keys(asked).length > 0) this.#sync(asked);
    if (event.type === "ack") this.#acked(event);
    if (event.type === "error") this.#refused(event.ref, event);
    this.onEvent(event);
    this.#look();
  }

  #ready(): void {
    this.#live = true;
    this.#failures = 0;
    // A sync belonged to its connection; another one is asked for by the replica.
    for (const [ref, { command }] of this.#pending) {
      if (command.type === "sync") this.#pending.delete(ref);
    }
    for (const { command } of this.#pending.values()) this.#socket!.tell(command);
  }

  #sync(rooms: Record<string, number>): void {
    this.command({ type: "sync", rooms }).catch(() => {}); // settled() says that it is missing
  }

  #acked(ack: AckEvent): void {
    const pending = this.#pending.get(ack.ref ?? "");
    if (pending === undefined) return;
    this.#pending.delete(ack.ref!);
    const { type, clientId } = pending.command;
    if (ack.message !== undefined) {
      if (type === "send") {
        const duplicate = ack.duplicate ?? false;
        this.log.acked.push({ clientId: String(clientId), place: ack.message, duplicate });
      } else this.log.changed.push(ack.message);
    }
    pending.resolve(ack);
  }

  #refused(
    ref: string | undefined,
    error: { code: string; message: string; retryAfter?: number },
  ): void {
    const pending = this.#pending.get(ref ?? "");
    if (pending === undefined) return;
    if (error.code === "unavailable" || error.code === "rate_limited") {
      this.retries += 1;
      return this.#later(Math.min(error.retryAfter ?? LAST_RETRY, LAST_RETRY), () => {
        if (this.#live && this.#pending.has(ref!)) this.#socket!.tell(pending.command);
      });
    }
    this.#pending.delete(ref!);
    pending.reject(new Refusal(error.code, error.message, error.retryAfter));
  }

  #later(ms: number, task: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#stopped) task();
    }, ms);
    this.#timers.add(timer);
  }

  #look(): void {
    for (const watcher of [...this.#watchers]) watcher.look();
  }
}
