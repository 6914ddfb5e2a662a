/**
 * Takes letters out of the queue, has them written and sent, and leaves those that could not be sent
 * for later: a mail server that is slow or away delays letters and nothing else. The queue is in the
 * database, so that letters outlive a restart, and of several nodes one sends each.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import type { Logger } from "../program/log.ts";
import type { ReadyLetter } from "../store/contract/letters.ts";
import type { Store } from "../store/store.ts";
import { type Letter, type Mailer, MailFault } from "./letter.ts";

/** Letters on their way at a time. */
const AT_ONCE = 3;
/** How often to look for what other nodes left, and what is to be tried again; milliseconds. */
const LOOK_EVERY = 15_000;

export interface PostmanOptions extends Pick<DueWorkOptions, "loop" | "now"> {
  store: Pick<Store, "readyLetter" | "sentLetter" | "takeLetters">;
  /** Loads what speaks with the mail server. */
  open(): Promise<Mailer>;
  /** Writes the letter; the token belongs into its link. */
  write(letter: ReadyLetter, token: string): Promise<Letter>;
  newToken(): Promise<{ token: string; hash: string }>;
  log: Pick<Logger, "error" | "info" | "warn">;
}

export interface MailState {
  /** Why the mail server took nothing at the last try, and since when; null if it did. */
  failing: { since: number; reason: string } | null;
  /** Letters sent by this program since it was started. */
  sent: number;
}

export class Postman {
  readonly #options: PostmanOptions;
  readonly #due: DueWork;
  #mailer: Promise<Mailer> | null = null;
  #failing: MailState["failing"] = null;
  #sent = 0;

  constructor(options: PostmanOptions) {
    this.#options = options;
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#look() });
    this.wake();
  }

  /** There may be a letter. */
  wake(): void {
    this.#due.wake();
  }

  state(): MailState {
    return { failing: this.#failing, sent: this.#sent };
  }

  async close(): Promise<void> {
    const closed = this.#due.close();
    // What is being sent would hold up the program's end for a minute; it is sent again.
    await this.#mailer?.then((mailer) => mailer.close(), () => {});
    await closed;
  }

  async #look(): Promise<null> {
    try {
      // A server that takes nothing is asked again later, with the letters that are due then.
      while (!this.#due.closed && await this.#round())/* there may be more */ ;
    } catch (error) {
      this.#options.log.error("letters cannot be taken out of the queue", { error });
    }
    return null;
  }

  /** Whether all went well, and there may be more. */
  async #round(): Promise<boolean> {
    const { store, now } = this.#options;
    const taken = await store.takeLetters({ now: now(), limit: AT_ONCE });
    const went = await Promise.all(taken.map(({ id }) => this.#deliver(id)));
    return taken.length === AT_ONCE && went.every(Boolean);
  }

  /** Whether the mail server is there. */
  async #deliver(id: number): Promise<boolean> {
    const { store, now, newToken, write, open, log } = this.#options;
    const { token, hash } = await newToken();
    const ready = await store.readyLetter({ id, tokenHash: hash, now: now() });
    if (ready === null) return true;
    if (this.#due.closed) return false;
    try {
      const mailer = await (this.#mailer ??= open());
      await mailer.send(await write(ready, token));
    } catch (error) {
      if (this.#due.closed) return false;
      if (!(error instanceof MailFault)) throw error;
      if (error.blames === "server") return this.#fail(error.message);
      log.warn("a letter was refused for good, since its address takes none", {
        kind: ready.kind,
        reason: error.message,
      });
      await store.sentLetter({ id });
      return true;
    }
    await store.sentLetter({ id });
    this.#sent++;
    if (this.#failing !== null) log.info("the mail server takes letters again");
    this.#failing = null;
    return true;
  }

  /** Told once, until it takes one again. */
  #fail(reason: string): false {
    const { log, now } = this.#options;
    if (this.#failing === null) {
      log.warn("the mail server takes no letters; they wait and are tried again", { reason });
    }
    this.#failing = { since: this.#failing?.since ?? now(), reason };
    return false;
  }
}
