/** Logging out: before the session ends, what this browser keeps of the user is gone. */
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

  /** While a logout is under way, the page must not be left before the outbox is empty. */
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

/** Who signs out of a session that is gone already has what they want. */
function unlessSignedOut(error: unknown): void {
  if (!(error instanceof RequestError && error.code === "unauthenticated")) throw error;
}
