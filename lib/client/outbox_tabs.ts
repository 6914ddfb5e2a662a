/**
 * Several tabs, one outbox: a lock decides which tab sends, a channel tells the others what
 * became of each message. Where the browser lacks either, every tab sends; the server stores
 * each message once all the same. It must not know how messages are sent.
 */
import type { Environment, TabChannel } from "./environment.ts";
import type { OutboxRecord } from "./outbox_storage.ts";

/** A tab that may not send waits this long (ms) for the one that may, then takes its place. */
export const PATIENCE = 5_000;

export type TabNews =
  | { type: "put"; record: OutboxRecord }
  | { type: "acked"; clientId: string; rev: number }
  | { type: "dropped"; clientId: string }
  | { type: "cleared" };

export interface OutboxTabs {
  listen(): void;
  /** Whether this tab is the one that sends. */
  drains(): boolean;
  tell(news: TabNews): void;
  /** A message was written here: where it still waits after a while, this tab sends by itself. */
  worry(): void;
  /** Only a tab that is online holds the lock. */
  join(): void;
  leave(): void;
  stop(): void;
}

export function createOutboxTabs(
  environment: Environment,
  userId: number,
  on: {
    news(news: TabNews): void;
    mayDrain(): void;
    /** Whether any message waits to be sent. */
    waits(): boolean;
  },
): OutboxTabs {
  const name = `confab-outbox-${userId}`;
  // A lock without a channel would leave the other tabs' messages unheard of.
  const alone = environment.lock === undefined || environment.channel === undefined;
  let channel: TabChannel | null = null;
  let holds = false;
  let joined = false;
  let release = () => {};
  let worrying: unknown = null;

  function request(steal: boolean): void {
    release();
    holds = false;
    let mine = true;
    const giveBack = environment.lock!(name, steal, () => {
      if (!mine) return;
      holds = true;
      on.mayDrain();
    }, () => {
      if (!mine) return;
      holds = false;
      if (joined) request(false);
    });
    release = () => {
      mine = false;
      giveBack();
    };
  }

  function leave(): void {
    if (alone || !joined) return;
    joined = false;
    holds = false;
    release();
    environment.clearTimeout(worrying);
    worrying = null;
  }

  function worry(): void {
    if (alone || holds || !joined || worrying !== null) return;
    worrying = environment.setTimeout(() => {
      worrying = null;
      if (joined && !holds && on.waits()) request(true);
    }, PATIENCE);
  }

  return {
    listen() {
      // Only tabs of this origin and this user speak here.
      channel ??= environment.channel?.(name, (message) => on.news(message as TabNews)) ?? null;
    },
    drains: () => alone || holds,
    tell(news) {
      channel?.post(news);
    },
    worry,
    join() {
      if (alone || joined) return;
      joined = true;
      request(false);
      worry();
    },
    leave,
    stop() {
      leave();
      channel?.close();
      channel = null;
    },
  };
}
