/**
 * What the server answers to each frame of one client. The rules themselves are chat's;
 * `answers.ts` says which command each frame calls and how it is acknowledged. This file also deals
 * with clients that send invalid frames.
 */
import { type Chat, parse } from "../chat/chat.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import type { EventLoop } from "../event_loop.ts";
import type { HubCounts } from "../metrics/counts.ts";
import type { Tracing } from "../metrics/tracing.ts";
import { CLOSE, type CloseCode } from "../protocol/codes.ts";
import type { MessagePlace } from "../protocol/events.ts";
import { FRAMES } from "../protocol/frames.ts";
import type { Ticks } from "../protocol/time.ts";
import { type Ack, ANSWERS } from "./answers.ts";
import type { Connection } from "./sockets/connection.ts";
import {
  type Frame,
  inputOf,
  isTooLarge,
  readEnvelope,
  readFrame,
  Tally,
} from "./sockets/frames.ts";
import type { HubState } from "./state.ts";
import type { Screens } from "./sending/screens.ts";
import { SyncAnswers } from "./sending/sync_answers.ts";

/** Bad frames per minute before the connection is closed. */
const BAD_FRAMES = 20;
/** Frames that may wait while a client signs in and its rooms load. */
const WAITING_FRAMES = 256;

export interface FrameHandlerOptions {
  hub: HubState;
  chat: Chat;
  /** Frames a second from one connection; 0 = no limit. */
  frameRate(): number;
  /** Takes a first frame's token and completes the sign-in. */
  authenticate(handler: FrameHandler, token: string, ref: string | undefined): void;
  counts: HubCounts;
  screens: Screens;
  /** Null where nobody traces. */
  tracing: Tracing | null;
  loop: Pick<EventLoop, "now" | "after">;
  log(message: string, error: unknown): void;
}

/** A frame, and when it came in. */
interface Arrived {
  text: string | null;
  at: Ticks;
}

export class FrameHandler {
  readonly #badFrames = new Tally(() => BAD_FRAMES, 60_000);
  readonly #frames: Tally;
  /** Frames that arrived while the client signs in and its rooms load; nearly always none. */
  #waiting: Arrived[] | null = null;
  #signingIn = false;
  /** Created on first use: an idle connection should take little memory. */
  #syncs: SyncAnswers | null = null;

  constructor(
    readonly connection: Connection,
    private readonly options: FrameHandlerOptions,
  ) {
    this.#frames = new Tally(() => options.frameRate() * 10, 10_000);
  }

  /** A whole message has arrived; never throws. */
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
    const arrived = { text, at: now };
    if (connection.phase === "loading" || this.#signingIn) return this.#wait(arrived);
    this.#handle(arrived);
  }

  #wait(arrived: Arrived): void {
    this.#waiting ??= [];
    this.#waiting.push(arrived);
    if (this.#waiting.length > WAITING_FRAMES) this.#drop(CLOSE.tooMany, "too many frames");
  }

  /** The connection is live: waiting frames are handled now, in order. */
  resume(): void {
    this.#signingIn = false;
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const arrived of waiting) this.#handle(arrived);
  }

  #handle({ text, at }: Arrived): void {
    let ref: string | undefined;
    let type = "invalid";
    try {
      const envelope = readEnvelope(text);
      ref = envelope.ref;
      const frame = readFrame(envelope);
      type = frame.type;
      if (this.connection.phase === "anonymous") this.#signIn(frame);
      else this.#run(frame, at).catch((error) => this.#refuse(error, ref));
    } catch (error) {
      this.#refuse(error, ref);
    } finally {
      this.options.counts.received.add(type);
    }
  }

  #signIn(frame: Frame): void {
    if (frame.type !== "auth") {
      throw new ConfabError("unauthenticated", "The first frame must be auth.");
    }
    const { token } = parse(FRAMES.auth, inputOf(frame));
    this.#signingIn = true;
    this.options.authenticate(this, token, frame.ref);
  }

  // deno-lint-ignore require-await -- what is thrown must reject
  async #run(frame: Frame, at: Ticks): Promise<void> {
    const { type, ref } = frame;
    const input = inputOf(frame);
    switch (type) {
      case "sync":
        this.#syncs ??= new SyncAnswers(this.connection, this.options);
        return this.#syncs.answer(parse(FRAMES.sync, input).rooms, () => this.#ack(ref, {}));
      case "status":
        return this.#setStatus(parse(FRAMES.status, input).status, ref);
      case "pong":
        return void parse(FRAMES.pong, input);
      case "auth":
        throw new ConfabError("bad_request", "The connection is authenticated already.");
    }
    const { tracing } = this.options;
    if (tracing === null || type !== "send") return this.#command(type, ref, input, at);
    return tracing.beginning("send", {}, () => this.#command(type, ref, input, at));
  }

  #command(
    type: keyof typeof ANSWERS,
    ref: string | undefined,
    input: unknown,
    at: Ticks,
  ): Promise<void> {
    const { command, ack } = ANSWERS[type];
    return this.options.chat.run(command, this.connection.actor, input).then((result) => {
      if (ack === null) return;
      const acked = ack(result);
      if (type === "send" && acked.duplicate !== true) this.#stored(acked.message, at);
      this.#ack(ref, acked);
    });
  }

  /** A message was stored, and nearly always told in its room just now: its ack goes with it. */
  #stored(message: MessagePlace | undefined, arrivedAt: Ticks): void {
    (this.connection.acked ??= []).push(arrivedAt);
    if (message === undefined) return;
    const { room, rev } = message;
    const { screens, hub } = this.options;
    const ended = this.#traceFanOut(room);
    const expect = () => screens.expect({ arrivedAt, remote: false, ...(ended && { ended }) });
    const told = hub.nodes?.headOf(room) ?? Infinity;
    if (told >= rev) expect();
    else void hub.nodes?.reached(room, rev).then(expect); // it waits for one of another node
  }

  #traceFanOut(room: number): (() => void) | null {
    const { tracing, hub } = this.options;
    const place = tracing?.here();
    if (!tracing || !place) return null;
    const connections = hub.channels.members(room).size;
    const span = tracing.begin("fan-out", place, { "confab.connections": connections });
    return () => span.end();
  }

  #setStatus(status: "online" | "away", ref: string | undefined): void {
    this.connection.status = status;
    this.options.hub.presence.update(this.connection.actor.userId);
    this.#ack(ref, {});
  }

  #ack(ref: string | undefined, more: Ack): void {
    this.connection.push({ type: "ack", ...(ref === undefined ? {} : { ref }), ...more });
  }

  #refuse(thrown: unknown, ref: string | undefined): void {
    const error = toConfabError(thrown);
    this.options.counts.errors.add(error.code);
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

/** The sentence with the first wrong field, because an `error` event has no list of them. */
function sentence(error: ConfabError): string {
  const [first] = error.errors ?? [];
  return first === undefined ? error.message : `${error.message} ${first.path}: ${first.message}.`;
}
