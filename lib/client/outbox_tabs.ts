/**
 * Several tabs, one outbox: a lock decides which tab sends, a channel tells the others what
 * became of each message. Where the browser lacks, refuses or never grants either, every tab sends;
 * the server stores each message once all the same. It must not know how messages are sent.
 */
import type { Environment, TabChannel } from "./environment.ts";
import type { OutboxRecord } from "./outbox_storage.ts";

/** A tab that may not send waits this long (ms) for the one that may, then takes its place. */
export const PATIENCE = 5_000;
/** What a tab takes is granted at once, where locks work at all (ms). */
const GRANTED_WITHIN = 1_000;
/** A tab whose place was taken asks for it again after this (ms): were it at once, two could spin. */
const REJOIN_AFTER = 1_000;

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

/** @param owner whose messages they are: the same user of the same server's database */
export function createOutboxTabs(
  environment: Environment,
  owner: string,
  on: {
    news(news: TabNews): void;
    mayDrain(): void;
    /** Whether any message waits to be sent. */
    waits(): boolean;
    /** The browser does not give the lock, to any tab: this one sends by itself from now on. */
    refused(): void;
  },
): OutboxTabs {
  const name = `confab-outbox-${owner}`;
  let channel: TabChannel | null = null;
  /** No turns are taken here: a lock without a channel would leave others' messages unheard of. */
  let alone = environment.lock === undefined || environment.channel === undefined;
  let holds = false;
  let joined = false;
  let release = () => {};
  let worrying: unknown = null;
  let rejoining: unknown = null;

  function request(steal: boolean): void {
    release();
    holds = false;
    let mine = true;
    let granted = false;
    const giveBack = environment.lock!(name, steal, () => {
      if (!mine) return;
      granted = true;
      holds = true;
      on.mayDrain();
    }, () => {
      if (!mine) return;
      holds = false;
      // Taken away by another tab, or refused by the browser, which would refuse for ever.
      if (granted) rejoin();
      else goAlone();
    });
    release = () => {
      mine = false;
      giveBack();
    };
  }

  function rejoin(): void {
    environment.clearTimeout(rejoining);
    rejoining = environment.setTimeout(() => {
      if (joined && !alone && !holds) request(false);
    }, REJOIN_AFTER);
  }

  function goAlone(): void {
    alone = true;
    rest();
    release();
    on.refused();
    on.mayDrain();
  }

  function rest(): void {
    environment.clearTimeout(worrying);
    environment.clearTimeout(rejoining);
    worrying = null;
  }

  function leave(): void {
    if (alone || !joined) return;
    joined = false;
    holds = false;
    release();
    rest();
  }

  /** Waits for the tab that may send; then takes its place; then does without turns. */
  function worry(steal = true): void {
    if (alone || holds || !joined || worrying !== null) return;
    worrying = environment.setTimeout(() => {
      worrying = null;
      if (!joined || holds || !on.waits()) return;
      if (!steal) return goAlone();
      request(true);
      worry(false);
    }, steal ? PATIENCE : GRANTED_WITHIN);
  }

  return {
    listen() {
      // Only tabs of this origin and this user speak here.
      channel ??= environment.channel?.(name, (message) => on.news(message as TabNews)) ?? null;
      alone ||= channel === null;
    },
    drains: () => alone || holds,
    tell(news) {
      channel?.post(news);
    },
    worry: () => worry(),
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
