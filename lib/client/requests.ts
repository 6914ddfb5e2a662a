/**
 * Commands that want an answer: each gets a `ref`, and a promise that its `ack` or `error`
 * settles. It must not know what the commands mean.
 */
import type { FrameInput } from "../protocol/frames.ts";
import type { AckEvent, ErrorEvent } from "../protocol/events.ts";
import type { Clock } from "./environment.ts";
import { RequestError, unreachable } from "./request_error.ts";

/** How long an answer may take, in milliseconds. */
export const ANSWER_WITHIN = 15_000;

export interface Requests {
  /** Rejects with `RequestError`: the server's code, or `offline` where no answer came. */
  request(command: FrameInput): Promise<AckEvent>;
  /** Hands an answer to whoever waits for it. */
  settle(answer: AckEvent | ErrorEvent): void;
  /** The connection is gone, and every answer with it. */
  failAll(): void;
}

interface Waiting {
  resolve(ack: AckEvent): void;
  reject(error: RequestError): void;
  timer: unknown;
}

export function createRequests(
  clock: Clock,
  send: (command: FrameInput) => boolean,
): Requests {
  const waiting = new Map<string, Waiting>();
  let count = 0;

  function take(ref: string): Waiting | undefined {
    const found = waiting.get(ref);
    waiting.delete(ref);
    clock.clearTimeout(found?.timer);
    return found;
  }

  return {
    request(command) {
      const ref = `r${++count}`;
      return new Promise((resolve, reject) => {
        if (!send({ ...command, ref })) return reject(unreachable());
        const timer = clock.setTimeout(() => take(ref)?.reject(unreachable()), ANSWER_WITHIN);
        waiting.set(ref, { resolve, reject, timer });
      });
    },
    settle(answer) {
      if (answer.ref === undefined) return;
      const found = take(answer.ref);
      if (answer.type === "ack") found?.resolve(answer);
      else found?.reject(refusal(answer));
    },
    failAll() {
      for (const ref of [...waiting.keys()]) take(ref)?.reject(unreachable());
    },
  };
}

function refusal(answer: ErrorEvent): RequestError {
  return new RequestError(answer.code, answer.message, [], answer.retryAfter);
}
