/**
 * Reads a client's frames and counts bad ones. It knows the envelope (size, JSON, an object with a
 * known `type`), not the commands.
 */
import { parse } from "../../chat/chat.ts";
import { ConfabError } from "../../errors.ts";
import { FRAMES, type FrameType, REF_LENGTH, reference } from "../../protocol/frames.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { isLonger } from "../../protocol/text.ts";
import type { Ticks } from "../../protocol/time.ts";

/** A JSON object that a client sent, whatever it asks for. */
export interface Envelope {
  /** As sent. */
  body: Record<string, unknown>;
  /** For the answer, even if the rest is refused. */
  ref: string | undefined;
}

export interface Frame extends Envelope {
  type: FrameType;
}

const encoder = new TextEncoder();

/** Whether a frame's text is longer than the protocol allows, counted in UTF-8 bytes. */
export function isTooLarge(text: string): boolean {
  if (text.length > LIMITS.frameBytes) return true;
  // A UTF-16 unit becomes at most 3 bytes: most frames need no counting.
  if (text.length * 3 <= LIMITS.frameBytes) return false;
  return encoder.encode(text).length > LIMITS.frameBytes;
}

/** Reads the envelope; throws `bad_request` if there is none. `null` is a binary message. */
export function readEnvelope(text: string | null): Envelope {
  if (text === null) throw badRequest("A frame must be text.");
  const body = parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("A frame must be a JSON object.");
  }
  const fields = body as Record<string, unknown>;
  return { body: fields, ref: refOf(fields.ref) };
}

/** Which command it is; throws `bad_request` if there is no such command. */
export function readFrame({ body, ref }: Envelope): Frame {
  const { type } = body;
  if (typeof type !== "string" || !Object.hasOwn(FRAMES, type)) {
    throw badRequest("The frame's type is unknown.");
  }
  // `hasOwn` has just checked it.
  return { type: type as FrameType, body, ref };
}

/** The frame's input, without its envelope. Throws `invalid` if its `ref` is not valid. */
export function inputOf({ body, ref: fitting }: Frame): Record<string, unknown> {
  const { type: _type, ref, ...input } = body;
  if (ref !== fitting) parse(reference, { ref });
  return input;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("A frame must be JSON.");
  }
}

/** The `ref` for the answer, if the frame has a valid one. */
function refOf(ref: unknown): string | undefined {
  return typeof ref === "string" && !isLonger(ref, REF_LENGTH) ? ref : undefined;
}

function badRequest(message: string): ConfabError {
  return new ConfabError("bad_request", message);
}

/**
 * Frames per second from one connection: typing, marks and pongs come on top of what a user may
 * send.
 */
export function frameRate(sendRate: number): number {
  return sendRate === 0 ? 0 : 50 + 2 * sendRate;
}

/** Counts what happens in a window of time. */
export class Tally {
  #count = 0;
  #startedAt = -Infinity;

  /** @param most allowed within `windowMs`, as it is now; 0 = no limit */
  constructor(private readonly most: () => number, private readonly windowMs: number) {}

  /** Adds one; true if it is the last one allowed in the window, or beyond. */
  add(now: Ticks): boolean {
    const most = this.most();
    if (most === 0) return false;
    if (now - this.#startedAt >= this.windowMs) {
      this.#startedAt = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count >= most;
  }
}
