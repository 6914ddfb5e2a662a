/**
 * Keeps what staff have set in memory as the database has it: read once, then by what is told of
 * each change. It knows no key.
 */
import type { Change } from "../store/changes.ts";
import type { Store } from "../store/store.ts";
import type { CurrentWorkspace } from "../workspace/current_workspace.ts";

export interface KeepWorkspaceOptions {
  store: Pick<Store, "storedWorkspace">;
  workspace: CurrentWorkspace;
  log(message: string, error: unknown): void;
}

/** What is told of changes: each once, in the order in which they were committed. */
export class WorkspaceKeeper {
  readonly #options: KeepWorkspaceOptions;
  /** Told while a read was under way, which may not have seen it. */
  #meanwhile: Record<string, unknown>[] = [];
  /** Something was missed, and no read since then has succeeded. */
  #stale = false;
  #reading: Promise<void> | null = null;

  constructor(options: KeepWorkspaceOptions) {
    this.#options = options;
  }

  /** Reads it all. To be called after somebody listens to changes; rejects if it cannot be read. */
  read(): Promise<void> {
    return this.#reading ??= this.#read().finally(() => this.#reading = null);
  }

  async #read(): Promise<void> {
    const { store, workspace } = this.#options;
    this.#meanwhile = [];
    // What is missed from now on, this read may not see.
    this.#stale = false;
    try {
      workspace.replace(await store.storedWorkspace());
    } catch (error) {
      this.#stale = true;
      throw error;
    }
    // One that the read has seen already is followed here by what came after it.
    for (const set of this.#meanwhile) workspace.apply(set);
  }

  happened(changes: readonly { type: string }[]): void {
    for (const change of changes) {
      if (!isWorkspace(change)) continue;
      if (this.#reading !== null) this.#meanwhile.push(change.set);
      this.#options.workspace.apply(change.set);
    }
  }

  /** Changes were missed for good. */
  lost(): void {
    this.#stale = true;
    this.looked();
  }

  /** The database can be read: tries again what has failed. */
  looked(): void {
    if (!this.#stale || this.#reading !== null) return;
    this.read().catch((error) =>
      this.#options.log("Cannot read what is set for the workspace", error)
    );
  }
}

function isWorkspace(
  change: { type: string },
): change is Extract<Change, { type: "workspace" }> {
  return change.type === "workspace";
}
