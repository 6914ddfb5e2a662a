/** What a letter is on its way: what is written, and what became of it. */

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Sends one letter after another; each `send` may take up to a minute. */
export interface Mailer {
  /** Rejects with a `MailFault`. */
  send(letter: Letter): Promise<void>;
  /** Ends what is being sent. */
  close(): void;
}

/**
 * `server`: nothing can be sent now, or not so as the settings say; later it may. `recipient`: this
 * one address takes no letter, and never will.
 */
export class MailFault extends Error {
  override readonly name = "MailFault";

  /** @param message for the log: it names no address */
  constructor(readonly blames: "server" | "recipient", message: string) {
    super(message);
  }
}
