/**
 * Whose page this is: one session's, and no other's. It notices when somebody else signs in with
 * the same browser, and finds out why a session ended. It must not know rooms or messages.
 */
import { isSessionEnd } from "../protocol/codes.ts";
import type { ReadyEvent } from "../protocol/events.ts";
import type { Api } from "./api.ts";
import type { Environment, TabChannel } from "./environment.ts";
import type { SignedOut } from "./model.ts";
import type { RequestError } from "./request_error.ts";

/** How long to wait for the reason (ms); then it goes on without it. */
const REASON_WITHIN = 5_000;

export interface SessionWatchOptions {
  environment: Pick<Environment, "channel" | "setTimeout" | "clearTimeout">;
  /** Names the server's database: tabs of another one are ignored. */
  instance: string;
  userId: number;
  sessionId: number;
  api: Api;
  /** Called once. */
  ended(why: SignedOut): void;
}

export interface SessionWatch {
  /** Tells the other tabs whose page this is, and listens for the same from them. */
  start(): void;
  /** A request was refused because of its session. */
  refused(error: RequestError): void;
  /** The connection was closed for good; `reason` is the server's close reason. */
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

  /** If the new session is the same user's, keep their place. */
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
      // Only tabs of this origin and this server's database send here.
      channel ??= environment.channel?.(`confab-session-${options.instance}`, (other) => {
        // The call itself reports a refusal to `refused`.
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
