/**
 * Several tabs, one outbox: a lock decides which tab sends, a channel tells the others the outcome
 * of each message. If the browser lacks, refuses or never grants either, every tab sends; the
 * server still stores each message once. It must not know how messages are sent.
 */
import type { Environment, TabChannel } from "./environment.ts";
import type { OutboxRecord } from "./outbox_storage.ts";

/** A tab without the lock waits this long (ms) for the tab that has it, then takes the lock. */
export const PATIENCE = 5_000;
/** A stolen lock is granted at once if locks work at all: how long to wait for it (ms). */
const GRANTED_WITHIN = 1_000;
/**
 * A tab that lost the lock asks for it again after this (ms): two tabs asking at once could loop.
 */
const REJOIN_AFTER = 1_000;

export type TabNews =
  | { type: "put"; record: OutboxRecord }
  | { type: "acked"; clientId: string; rev: number }
  | { type: "dropped"; clientId: string }
  | { type: "cleared" };

export interface OutboxTabsOptions {
  environment: Environment;
  /** Whose messages they are: one user of one server's database. */
  owner: string;
  news(news: TabNews): void;
  mayDrain(): void;
  /** Whether any message is waiting to be sent. */
  waits(): boolean;
  /** The browser gives no tab the lock: this tab sends by itself from now on. */
  refused(): void;
}

export class OutboxTabs {
  readonly #options: OutboxTabsOptions;
  /** The name of the lock and of the channel. */
  readonly #name: string;
  #channel: TabChannel | null = null;
  /**
   * Tabs take no turns here: with a lock but no channel, a tab would not learn of others' messages.
   */
  #alone: boolean;
  #holds = false;
  #joined = false;
  #release = () => {};
  #worrying: unknown = null;
  #rejoining: unknown = null;

  constructor(options: OutboxTabsOptions) {
    const { environment: { lock, channel }, owner } = options;
    this.#options = options;
    this.#name = `confab-outbox-${owner}`;
    this.#alone = lock === undefined || channel === undefined;
  }

  listen(): void {
    const { environment, news } = this.#options;
    // Only this user's tabs of this origin send here.
    this.#channel ??= environment.channel?.(this.#name, (said) => news(said as TabNews)) ?? null;
    this.#alone ||= this.#channel === null;
  }

  /** Whether this tab is the one that sends. */
  drains(): boolean {
    return this.#alone || this.#holds;
  }

  tell(news: TabNews): void {
    this.#channel?.post(news);
  }

  /** A message was written here: if it is still waiting after a while, this tab sends it itself. */
  worry(): void {
    this.#worry(true);
  }

  /** Only a tab that is online holds the lock. */
  join(): void {
    if (this.#alone || this.#joined) return;
    this.#joined = true;
    this.#request(false);
    this.worry();
  }

  leave(): void {
    if (this.#alone || !this.#joined) return;
    this.#joined = false;
    this.#holds = false;
    this.#release();
    this.#rest();
  }

  stop(): void {
    this.leave();
    this.#channel?.close();
    this.#channel = null;
  }

  /** Waits for the tab that has the lock; then takes the lock; then sends without one. */
  #worry(steal: boolean): void {
    if (this.drains() || !this.#joined || this.#worrying !== null) return;
    const { environment, waits } = this.#options;
    this.#worrying = environment.setTimeout(() => {
      this.#worrying = null;
      if (!this.#joined || this.#holds || !waits()) return;
      if (!steal) return this.#goAlone();
      this.#request(true);
      this.#worry(false);
    }, steal ? PATIENCE : GRANTED_WITHIN);
  }

  #request(steal: boolean): void {
    const { environment, mayDrain } = this.#options;
    this.#release();
    this.#holds = false;
    let mine = true;
    let granted = false;
    const giveBack = environment.lock!(this.#name, steal, () => {
      if (!mine) return;
      granted = true;
      this.#holds = true;
      mayDrain();
    }, () => {
      if (!mine) return;
      this.#holds = false;
      // Taken by another tab, or refused by the browser, which would keep refusing.
      if (granted) this.#rejoin();
      else this.#goAlone();
    });
    this.#release = () => {
      mine = false;
      giveBack();
    };
  }

  #rejoin(): void {
    const { environment } = this.#options;
    environment.clearTimeout(this.#rejoining);
    this.#rejoining = environment.setTimeout(() => {
      if (this.#joined && !this.drains()) this.#request(false);
    }, REJOIN_AFTER);
  }

  #goAlone(): void {
    this.#alone = true;
    this.#rest();
    this.#release();
    this.#options.refused();
    this.#options.mayDrain();
  }

  #rest(): void {
    const { environment } = this.#options;
    environment.clearTimeout(this.#worrying);
    environment.clearTimeout(this.#rejoining);
    this.#worrying = null;
  }
}
