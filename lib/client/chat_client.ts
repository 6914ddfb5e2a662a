/** The engine as the island has it: what views read and call, its start and its end. Types only. */
import type { ErrorCode } from "../protocol/codes.ts";
import type { ChatActions, ChatState } from "./model.ts";
import type { Shelf } from "./shelf.ts";

export interface ChatClient {
  state: ChatState;
  actions: ChatActions;
  /** For small things that views remember of the account in this browser. */
  shelf: Shelf;
  /** Connects, and starts to empty the outbox. Never called while the server renders. */
  start(): void;
  /** Shows a notice, as if something had been refused with this code. */
  tell(code: ErrorCode): void;
  stop(): void;
}
