/**
 * Reads a client's frame and counts what is wrong with it. It knows the envelope (size, JSON, an
 * object with a known `type`), not the commands.
 */
import { ConfabError } from "../errors.ts";
import { COMMANDS, type CommandType } from "../protocol/commands.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { Ticks } from "../protocol/time.ts";

export interface Frame {
  type: CommandType;
  /** As sent, to be validated by the command's schema. */
  body: Record<string, unknown>;
  ref: string | undefined;
}

const encoder = new TextEncoder();

/** Whether a frame's text is longer than the protocol allows, counted in UTF-8 bytes. */
export function isTooLarge(text: string): boolean {
  if (text.length > LIMITS.frameBytes) return true;
  // A UTF-16 unit becomes at most 3 bytes: most frames need no counting.
  if (text.length * 3 <= LIMITS.frameBytes) return false;
  return encoder.encode(text).length > LIMITS.frameBytes;
}

/** Reads the envelope; throws `bad_request` where it is none. */
export function readFrame(text: string | null): Frame {
  if (text === null) throw badRequest("A frame must be text.");
  const body = parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("A frame must be a JSON object.");
  }
  const { type, ref } = body as Record<string, unknown>;
  if (typeof type !== "string" || !Object.hasOwn(COMMANDS, type)) {
    throw badRequest("The frame's type is unknown.");
  }
  return {
    type: type as CommandType, // hasOwn has just said so
    body: body as Record<string, unknown>,
    ref: refOf(ref),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("A frame must be JSON.");
  }
}

/** The `ref` to answer with, where the frame has a fitting one. */
function refOf(ref: unknown): string | undefined {
  return typeof ref === "string" && ref.length <= 64 ? ref : undefined;
}

function badRequest(message: string): ConfabError {
  return new ConfabError("bad_request", message);
}

/** Counts what happens in a window of time. */
export class Tally {
  #count = 0;
  #startedAt = -Infinity;

  /** @param most allowed within `windowMs`; 0 = no limit */
  constructor(private readonly most: number, private readonly windowMs: number) {}

  /** Adds one; true where that is the last one allowed in the window, or beyond. */
  add(now: Ticks): boolean {
    if (this.most === 0) return false;
    if (now - this.#startedAt >= this.windowMs) {
      this.#startedAt = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count >= this.most;
  }
}
