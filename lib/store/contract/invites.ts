/** Invitations: made, shown, taken back, and used by people who have an account. */
import type { Invitation, Invite, InviteRole, InvitesPage } from "../../protocol/invites.ts";
import type { Inviters } from "../../protocol/door_permissions.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** `inviters`: who may invite besides staff, as the workspace is set. */
export interface Invites {
  /**
   * `forbidden` for who may not invite, or not into one of these rooms; `not_found` for a room that
   * they may not see; `invalid` with an end that has passed, or beyond `OPEN_INVITES`.
   */
  createInvite(input: {
    userId: number;
    code: string;
    role: InviteRole;
    rooms: number[];
    uses: number | null;
    expiresAt: Timestamp | null;
    address?: string | undefined;
    inviters: Inviters;
    now: Timestamp;
  }): Promise<Invite>;
  /** All of them for staff, one's own for others. */
  listInvites(input: {
    userId: number;
    state: "open" | "ended";
    before: number | null;
    limit: number;
    inviters: Inviters;
    now: Timestamp;
  }): Promise<InvitesPage>;
  /** Repeating it changes nothing. `not_found` for another's, unless one is staff. */
  revokeInvite(
    input: { userId: number; id: number; address?: string | undefined; now: Timestamp },
  ): Promise<void>;
  /** `null` unless it is open. For whoever holds its link. */
  invitation(
    input: { code: string; inviters: Inviters; now: Timestamp },
  ): Promise<Invitation | null>;
  /**
   * Takes somebody who has an account into its rooms; it counts as a use if they were not in all of
   * them. `not_found` unless it is open. Returns the rooms into which it leads.
   */
  acceptInvite(input: {
    userId: number;
    code: string;
    address?: string | undefined;
    inviters: Inviters;
    now: Timestamp;
  }): Promise<{ rooms: number[] }>;
}
