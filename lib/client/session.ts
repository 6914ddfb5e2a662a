/**
 * Whose page this is: one session's, and no other's. It notices when somebody signs in with the
 * same browser, and finds out why a session is gone. It must not know rooms or messages.
 */
import { isSessionEnd } from "../protocol/codes.ts";
import type { ReadyEvent } from "../protocol/events.ts";
import type { Api } from "./api.ts";
import type { Environment, TabChannel } from "./environment.ts";
import type { SignedOut } from "./model.ts";
import type { RequestError } from "./request_error.ts";

/** The reason is worth this long a wait (ms); then one goes on without it. */
const REASON_WITHIN = 5_000;

export interface SessionWatchOptions {
  environment: Pick<Environment, "channel" | "setTimeout" | "clearTimeout">;
  /** Names the server's database: tabs of another one are not spoken to. */
  instance: string;
  userId: number;
  sessionId: number;
  api: Api;
  /** Called once. */
  ended(why: SignedOut): void;
}

export interface SessionWatch {
  /** Tells the other tabs whose page this is, and hears the same of them. */
  start(): void;
  /** A request was refused for its session. */
  refused(error: RequestError): void;
  /** The connection was closed for good; `reason` is what the server said with it. */
  closed(reason: string): void;
  /** A connection turned out to be another session's. */
  foreign(ready: ReadyEvent): void;
  stop(): void;
}

export function createSessionWatch(options: SessionWatchOptions): SessionWatch {
  const { environment, sessionId, api } = options;
  let channel: TabChannel | null = null;
  let done = false;

  function end(why: SignedOut): void {
    if (done) return;
    done = true;
    options.ended(why);
  }

  /** A session of one's own in its place is no reason to lose one's place. */
  async function replaced(): Promise<void> {
    const whose = await api<{ id: number; instance: string }>(
      "GET",
      "/api/me",
      undefined,
      "anySession",
    ).catch(() => null);
    const same = whose?.instance === options.instance && whose.id === options.userId;
    end(same ? "renewed" : "other");
  }

  function refused(error: RequestError): void {
    if (error.code === "other_session") return void replaced();
    if (error.code === "unauthenticated") end(error.reason ?? "unknown");
  }

  function closed(reason: string): void {
    if (isSessionEnd(reason)) return end(reason);
    const timer = environment.setTimeout(() => end("unknown"), REASON_WITHIN);
    api("GET", "/api/me").then(() => end("unknown"), (error: RequestError) => {
      if (error.code !== "other_session") end(error.reason ?? "unknown");
    }).finally(() => environment.clearTimeout(timer));
  }

  return {
    start() {
      // Only tabs of this origin, and of this server's database, speak here.
      channel ??= environment.channel?.(`confab-session-${options.instance}`, (other) => {
        // A refusal is told to `refused` by the very call.
        if (other !== sessionId) api("GET", "/api/me").catch(() => {});
      }) ?? null;
      channel?.post(sessionId);
    },
    refused,
    closed,
    foreign: ({ instance, user }) =>
      end(instance === options.instance && user.id === options.userId ? "renewed" : "other"),
    stop() {
      channel?.close();
      channel = null;
    },
  };
}
