/**
 * Commands that expect an answer: each gets a `ref`, and a promise settled by its `ack` or `error`.
 * It must not know what the commands mean.
 */
import type { FrameInput } from "../protocol/frames.ts";
import type { AckEvent, ErrorEvent } from "../protocol/events.ts";
import type { Clock } from "./environment.ts";
import { RequestError, unreachable } from "./request_error.ts";

/** How long an answer may take, in milliseconds. */
export const ANSWER_WITHIN = 15_000;

interface Waiting {
  resolve(ack: AckEvent): void;
  reject(error: RequestError): void;
  timer: unknown;
}

export class Requests {
  readonly #clock: Clock;
  readonly #send: (command: FrameInput) => boolean;
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;

  constructor(clock: Clock, send: (command: FrameInput) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Rejects with `RequestError`: the server's code, or `offline` if no answer came. */
  request(command: FrameInput): Promise<AckEvent> {
    const ref = `r${++this.#count}`;
    return new Promise((resolve, reject) => {
      if (!this.#send({ ...command, ref })) return reject(unreachable());
      const silent = () => this.#take(ref)?.reject(unreachable());
      const timer = this.#clock.setTimeout(silent, ANSWER_WITHIN);
      this.#waiting.set(ref, { resolve, reject, timer });
    });
  }

  /** Passes an answer to the caller waiting for it. */
  settle(answer: AckEvent | ErrorEvent): void {
    if (answer.ref === undefined) return;
    const found = this.#take(answer.ref);
    if (answer.type === "ack") found?.resolve(answer);
    else found?.reject(refusal(answer));
  }

  /** The connection is gone, and every answer with it. */
  failAll(): void {
    for (const ref of [...this.#waiting.keys()]) this.#take(ref)?.reject(unreachable());
  }

  #take(ref: string): Waiting | undefined {
    const found = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    this.#clock.clearTimeout(found?.timer);
    return found;
  }
}

function refusal(answer: ErrorEvent): RequestError {
  return new RequestError(answer.code, answer.message, [], answer.retryAfter);
}
