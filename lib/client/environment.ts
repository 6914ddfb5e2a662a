/**
 * What the engine needs from the world around it: time, chance, the network, storage, the page.
 * All of it comes in from here, so that tests own it. Types only; `browser.ts` is the real one.
 */
import type { Ticks, Timestamp } from "../protocol/time.ts";
import type { OutboxStorage } from "./outbox_storage.ts";
import type { Shelf } from "./shelf.ts";

export interface SocketHandlers {
  opened(): void;
  frame(text: string): void;
  /** Called once, also where the connection never opened (code 1006). `reason`: the server's word. */
  closed(code: number, reason?: string): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What the engine reads of a `Response`. */
export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
}

export interface HttpRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  credentials: "same-origin";
}

/** A line to the other tabs of this browser. */
export interface TabChannel {
  post(message: unknown): void;
  close(): void;
}

export interface Environment {
  /** The point in time that it is, as this machine believes: for what is stored or shown. */
  now(): Timestamp;
  /** For how long something lasts: nobody sets this clock, but it may stand while the machine sleeps. */
  ticks(): Ticks;
  /** At least 0, less than 1. */
  random(): number;
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
  /** A name for a message that nobody else will ever give: 16–64 of A–Z a–z 0–9 _ -. */
  newClientId(): string;
  /** Must not throw; a socket that cannot be opened is reported as closed, later. */
  openSocket(path: string, handlers: SocketHandlers): Socket;
  /** Rejects where no answer came, as does its `json` where it broke off; both in bounded time. */
  fetch(path: string, request: HttpRequest): Promise<HttpAnswer>;
  storage: OutboxStorage;
  shelf: Shelf;
  /** The network came back. The function that is returned stops listening; so below. */
  onOnline(listener: () => void): () => void;
  /** The browser sees no network any more. Left out where it cannot tell. */
  onOffline?(listener: () => void): () => void;
  onVisibility(listener: (visible: boolean) => void): () => void;
  /** The page is being left, perhaps for good. Left out where that cannot be told. */
  onLeave?(listener: () => void): () => void;
  isVisible(): boolean;
  /**
   * Web Locks: asks for the lock `name`, or takes it away from its holder (`steal`). `lost`: it was
   * taken away, or, where it was never `held`, refused. The returned function gives it back, or
   * withdraws the request. Left out where the browser has none.
   */
  lock?(name: string, steal: boolean, held: () => void, lost: () => void): () => void;
  /** BroadcastChannel. Left out where the browser has none, null where it refuses one. */
  channel?(name: string, received: (message: unknown) => void): TabChannel | null;
}

/** What waiting and measuring need. The time of day is not among it, on purpose. */
export type Clock = Pick<Environment, "ticks" | "random" | "setTimeout" | "clearTimeout">;
