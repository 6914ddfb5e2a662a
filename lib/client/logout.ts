/** Logging out: deletes what this browser keeps of the user before the session ends. */
import type { Api } from "./api.ts";
import type { Drafts } from "./drafts.ts";
import type { ConnectionState } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import { RequestError } from "./request_error.ts";
import type { ServerLink } from "./server_link.ts";

export interface LogoutOptions {
  api: Api;
  drafts: Drafts;
  outbox: Outbox;
  link: ServerLink;
}

export class Logout {
  readonly #options: LogoutOptions;
  #underWay = false;
  #sessionEnded = false;

  constructor(options: LogoutOptions) {
    this.#options = options;
  }

  /** During a logout, the page must not be left before the outbox is empty. */
  holdsBack(next: ConnectionState): boolean {
    const holds = next.state === "signedOut" && this.#underWay;
    if (holds) this.#sessionEnded = true;
    return holds;
  }

  readonly run = async (): Promise<void> => {
    const { api, drafts, outbox, link } = this.#options;
    this.#underWay = true;
    try {
      await api("POST", "/api/logout").catch(unlessSignedOut);
      drafts.clear();
      await outbox.clear();
      this.#sessionEnded = true;
    } finally {
      this.#underWay = false;
      if (this.#sessionEnded) link.signOut("here");
    }
  };
}

/** If the session has already ended, there is nothing more to do. */
function unlessSignedOut(error: unknown): void {
  if (!(error instanceof RequestError && error.code === "unauthenticated")) throw error;
}
