/**
 * What the engine needs from outside: time, randomness, the network, storage, the page. All of it
 * is passed in, so that tests control it. Types only; `browser.ts` is the real one.
 */
import type { Ticks, Timestamp } from "../protocol/time.ts";
import type { FileGround } from "./file_ground.ts";
import type { HttpAnswer } from "./http_answer.ts";
import type { OutboxStorage } from "./outbox_storage.ts";
import type { Shelf } from "./shelf.ts";

export type { HttpAnswer };

export interface SocketHandlers {
  opened(): void;
  frame(text: string): void;
  /**
   * Called once, even if the connection never opened (code 1006). `reason`: the server's close
   * reason.
   */
  closed(code: number, reason?: string): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface HttpRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  credentials: "same-origin";
}

/** A channel to this browser's other tabs. */
export interface TabChannel {
  post(message: unknown): void;
  close(): void;
}

export interface Environment {
  /** The machine's wall clock: for what is stored or shown. */
  now(): Timestamp;
  /** For durations: nobody can set this clock, but it may stop while the machine sleeps. */
  ticks(): Ticks;
  /** At least 0, less than 1. */
  random(): number;
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
  /** A unique id for a message: 16–64 of A–Z a–z 0–9 _ -. */
  newClientId(): string;
  /** Must not throw; a socket that cannot be opened is reported as closed, later. */
  openSocket(path: string, handlers: SocketHandlers): Socket;
  /** Rejects if no answer came, as does its `json` if it broke off; both in bounded time. */
  fetch(path: string, request: HttpRequest): Promise<HttpAnswer>;
  storage: OutboxStorage;
  /** What files on their way need, loaded with the first. Omitted where none are sent. */
  files?(): Promise<FileGround>;
  shelf: Shelf;
  /** The network came back. The returned function stops listening, as below. */
  onOnline(listener: () => void): () => void;
  /** The browser has lost its network. Omitted if it cannot tell. */
  onOffline?(listener: () => void): () => void;
  onVisibility(listener: (visible: boolean) => void): () => void;
  /** The page is being left, perhaps for good. Omitted if that cannot be detected. */
  onLeave?(listener: () => void): () => void;
  isVisible(): boolean;
  /**
   * Web Locks: asks for the lock `name`, or takes it from its holder (`steal`). `lost`: it was
   * taken away or, if it was never `held`, refused. The returned function releases it, or withdraws
   * the request. Omitted if the browser has none.
   */
  lock?(name: string, steal: boolean, held: () => void, lost: () => void): () => void;
  /** BroadcastChannel. Omitted if the browser has none, null if it refuses one. */
  channel?(name: string, received: (message: unknown) => void): TabChannel | null;
}

/** What waiting and measuring need. On purpose, it has no wall clock. */
export type Clock = Pick<Environment, "ticks" | "random" | "setTimeout" | "clearTimeout">;
