/**
 * The rules, the hub and the store in this process, with clients that need no sockets: for faults
 * that cannot be brought about from outside, such as a wrong clock, and for counting operations.
 */
import { NO_FILES } from "../support/no_files.ts";
import { createMemoryBus } from "../../lib/bus/memory.ts";
import { type Chat, createChat } from "../../lib/chat/chat.ts";
import type { Notice } from "../../lib/chat/notice.ts";
import { createHub, type Hub } from "../../lib/hub/hub.ts";
import { eventLoop } from "../../lib/event_loop.ts";
import type { ClientSocket, ClientSocketHandlers } from "../../lib/hub/sockets/client_socket.ts";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { User } from "../../lib/protocol/people.ts";
import { openSqliteStore, type SqliteStoreOptions } from "../../lib/store/sqlite/store.ts";
import type { Store } from "../../lib/store/store.ts";
import { CurrentWorkspace } from "../../lib/workspace/current_workspace.ts";
import type { ClientLog, View } from "./oracle.ts";
import type { Random } from "../support/random.ts";
import { Replica, toView } from "./replica.ts";
import { assertKept, readDatabase } from "./scene.ts";
import { historyOf, snapshotOf } from "../support/store_reads.ts";

const PATIENCE = 30_000;
const FAR_FUTURE = 4_000_000_000_000;

export interface LocalOptions {
  now?(): number;
  sendRate?: number;
  createWorker?: SqliteStoreOptions["createWorker"];
}

export interface LocalPerson {
  user: User;
  sessionId: number;
}

export class LocalServer {
  readonly clients: LocalClient[] = [];
  private constructor(
    readonly path: string,
    readonly store: Store,
    readonly chat: Chat,
    readonly hub: Hub,
    readonly now: () => number,
    /** How often each operation of the store was asked for. */
    readonly operations: Map<string, number>,
  ) {}

  static async run(
    options: LocalOptions,
    test: (server: LocalServer) => Promise<void>,
  ): Promise<void> {
    const folder = await Deno.makeTempDir({ prefix: "confab-local-" });
    try {
      const server = await LocalServer.#open(`${folder}/chat.db`, options);
      try {
        await test(server);
      } finally {
        await server.hub.close("shutdown", 0);
        await server.store.close();
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  static async #open(path: string, options: LocalOptions): Promise<LocalServer> {
    const { now = Date.now, sendRate = 0, createWorker } = options;
    const bus = createMemoryBus<Notice>();
    const counted = new Map<string, number>();
    const store = counting(
      await openSqliteStore({
        path,
        randomId: () => crypto.randomUUID(),
        onCommit: bus.publish,
        log: () => {},
        ...(createWorker === undefined ? {} : { createWorker }),
      }),
      counted,
    );
    const chat = createChat({
      eraseRest() {},
      endStatusAt() {},
      purgeLater() {},
      files: NO_FILES,
      store,
      bus,
      workspace: new CurrentWorkspace(),
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      now,
      online: () => [],
      ticks: eventLoop.now,
      mail: null,
      jobs: { wake() {} },
      previews: { isOn: () => false, wake() {} },
      newToken: () => Promise.reject(new Error("no test here asks for one")),
      sendRate: () => sendRate,
      roomRate: () => 0,
    });
    const hub = createHub({
      chat,
      bus,
      instance: "instance",
      epoch: await store.epoch(),
      authenticate: () => Promise.resolve(null),
      isValid: async (id) => await store.getSession({ id, now: now() }) !== null,
      changes: (room, since) => store.roomChanges({ room, since, limit: LIMITS.changesPage }),
      memberRooms: (room, userIds) => store.memberRooms({ room, userIds }),
      now,
      loop: eventLoop,
      limits: { perUser: 0, perAddress: 0, frameRate: () => 0 },
      log: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
    return new LocalServer(path, store, chat, hub, now, counted);
  }

  /** Accounts with a session each; the first owns the place. */
  async signUp(count: number): Promise<LocalPerson[]> {
    const open = (number: number) =>
      this.store.createAccount({
        username: `person-${number}`,
        displayName: `Person ${number}`,
        passwordHash: "none",
        session: { device: "test", address: "192.0.2.1", expiresAt: FAR_FUTURE },
        firstOnly: false,
        now: this.now(),
      });
    const first = await open(1);
    const rest = Array.from({ length: count - 1 }, (_, index) => open(index + 2));
    return [first, ...await Promise.all(rest)];
  }

  async connect(person: LocalPerson, random: Random, replica?: Replica): Promise<LocalClient> {
    const client = new LocalClient(this.hub, person, random, replica);
    this.clients.push(client);
    await client.until(() => client.count("ready") > 0, "ready");
    return client;
  }

  /** Holds all promises against what happened. */
  async verify(clients: readonly LocalClient[] = this.clients): Promise<void> {
    const { rows, heads } = readDatabase(this.path);
    await Promise.all(clients.map((client) =>
      client.until(
        () => [...heads].every(([id, head]) => [-1, head].includes(client.replica.head(id))),
        "everything",
      )
    ));
    const views = await Promise.all(clients.map(async (client) => ({
      name: client.log.name,
      state: client.replica.view,
      fetched: await this.#fetch(client.person.user.id),
    })));
    assertKept(this.clients.map(({ log }) => log), rows, heads, views);
  }

  async #fetch(userId: number): Promise<View> {
    const { rooms } = await snapshotOf(this.store, userId);
    const views = rooms.map(async (room) => {
      const messages: Message[] = [];
      for (let more = true; more;) {
        const anchor = messages.length === 0 ? {} : { before: messages[0]!.seq };
        const page = await historyOf(this.store, { userId, room: room.id, anchor, limit: 100 });
        messages.unshift(...page.messages);
        more = page.hasBefore;
      }
      return [room.id, toView(room, room.head, messages)] as const;
    });
    return new Map(await Promise.all(views));
  }
}

function counting(store: Store, counted: Map<string, number>): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      counted.set(String(name), (counted.get(String(name)) ?? 0) + 1);
      return Reflect.get(target, name, receiver);
    },
  });
}

