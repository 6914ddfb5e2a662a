/**
 * What the server answers to each frame of one client. The rules themselves are chat's; here is
 * how a command's result becomes an ack, and what happens to those who send nonsense.
 */
import type { Actor } from "../chat/command.ts";
import { type Chat, parse } from "../chat/chat.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import { CLOSE, type CloseCode } from "../protocol/codes.ts";
import { COMMANDS } from "../protocol/commands.ts";
import type { AckEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/objects.ts";
import type { Connection } from "./connection.ts";
import { type Frame, isTooLarge, readEnvelope, readFrame, Tally } from "./frames.ts";
import type { Loop } from "./flush.ts";
import type { HubState } from "./state.ts";

/** Bad frames in a minute before the connection ends. */
const BAD_FRAMES = 20;
/** Frames that may wait while a client signs in and loads. */
const WAITING_FRAMES = 256;
/** Syncs of one connection that may wait for each other. */
const WAITING_SYNCS = 16;
/** Characters of an answer that are handed to the socket at a time. */
const SYNC_CHUNK = 256 * 1024;
/** How often it is asked whether the client has read a piece (ms). */
const SYNC_PAUSE = 10;

export interface ConversationOptions {
  hub: HubState;
  chat: Chat;
  /** Frames a second from one connection; 0 = no limit. */
  frameRate: number;
  /** Takes a first frame's token; sees to the rest of the sign-in. */
  authenticate(conversation: Conversation, token: string, ref: string | undefined): void;
  loop: Pick<Loop, "now" | "after">;
  log(message: string, error: unknown): void;
}

export class Conversation {
  readonly #badFrames = new Tally(BAD_FRAMES, 60_000);
  readonly #frames: Tally;
  /** Frames that came while the client signs in and loads; nearly always none. */
  #waiting: (string | null)[] | null = null;
  #signingIn = false;
  #waitingSyncs = 0;
  #lastSync: Promise<void> | null = null;

  constructor(
    readonly connection: Connection,
    private readonly options: ConversationOptions,
  ) {
    this.#frames = new Tally(options.frameRate * 10, 10_000);
  }

  /** A whole message has come in; never throws. */
  receive(text: string | null): void {
    const { connection, options } = this;
    if (connection.phase === "closed") return;
    const now = options.loop.now();
    if (connection.phase !== "anonymous") connection.heardAt = now;
    connection.pingedAt = 0;
    if (this.#frames.add(now)) return this.#drop(CLOSE.tooMany, "too many frames");
    if (text !== null && isTooLarge(text)) {
      return this.#drop(CLOSE.frameTooLarge, "frame over the limit");
    }
    if (connection.phase === "loading" || this.#signingIn) return this.#wait(text);
    this.#handle(text);
  }

  #wait(text: string | null): void {
    this.#waiting ??= [];
    this.#waiting.push(text);
    if (this.#waiting.length > WAITING_FRAMES) this.#drop(CLOSE.tooMany, "too many frames");
  }

  /** The connection is live: what waited is handled now, in order. */
  resume(): void {
    this.#signingIn = false;
    const texts = this.#waiting ?? [];
    this.#waiting = null;
    for (const text of texts) this.#handle(text);
  }

  #handle(text: string | null): void {
    let ref: string | undefined;
    try {
      const envelope = readEnvelope(text);
      ref = envelope.ref;
      const frame = readFrame(envelope);
      if (this.connection.phase === "anonymous") this.#signIn(frame);
      else this.#run(frame).catch((error) => this.#refuse(error, ref));
    } catch (error) {
      this.#refuse(error, ref);
    }
  }

  #signIn(frame: Frame): void {
    if (frame.type !== "auth") {
      throw new ConfabError("unauthenticated", "The first frame must be auth.");
    }
    const { token, ref } = parse(COMMANDS.auth, frame.body);
    this.#signingIn = true;
    this.options.authenticate(this, token, ref);
  }

  // deno-lint-ignore require-await -- what is thrown must reject
  async #run({ type, body, ref }: Frame): Promise<void> {
    const { chat } = this.options;
    const actor = actorOf(this.connection);
    switch (type) {
      case "send":
        return chat.run("send", actor, body).then(({ message, duplicate }) =>
          this.#ack(ref, { message: { ...placeOf(message), ts: message.ts }, duplicate })
        );
      case "edit":
      case "delete":
      case "react":
        return chat.run(type, actor, body).then((message) =>
          this.#ack(ref, { message: placeOf(message) })
        );
      case "read":
        return chat.run("read", actor, body).then(() => this.#ack(ref, {}));
      case "typing":
        return chat.run("typing", actor, body);
      case "sync":
        return this.#sync(parse(COMMANDS.sync, body).rooms, ref);
      case "status":
        return this.#setStatus(parse(COMMANDS.status, body).status, ref);
      case "pong":
        return void parse(COMMANDS.pong, body);
      case "auth":
        throw new ConfabError("bad_request", "The connection is authenticated already.");
    }
  }

  /** One at a time: each waits until the client has read the answer to the one before. */
  #sync(revisions: Record<string, number>, ref: string | undefined): Promise<void> {
    if (this.#waitingSyncs >= WAITING_SYNCS) {
      const retryAfter = 1_000;
      throw new ConfabError("rate_limited", "Too many syncs at once.", { retryAfter });
    }
    this.#waitingSyncs += 1;
    const before = this.#lastSync ?? Promise.resolve();
    const mine = before.then(() => this.#answerSync(revisions, ref)).finally(() => {
      this.#waitingSyncs -= 1;
    });
    this.#lastSync = mine.catch(() => {}); // told to whoever asked; the next one goes on
    return mine;
  }

  /**
   * Live events wait while a room is read, so that none overtakes the answer. Who is in a room
   * is known here: what the connection hears live it may also catch up with, until it is removed.
   */
  async #answerSync(revisions: Record<string, number>, ref: string | undefined): Promise<void> {
    const { connection, options: { hub } } = this;
    let acked = false;
    connection.hold();
    try {
      for (const [id, since] of Object.entries(revisions)) {
        const room = Number(id);
        const listed = connection.rooms.has(room);
        const page = listed
          ? await hub.catchUp.page(room, since)
          : await this.#unlisted(room, since);
        if (!acked) this.#ack(ref, {});
        acked = true;
        if (page === null) connection.push({ type: "left", room });
        else connection.pushText(page, room);
        connection.reading.delete(room);
        if (connection.waiting > SYNC_CHUNK) await this.#sendChunk();
      }
      if (!acked) this.#ack(ref, {});
    } finally {
      connection.release();
    }
  }

  /**
   * Of a room that is not in the list; null where the client is not in it at all. A removal that
   * is told of while it is read takes the room out of `reading` again.
   */
  async #unlisted(room: number, since: number): Promise<string | null> {
    const { connection, options: { chat } } = this;
    connection.reading.add(room);
    try {
      const query = { since: String(since) };
      const changes = await chat.run("changes", actorOf(connection), { room, query });
      return JSON.stringify({ type: "changes", room, ...changes });
    } catch (thrown) {
      const { code } = toConfabError(thrown);
      if (code === "not_found" || code === "forbidden") return null;
      throw thrown;
    }
  }

  /** A long answer leaves in pieces, each when the last was read: it must not pile up here. */
  async #sendChunk(): Promise<void> {
    const { connection, options: { loop } } = this;
    connection.release();
    do {
      await new Promise<void>((resolve) => loop.after(SYNC_PAUSE, resolve));
    } while (isOpen(connection) && (connection.waiting > 0 || !connection.drained));
    connection.hold();
  }

  #setStatus(status: "online" | "away", ref: string | undefined): void {
    this.connection.status = status;
    this.options.hub.presence.update(actorOf(this.connection).userId);
    this.#ack(ref, {});
  }

  #ack(ref: string | undefined, more: Omit<AckEvent, "type" | "ref">): void {
    this.connection.push({ type: "ack", ...(ref === undefined ? {} : { ref }), ...more });
  }

  #refuse(thrown: unknown, ref: string | undefined): void {
    const error = toConfabError(thrown);
    if (error.code === "internal") this.options.log("A command failed", thrown);
    this.connection.push({
      type: "error",
      ...(ref === undefined ? {} : { ref }),
      code: error.code,
      message: sentence(error),
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    });
    const isBad = error.code === "bad_request" || error.code === "invalid" ||
      error.code === "unauthenticated";
    if (isBad && this.#badFrames.add(this.options.loop.now())) {
      this.#drop(CLOSE.badFrames, "bad frames again and again");
    }
  }

  #drop(code: CloseCode, reason: string): void {
    this.options.hub.drop(this.connection, code, reason);
  }
}

function actorOf(connection: Connection): Actor {
  const identity = connection.identity;
  if (identity === null) throw new ConfabError("unauthenticated", "Sign in first.");
  return { userId: identity.user.id, role: identity.user.role };
}

function placeOf({ id, room, seq, rev }: Message) {
  return { id, room, seq, rev };
}

/** The sentence with the first field that is wrong, since an `error` event has no list of them. */
function sentence(error: ConfabError): string {
  const [first] = error.errors ?? [];
  return first === undefined ? error.message : `${error.message} ${first.path}: ${first.message}.`;
}

/** A function, since the compiler believes that a phase it has seen cannot change. */
function isOpen(connection: Connection): boolean {
  return connection.phase !== "closed";
}
