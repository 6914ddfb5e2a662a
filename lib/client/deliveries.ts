/** Who waits to hear what became of a message of one's own. It must not know how it is sent. */
import type { AckEvent, ServerEvent } from "../protocol/events.ts";
import type { Outbox } from "./outbox.ts";
import { RequestError } from "./request_error.ts";

/** Where the message stands now: it is on the server's disk. */
export type Sent = NonNullable<AckEvent["message"]>;

/** Acknowledgements that are remembered, for whoever sends the same once more. */
const REMEMBERED = 1_000;

interface Waiting {
  resolve(sent: Sent): void;
  reject(error: RequestError): void;
}

export class Deliveries {
  readonly #outbox: Outbox;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #sent = new Map<string, Sent>();
  /** Why nothing is sent any more. */
  #ended: RequestError | null = null;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** Resolves when the server has the message; rejects with `RequestError` where it refuses it. */
  wait(clientId: string): Promise<Sent> {
    const sent = this.#sent.get(clientId);
    if (sent !== undefined) return Promise.resolve(sent);
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.set(clientId, [
        ...this.#waiting.get(clientId) ?? [],
        { resolve, reject },
      ]);
    });
  }

  /** Whether the message is still to be written: it was not, and there is somebody to send it. */
  isToBeSent(clientId: string): boolean {
    return this.#ended === null && !this.#sent.has(clientId);
  }

  /** Call it with each event, after the outbox has taken it in. */
  heard(event: ServerEvent): void {
    if (event.type === "ack" && event.ref !== undefined && event.message !== undefined) {
      const { ref, message } = event;
      // Edits and the like are acknowledged under names that are no messages'.
      if (!this.#waiting.has(ref)) return;
      this.#sent.set(ref, message as Sent);
      const [oldest] = this.#sent.keys();
      if (this.#sent.size > REMEMBERED) this.#sent.delete(oldest!);
      for (const { resolve } of this.#take(ref)) resolve(message as Sent);
    } else if (event.type === "error" && event.ref !== undefined) {
      const { ref, code, message } = event;
      // What time may heal is sent again by the outbox.
      const entry = this.#outbox.entries.peek().find(({ clientId }) => clientId === ref);
      if (entry?.state !== "failed") return;
      this.#outbox.discard(ref);
      for (const { reject } of this.#take(ref)) reject(new RequestError(code, message));
    }
  }

  /** Nobody will hear any more. */
  end(error: RequestError): void {
    this.#ended ??= error;
    for (const ref of [...this.#waiting.keys()]) {
      for (const { reject } of this.#take(ref)) reject(error);
    }
  }

  #take(ref: string): Waiting[] {
    const waiting = this.#waiting.get(ref) ?? [];
    this.#waiting.delete(ref);
    return waiting;
  }
}
