/**
 * Callers waiting for the outcome of their own messages. It must not know how messages are sent.
 */
import type { AckEvent, ServerEvent } from "../protocol/events.ts";
import type { Outbox } from "./outbox.ts";
import { RequestError } from "./request_error.ts";

/** The message's place: it is on the server's disk. */
export type Sent = NonNullable<AckEvent["message"]>;

/** How many acknowledgements are remembered, in case the same message is sent again. */
const REMEMBERED = 1_000;

interface Waiting {
  resolve(sent: Sent): void;
  reject(error: RequestError): void;
}

export class Deliveries {
  readonly #outbox: Outbox;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #sent = new Map<string, Sent>();
  /** What each name stands for, as far as this run has been told. */
  readonly #texts = new Map<string, string>();
  /** Why sending has ended. */
  #ended: RequestError | null = null;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /**
   * Resolves when the server has the message; rejects with `RequestError` if it refuses it, or if
   * the name already stands for another text.
   */
  wait(clientId: string, text: string): Promise<Sent> {
    if ((this.#texts.get(clientId) ?? text) !== text) {
      return Promise.reject(new RequestError("conflict", "Another message has this clientId."));
    }
    const sent = this.#sent.get(clientId);
    if (sent !== undefined) return Promise.resolve(sent);
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#texts.set(clientId, text);
    return new Promise((resolve, reject) => {
      this.#waiting.set(clientId, [
        ...this.#waiting.get(clientId) ?? [],
        { resolve, reject },
      ]);
    });
  }

  /** Whether the message must still be written: it has not been, and sending has not ended. */
  isToBeSent(clientId: string): boolean {
    return this.#ended === null && !this.#sent.has(clientId);
  }

  /** Call it with each event, after the outbox has processed it. */
  heard(event: ServerEvent): void {
    if (event.type === "ack" && event.ref !== undefined && event.message !== undefined) {
      const { ref, message } = event;
      // Edits and the like are acknowledged with a `ref` that names no message, and without its
      // time. What a former run left may be acknowledged before anybody here asks for it.
      if (message.ts === undefined) return;
      this.#remember(ref, message as Sent);
      for (const { resolve } of this.#take(ref)) resolve(message as Sent);
    } else if (event.type === "error" && event.ref !== undefined) {
      const { ref, code, message } = event;
      // The outbox retries temporary failures.
      const entry = this.#outbox.entries.peek().find(({ clientId }) => clientId === ref);
      if (entry?.state !== "failed") return;
      this.#outbox.discard(ref);
      this.#texts.delete(ref);
      for (const { reject } of this.#take(ref)) reject(new RequestError(code, message));
    }
  }

  /** No more answers will come. */
  end(error: RequestError): void {
    this.#ended ??= error;
    for (const ref of [...this.#waiting.keys()]) {
      for (const { reject } of this.#take(ref)) reject(error);
    }
  }

  #remember(clientId: string, sent: Sent): void {
    this.#sent.set(clientId, sent);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size <= REMEMBERED) return;
    this.#sent.delete(oldest!);
    this.#texts.delete(oldest!);
  }

  #take(ref: string): Waiting[] {
    const waiting = this.#waiting.get(ref) ?? [];
    this.#waiting.delete(ref);
    return waiting;
  }
}
