/** Requests to join, and what staff decide about them. */
import type { InviteRole } from "../../protocol/invites.ts";
import type {
  JoinRequest,
  JoinRequestsPage,
  JoinRequestState,
} from "../../protocol/join_requests.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface JoinRequests {
  /**
   * Keeps a request for staff, who are told. `conflict` if the username is taken, or waits already;
   * `unavailable` if more than `WAITING_REQUESTS` wait.
   */
  askToJoin(input: {
    username: string;
    displayName: string;
    passwordHash: string;
    note: string;
    address: string;
    now: Timestamp;
  }): Promise<JoinRequest>;
  /**
   * The latest request of this name that did not become an account, with the hash of the password
   * that was chosen. For the login, which tells its asker how it stands.
   */
  askedCredentials(
    input: { username: string },
  ): Promise<{ passwordHash: string; state: JoinRequestState } | null>;
  /** For staff. `after`: those that wait after this one, or those decided before it. */
  listJoinRequests(input: {
    userId: number;
    state: "waiting" | "decided";
    after: number | null;
    limit: number;
  }): Promise<JoinRequestsPage>;
  /**
   * Accepting makes the account, with the password that was chosen. Only by staff; `conflict` if
   * somebody has decided it before, or if the username was taken meanwhile.
   */
  decideJoinRequest(input: {
    userId: number;
    id: number;
    state: "accepted" | "refused";
    role: InviteRole;
    rooms: number[];
    address?: string | undefined;
    now: Timestamp;
  }): Promise<JoinRequest>;
}