/** A connection without a socket: what the hub sends is applied at once. */
export class LocalClient {
  readonly log: ClientLog;
  readonly replica: Replica;
  readonly events: ServerEvent[] = [];
  readonly #handlers: ClientSocketHandlers;
  readonly #watchers = new Set<() => void>();
  /** The clientId that each send carried. */
  readonly #sends = new Map<string, string>();
  #closed = false;
  #refs = 0;

  constructor(
    hub: Hub,
    readonly person: LocalPerson,
    private readonly random: Random,
    replica = new Replica(),
  ) {
    const { user } = person;
    this.replica = replica;
    this.log = {
      name: user.username,
      userId: user.id,
      sent: [],
      acked: [],
      changed: [],
      heard: [],
      resets: replica.resets,
    };
    let handlers!: ClientSocketHandlers; // adopt calls at once
    hub.adopt((given) => {
      handlers = given;
      return this.#socket();
    }, {
      address: "192.0.2.1",
      network: "192.0.2.1",
      caller: {
        user: { ...user, language: null, theme: "system", showLocalTime: true },
        sessionId: person.sessionId,
        expiresAt: Infinity,
        way: "password",
        confirmedAt: 0,
      },
    });
    this.#handlers = handlers;
    handlers.opened();
  }

  /** Loses the connection. */
  cut(): void {
    this.#closed = true;
    this.#handlers.closed();
  }

  tell(command: Record<string, unknown>): string {
    const ref = `r${++this.#refs}`;
    this.#handlers.received(JSON.stringify({ ref, ...command }));
    return ref;
  }

  /** Sends a message; its ack or error is for the log and for who waits. */
  send(room: number, text: string, clientId = this.random.id()): string {
    if (!this.log.sent.some((each) => each.clientId === clientId)) {
      this.log.sent.push({ clientId, room, text });
    }
    const ref = this.tell({ type: "send", room, text, clientId });
    this.#sends.set(ref, clientId);
    return ref;
  }

  count(type: ServerEvent["type"]): number {
    return this.events.filter((event) => event.type === type).length;
  }

  /** The answers that have come to commands. */
  answers() {
    return this.events.filter((event) => event.type === "ack" || event.type === "error");
  }

  until(reached: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`${this.log.name} waited ${PATIENCE} ms for ${what}`));
      }, PATIENCE);
      const look = () => {
        if (!reached()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  #socket(): ClientSocket {
    return {
      send: (frame) => this.#receive(JSON.parse(frame) as ServerEvent[]),
      close: () => {
        this.#closed = true;
        queueMicrotask(() => this.#handlers.closed());
      },
      cut: () => void (this.#closed = true),
      buffered: 0,
      stuck: false,
    };
  }

  #receive(events: ServerEvent[]): void {
    if (this.#closed) return;
    for (const event of events) {
      this.events.push(event);
      this.#note(event);
      const asked = this.replica.apply(event);
      // Not within the hub's own call, which no real socket would do either.
      if (Object.keys(asked).length > 0) queueMicrotask(() => this.#sync(asked));
    }
    for (const look of [...this.#watchers]) look();
  }

  #sync(rooms: Record<string, number>): void {
    if (!this.#closed) this.tell({ type: "sync", rooms });
  }

  #note(event: ServerEvent): void {
    if (event.type === "message") {
      const { room, rev, message: { id, seq } } = event;
      this.log.heard.push({ room, connection: 1, change: { rev, message: id, seq } });
    }
    if (event.type !== "ack" || event.message === undefined) return;
    const clientId = this.#sends.get(event.ref ?? "");
    if (clientId === undefined) return void this.log.changed.push(event.message);
    const duplicate = event.duplicate ?? false;
    this.log.acked.push({ clientId, place: event.message, duplicate });
  }
}
