/**
 * What the server answers to each frame of one client. The rules themselves are chat's; here is
 * how a command's result becomes an ack, and what happens to those who send nonsense.
 */
import type { Actor } from "../chat/command.ts";
import { type Chat, parse } from "../chat/chat.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import { CLOSE } from "../protocol/codes.ts";
import { COMMANDS } from "../protocol/commands.ts";
import type { AckEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/objects.ts";
import type { Connection } from "./connection.ts";
import { createTally, type Frame, isTooLarge, readFrame } from "./frames.ts";
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
  authenticate(token: string, ref: string | undefined): void;
  loop: Pick<Loop, "now" | "after">;
  log(message: string, error: unknown): void;
}

export interface Conversation {
  /** A whole message has come in; never throws. */
  receive(text: string | null): void;
  /** The connection is live: what waited is handled now, in order. */
  resume(): void;
}

export function createConversation(
  connection: Connection,
  options: ConversationOptions,
): Conversation {
  const { hub, chat } = options;
  const monotonic = options.loop.now;
  const badFrames = createTally(BAD_FRAMES, 60_000);
  const frames = createTally(options.frameRate * 10, 10_000);
  let waiting: (string | null)[] = [];
  let signingIn = false;
  const syncs = { waiting: 0, last: Promise.resolve() };

  function receive(text: string | null) {
    if (connection.phase === "closed") return;
    connection.heardAt = connection.phase === "anonymous" ? connection.heardAt : monotonic();
    connection.pingedAt = 0;
    if (frames.add(monotonic())) return hub.drop(connection, CLOSE.tooMany, "too many frames");
    if (text !== null && isTooLarge(text)) {
      return hub.drop(connection, CLOSE.frameTooLarge, "frame over the limit");
    }
    if (connection.phase === "loading" || signingIn) return wait(text);
    handle(text);
  }

  function wait(text: string | null) {
    waiting.push(text);
    if (waiting.length > WAITING_FRAMES) hub.drop(connection, CLOSE.tooMany, "too many frames");
  }

  function resume() {
    signingIn = false;
    const texts = waiting;
    waiting = [];
    for (const text of texts) handle(text);
  }

  function handle(text: string | null) {
    let frame: Frame | undefined;
    try {
      frame = readFrame(text);
      if (connection.phase === "anonymous") signIn(frame);
      else run(frame).catch((error) => refuse(error, frame?.ref));
    } catch (error) {
      refuse(error, frame?.ref);
    }
  }

  function signIn(frame: Frame) {
    if (frame.type !== "auth") {
      throw new ConfabError("unauthenticated", "The first frame must be auth.");
    }
    const { token, ref } = parse(COMMANDS.auth, frame.body);
    signingIn = true;
    options.authenticate(token, ref);
  }

  // deno-lint-ignore require-await -- what is thrown must reject
  async function run({ type, body, ref }: Frame): Promise<void> {
    const actor = actorOf(connection);
    switch (type) {
      case "send":
        return chat.run("send", actor, body).then(({ message, duplicate }) =>
          ack(ref, { message: { ...placeOf(message), ts: message.ts }, duplicate })
        );
      case "edit":
      case "delete":
      case "react":
        return chat.run(type, actor, body).then((message) =>
          ack(ref, { message: placeOf(message) })
        );
      case "read":
        return chat.run("read", actor, body).then(() => ack(ref, {}));
      case "typing":
        return chat.run("typing", actor, body);
      case "sync":
        return sync(parse(COMMANDS.sync, body).rooms, ref);
      case "status":
        return setStatus(parse(COMMANDS.status, body).status, ref);
      case "pong":
        return void parse(COMMANDS.pong, body);
      case "auth":
        throw new ConfabError("bad_request", "The connection is authenticated already.");
    }
  }

  /** One at a time: each waits until the client has read the answer to the one before. */
  function sync(revisions: Record<string, number>, ref: string | undefined): Promise<void> {
    if (syncs.waiting >= WAITING_SYNCS) {
      const retryAfter = 1_000;
      throw new ConfabError("rate_limited", "Too many syncs at once.", { retryAfter });
    }
    syncs.waiting += 1;
    const mine = syncs.last.then(() => answerSync(revisions, ref)).finally(() => {
      syncs.waiting -= 1;
    });
    syncs.last = mine.catch(() => {}); // told to whoever asked; the next one goes on
    return mine;
  }

  /**
   * Live events wait while a room is read, so that none overtakes the answer. Who is in a room
   * is known here: what the connection hears live it may also catch up with, until it is removed.
   */
  async function answerSync(revisions: Record<string, number>, ref: string | undefined) {
    let acked = false;
    connection.hold();
    try {
      for (const [id, since] of Object.entries(revisions)) {
        const room = Number(id);
        const page = connection.rooms.has(room) ? await hub.catchUp.page(room, since) : null;
        if (!acked) ack(ref, {});
        acked = true;
        if (page === null) connection.push({ type: "left", room });
        else connection.pushText(page, room);
        if (connection.waiting > SYNC_CHUNK) await sendChunk();
      }
      if (!acked) ack(ref, {});
    } finally {
      connection.release();
    }
  }

  /** A long answer leaves in pieces, each when the last was read: it must not pile up here. */
  async function sendChunk(): Promise<void> {
    connection.release();
    do {
      await new Promise<void>((resolve) => options.loop.after(SYNC_PAUSE, resolve));
    } while (isOpen(connection) && (connection.waiting > 0 || !connection.drained));
    connection.hold();
  }

  function setStatus(status: "online" | "away", ref: string | undefined) {
    connection.status = status;
    hub.presence.update(actorOf(connection).userId);
    ack(ref, {});
  }

  function ack(ref: string | undefined, more: Omit<AckEvent, "type" | "ref">) {
    connection.push({ type: "ack", ...(ref === undefined ? {} : { ref }), ...more });
  }

  function refuse(thrown: unknown, ref: string | undefined) {
    const error = toConfabError(thrown);
    if (error.code === "internal") options.log("A command failed", thrown);
    connection.push({
      type: "error",
      ...(ref === undefined ? {} : { ref }),
      code: error.code,
      message: sentence(error),
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    });
    const isBad = error.code === "bad_request" || error.code === "invalid" ||
      error.code === "unauthenticated";
    if (isBad && badFrames.add(monotonic())) {
      hub.drop(connection, CLOSE.badFrames, "bad frames again and again");
    }
  }

  return { receive, resume };
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
