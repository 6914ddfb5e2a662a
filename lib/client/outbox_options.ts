/** What the outbox needs of the rest of the engine. Types only. */
import type { FrameInput } from "../protocol/frames.ts";
import type { Environment } from "./environment.ts";
import type { Withheld } from "./model.ts";
import type { Attachment } from "./uploads_model.ts";

/** Files that go with messages. */
export interface OutboxFiles {
  /** The ids of these; null: some have not arrived. */
  idsOf(attachments: readonly Attachment[]): number[] | null;
  messages: {
    /** The server does not take this message with its files. */
    renew(clientId: string): void;
  };
}

export interface OutboxOptions {
  /** Names the server's database. */
  instance: string;
  userId: number;
  environment: Environment;
  /** False where there is no connection. */
  send(command: FrameInput): boolean;
  /** Null: no message has had any. */
  files: { readonly here: OutboxFiles | null };
  /** The browser lacks a feature: the tab works without it. */
  withheld(what: Withheld): void;
}
