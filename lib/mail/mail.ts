/** Mail, as the rest of the program sees it: where a server is set, letters go out by themselves. */
import type { EventLoop } from "../event_loop.ts";
import type { Logger } from "../program/log.ts";
import type { Store } from "../store/store.ts";
import { type MailState, Postman } from "./postman.ts";
import { type MailSender, showSmtp, type SmtpServer } from "./smtp_address.ts";

export interface Mail {
  /** There may be a letter to send. */
  wake(): void;
  state(): MailState & { server: string };
  close(): Promise<void>;
}

export interface MailOptions {
  server: SmtpServer;
  from: MailSender;
  /** Of this site, for the links. */
  origin: string;
  /** What the workspace is called. */
  placeName(): string;
  store: Store;
  newToken(): Promise<{ token: string; hash: string }>;
  now(): number;
  loop: EventLoop;
  log: Logger;
}

/** Begins when the start is over; what speaks with the server is loaded with the first letter. */
export function beginMail(options: MailOptions): Mail {
  const { server, from, origin, placeName, loop } = options;
  let postman: Postman | null = null;
  const stop = loop.afterStart(() => {
    postman = new Postman({
      ...options,
      open: async () =>
        (await import("./smtp.ts")).openSmtp({
          server,
          from: () => ({ name: from.name ?? placeName(), address: from.address }),
          ownName: new URL(origin).hostname,
        }),
      write: async (letter, token) =>
        (await import("./letters.ts")).writeLetter(letter, token, { name: placeName(), origin }),
    });
  });
  return {
    wake: () => postman?.wake(),
    state: () => ({
      ...(postman?.state() ?? { failing: null, sent: 0 }),
      server: showSmtp(server),
    }),
    async close() {
      stop();
      await postman?.close();
    },
  };
}
