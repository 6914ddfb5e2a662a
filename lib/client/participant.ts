/** A user without a page: a bot, a bridge, a script. Created by `connect`. */
import { effect } from "@preact/signals";
import type { Me } from "../protocol/accounts.ts";
import type { ServerEvent } from "../protocol/events.ts";
import type { File } from "../protocol/files.ts";
import type { Message } from "../protocol/messages.ts";
import type { User } from "../protocol/people.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { cleanText } from "../protocol/text.ts";
import { Deliveries, type Sent } from "./deliveries.ts";
import { createEngine, type Engine } from "./engine.ts";
import type { Environment } from "./environment.ts";
import { Listening } from "./listening.ts";
import type { Bootstrap, SignedOut } from "./model.ts";
import type { FileToSend, ProgramFiles } from "./program_files.ts";
import { failureCode, RequestError } from "./request_error.ts";
import type { Page } from "./timeline.ts";

export interface SendOptions {
  /** The id of the message that this one replies to. */
  replyTo?: number;
  /**
   * The message's id, 16–64 of A–Z a–z 0–9 _ -, unique for this account for ever. Using it again,
   * in any run of the program, stores nothing and still resolves, if the text is the same; else it
   * is refused as a `conflict`. By default a new one.
   */
  clientId?: string;
}

export class Participant {
  /**
   * Resolves at the end: `closed` by this program, or else why the session ended. Rejects with what
   * the listener of `onMessage` threw.
   */
  readonly ended: Promise<SignedOut | "closed">;
  readonly #engine: Engine;
  readonly #environment: Environment;
  readonly #files: ProgramFiles;
  readonly #deliveries: Deliveries;
  /** clientId → the files of a message that may be stored: its answer did not come. */
  readonly #unanswered = new Map<string, number[]>();
  readonly #ownSession: boolean;
  readonly #end = Promise.withResolvers<SignedOut | "closed">();
  /** Events before anybody listens: few, because pages are fetched only then. */
  #listening: Listening | null = null;
  #stopWatching = () => {};

  /** @param ownSession the session was opened for this participant, and ends with it */
  constructor(
    bootstrap: Bootstrap,
    environment: Environment,
    ownSession: boolean,
    files: ProgramFiles,
  ) {
    this.#files = files;
    this.#environment = environment;
    this.#ownSession = ownSession;
    this.ended = this.#end.promise;
    this.ended.catch(() => {}); // not waiting for it is fine
    const heard = (event: ServerEvent) => {
      this.#deliveries.heard(event);
      this.#listening?.heard(event);
    };
    this.#engine = createEngine(bootstrap, environment, heard);
    this.#deliveries = new Deliveries(this.#engine.outbox);
  }

  /** The account itself. */
  get me(): Me {
    return this.#engine.state.me.peek();
  }

  /** The account's rooms by id, as they are now. */
  get rooms(): ReadonlyMap<number, MemberRoom> {
    return this.#engine.state.rooms.peek();
  }

  /** A person, if known: members of small rooms, and people seen in events. */
  user(id: number): User | undefined {
    return this.#engine.state.users.peek().get(id);
  }

