/**
 * A client that keeps its promise's end: it applies `rev === head + 1`, syncs where it missed
 * something, reconnects by itself and sends again what was not acknowledged. What it saw is the
 * evidence of the oracle. It must not know the server's insides.
 */
import type { Changes, ServerEvent } from "../../lib/protocol/events.ts";
import type { Message } from "../../lib/protocol/objects.ts";
import { ChatSocket, fetchRoom, newClientId, type Person, Refusal } from "./chat_client.ts";
import type { Attempt, Evidence, RoomView } from "./oracle.ts";

/** Between attempts to connect, milliseconds: short, since the program is back soon. */
const RECONNECT_PAUSE = 50;

interface Held {
  head: number;
  messages: Map<number, Message>;
}

export class ReconnectingClient {
  readonly attempts: Attempt[] = [];
  readonly received: Evidence["received"] = [];
  readonly #rooms = new Map<number, Held>();
  #socket: ChatSocket | null = null;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();
  #watchers = new Set<() => void>();

  constructor(readonly person: Person, rooms: number[]) {
    for (const room of rooms) this.#rooms.set(room, { head: 0, messages: new Map() });
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#socket?.close();
    await this.#running;
  }

  /** Sends until it is acknowledged, on as many connections as it takes. */
  async send(room: number, text: string): Promise<number> {
    const clientId = newClientId();
    const attempt = this.#attempt({ room, what: "send", clientId, text });
    await this.#until(attempt, { type: "send", clientId, room, text });
    return attempt.acked!.id;
  }

  /** Asks once for a change of a message; where the connection breaks, nobody knows whether it was made. */
  async change(
    room: number,
    command: { type: "edit" | "delete" | "react"; message: number } & Record<string, unknown>,
  ): Promise<void> {
    const attempt = this.#attempt({ room, what: command.type });
    const socket = await this.#live();
    try {
      attempt.acked = (await socket.command(command)).message!;
    } catch (error) {
      if (error instanceof Refusal) this.attempts.splice(this.attempts.indexOf(attempt), 1);
    }
  }

  /** Whether it holds every change up to this one. */
  isAt(room: number, head: number): boolean {
    return this.#rooms.get(room)!.head === head;
  }

  /** Resolves when a room has come to this head. */
  async reaches(room: number, head: number): Promise<void> {
    while (!this.isAt(room, head)) await this.#nextEvent();
  }

  views(): { room: number; view: RoomView }[] {
    return [...this.#rooms].map(([room, { head, messages }]) => ({
      room,
      view: { head, messages: [...messages.values()].sort((a, b) => a.seq - b.seq) },
    }));
  }

  #attempt(attempt: Omit<Attempt, "userId" | "acked">): Attempt {
    const whole: Attempt = { ...attempt, userId: this.person.id, acked: null };
    this.attempts.push(whole);
    return whole;
  }

  async #until(attempt: Attempt, command: Record<string, unknown>): Promise<void> {
    while (attempt.acked === null) {
      const socket = await this.#live();
      try {
        attempt.acked = (await socket.command(command)).message!;
      } catch (error) {
        // A refusal is an answer; a connection that broke is a reason to send again.
        if (error instanceof Refusal && error.code !== "unavailable") throw error;
      }
    }
  }

  async #live(): Promise<ChatSocket> {
    while (this.#socket === null || !this.#socket.isOpen) {
      if (this.#stopped) throw new Error("The client was stopped");
      await this.#nextEvent();
    }
    return this.#socket;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const socket = await ChatSocket.connect(this.person, {
          onEvent: (event) => this.#apply(event),
        });
        this.#socket = socket;
        this.#sync(socket, [...this.#rooms.keys()]);
        this.#wake();
        await socket.closed;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_PAUSE));
      }
      this.#wake();
    }
  }

  #sync(socket: ChatSocket | null, rooms: number[]): void {
    if (socket === null || !socket.isOpen) return;
    const heads = Object.fromEntries(rooms.map((room) => [room, this.#rooms.get(room)!.head]));
    socket.tell({ type: "sync", rooms: heads });
  }

  #apply(event: ServerEvent): void {
    if (event.type === "message") this.#applyMessage(event.room, event.rev, event.message);
    if (event.type === "changes") this.#applyChanges(event.room, event);
    queueMicrotask(() => this.#wake());
  }

  #applyMessage(room: number, rev: number, message: Message): void {
    this.received.push({ room, rev, message: message.id });
    const held = this.#rooms.get(room);
    if (held === undefined || rev <= held.head) return;
    if (rev !== held.head + 1) return this.#sync(this.#socket, [room]);
    held.messages.set(message.id, message);
    held.head = rev;
  }

  #applyChanges(room: number, { messages, head, more, reset }: Changes): void {
    const held = this.#rooms.get(room);
    if (held === undefined) return;
    if (reset) return void this.#reload(room);
    for (const message of messages) {
      const known = held.messages.get(message.id);
      if (known === undefined || known.rev < message.rev) held.messages.set(message.id, message);
    }
    held.head = Math.max(held.head, more ? messages.at(-1)!.rev : head);
    if (more) this.#sync(this.#socket, [room]);
  }

  async #reload(room: number): Promise<void> {
    const { head, messages } = await fetchRoom(this.person.api, room);
    this.#rooms.set(room, { head, messages: new Map(messages.map((each) => [each.id, each])) });
    this.#wake();
  }

  #nextEvent(): Promise<void> {
    return new Promise((resolve) => this.#watchers.add(resolve));
  }

  #wake(): void {
    const watchers = this.#watchers;
    this.#watchers = new Set();
    for (const wake of watchers) wake();
  }
}

/** What these clients saw, beside what the server gives to a fresh one. */
export async function evidenceOf(
  clients: ReconnectingClient[],
  rooms: number[],
): Promise<Evidence> {
  const fetched = new Map<number, RoomView>();
  for (const room of rooms) fetched.set(room, await fetchRoom(clients[0]!.person.api, room));
  await withPatience(
    Promise.all(
      clients.flatMap((client) =>
        [...fetched].map(([room, { head }]) => client.reaches(room, head))
      ),
    ),
  );
  return {
    attempts: clients.flatMap(({ attempts }) => attempts),
    received: clients.flatMap(({ received }) => received),
    fetched,
    held: clients.flatMap((client) =>
      client.views().map((view) => ({ who: client.person.username, ...view }))
    ),
  };
}

/** Who has not caught up by then never will: the oracle says where they stand. */
async function withPatience(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, 5_000));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
