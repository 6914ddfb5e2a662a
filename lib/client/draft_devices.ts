/**
 * Loads what keeps drafts the same on all devices once there is a connection: the first view does
 * without. It must not know what that does.
 */
import type { KeptDraft } from "../protocol/drafts.ts";
import type { ReadyEvent } from "../protocol/events.ts";
import type { DraftKey } from "./draft.ts";
import type { DraftSync, DraftSyncOptions } from "./draft_sync.ts";

export class DraftDevices {
  readonly #options: DraftSyncOptions;
  #loading: Promise<DraftSync | null> | null = null;
  #sync: DraftSync | null = null;
  /** Counts connections that have begun or ended. */
  #turns = 0;

  constructor(options: DraftSyncOptions) {
    this.#options = options;
  }

  ready(event: ReadyEvent): void {
    const mine = ++this.#turns;
    void this.#load().then((sync) => mine === this.#turns ? sync?.ready(event) : undefined);
  }

  offline(): void {
    this.#turns++;
    this.#sync?.offline();
  }

  /** In the order in which they came. */
  heard(draft: KeptDraft): void {
    void this.#loading?.then((sync) => sync?.heard(draft));
  }

  /** Before it is there nothing is lost: `ready` looks at all drafts. */
  changed(key: DraftKey): void {
    this.#sync?.changed(key);
  }

  flush(): void {
    this.#sync?.flush();
  }

  #load(): Promise<DraftSync | null> {
    return this.#loading ??= import("./draft_sync.ts").then(
      ({ DraftSync }) => this.#sync = new DraftSync(this.#options),
      // The next connection tries again.
      () => this.#loading = null,
    );
  }
}