  /** Connects; resolves when the rooms are known. Rejects if the session is invalid. */
  start(): Promise<void> {
    const { state, start } = this.#engine;
    return new Promise((resolve, reject) => {
      this.#stopWatching = effect(() => {
        const connection = state.connection.value;
        if (connection.state === "online") resolve();
        if (connection.state !== "signedOut" || connection.why === null) return;
        const { why } = connection;
        this.#finish();
        this.#end.resolve(why);
        const gone = new RequestError("unauthenticated", `The session is gone: ${why}.`);
        void this.#folderAtRest().then(() => reject(gone));
      });
      start();
    });
  }

  /**
   * Calls `listener` with every message of others in all rooms, in order and one after the other in
   * each room: first what was said since the account's read mark, then what is being said. Where it
   * returns a promise, that is waited for. The mark moves behind what the listener has dealt with,
   * and is kept by the server: what was not dealt with comes again after a restart, and so may the
   * last that was. `reply` answers once all the same. A listener that throws ends everything: see
   * `ended`. Call it once.
   */
  onMessage(listener: (message: Message) => Promise<void> | void): void {
    if (this.#listening !== null) throw new Error("Somebody listens already.");
    const { state, rooms, marks, api } = this.#engine;
    this.#listening = new Listening({
      clock: this.#environment,
      userId: this.me.id,
      rooms: () => this.rooms,
      known: (room) => rooms.known(room),
      page: (room, seq) => api<Page>("GET", `/api/rooms/${room}/messages?after=${seq}&limit=100`),
      hand: listener,
      done(room, seq) {
        if (seq <= (state.rooms.peek().get(room)?.membership.readSeq ?? Infinity)) return;
        marks.mark(room, seq);
        rooms.read(room, seq);
      },
      failed: (error) => {
        this.#finish();
        void this.#signOut().then(() => this.#end.reject(error));
      },
    });
    this.#listening.begin();
  }

  /**
   * Sends a message. Resolves when it is on the server's disk, even after an outage in between;
   * rejects with `RequestError` if the server refuses it, or at `close`. What was not sent by then
   * waits in the folder, if there is one, for the next run.
   */
  send(room: number, text: string, options: SendOptions = {}): Promise<Sent> {
    const clientId = options.clientId ?? this.#environment.newClientId();
    const cleaned = cleanText(text).trim();
    const delivery = this.#deliveries.wait(clientId, cleaned);
    if (this.#deliveries.isToBeSent(clientId)) {
      const { outbox } = this.#engine;
      const kept = outbox.entries.peek().find((entry) => entry.clientId === clientId);
      // Refused in a run that ended before it learned of it: ask the server again.
      if (kept?.state === "failed") outbox.discard(clientId);
      outbox.add(room, cleaned, options.replyTo ?? null, clientId);
    }
    return delivery;
  }

  /**
   * Answers a message once, however often it is called for it, in this run or a later one. Null if
   * the message was already answered with another text.
   */
  async reply(message: Message, text: string): Promise<Sent | null> {
    // Ids are reused after a restored backup; an id together with its time is not.
    const clientId = `re-${message.id}-${message.ts.toString(36)}`.padEnd(16, "_");
    try {
      return await this.send(message.room, text, { replyTo: message.id, clientId });
    } catch (error) {
      if (error instanceof RequestError && error.code === "conflict") return null;
      throw error;
    }
  }

  /**
   * Sends files, in their order, with a text if there is one. Resolves when the message is on the
   * server's disk. What fails on the way is not tried again later, as `send` does it: call it again
   * with the same `clientId`, whose message is stored once.
   */
  async sendFiles(
    room: number,
    files: readonly FileToSend[],
    { text = "", replyTo, clientId: named }: SendOptions & { text?: string } = {},
  ): Promise<Message> {
    const clientId = named ?? this.#environment.newClientId();
    const ids = this.#unanswered.get(clientId) ?? await this.#upload(files);
    this.#unanswered.delete(clientId);
    const message = { clientId, text: cleanText(text).trim(), files: ids };
    const answered = replyTo === undefined ? message : { ...message, replyTo };
    try {
      return await this.#engine.api<Message>("POST", `/api/rooms/${room}/messages`, answered);
    } catch (error) {
      // It may be stored: with other files it would be another message, which is refused.
      if (named && failureCode(error) === "offline") this.#unanswered.set(clientId, ids);
      throw error;
    }
  }

  async #upload(files: readonly FileToSend[]): Promise<number[]> {
    const ids: number[] = [];
    for (const file of files) ids.push((await this.#files.upload(file)).id);
    return ids;
  }

  /** A file's bytes, as they come; they must be read to their end or cancelled. */
  async readFile(file: Pick<File, "url">): Promise<ReadableStream<Uint8Array>> {
    return (await this.#files.read(file)).body ?? new Blob().stream();
  }

  /** Stores the read mark on the server, and ends. A session opened here is signed out. */
  async close(): Promise<void> {
    const { requests, marks, state } = this.#engine;
    this.#listening?.stop();
    if (state.connection.peek().state === "online") {
      const rooms = [...this.rooms.keys()].filter((room) => marks.pending(room) > 0);
      await Promise.allSettled(
        rooms.map((room) => requests.request({ type: "read", room, seq: marks.pending(room) })),
      );
    }
    this.#finish();
    await this.#folderAtRest();
    await this.#signOut();
    this.#end.resolve("closed");
  }

  /** It works in order: by then, everything has been read, written or deleted. */
  async #folderAtRest(): Promise<void> {
    await this.#environment.storage.all(this.me.id).catch(() => {});
  }

  async #signOut(): Promise<void> {
    if (this.#ownSession) await this.#engine.api("POST", "/api/logout").catch(() => {});
  }

  #finish(): void {
    // The logout that follows may be refused because the session is gone: `ended` has its reason.
    this.#stopWatching();
    this.#listening?.stop();
    this.#engine.stop();
    this.#deliveries.end(new RequestError("offline", "The connection is closed."));
  }
}
