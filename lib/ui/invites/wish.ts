/** What the form for an invitation offers, and how it is written in its fields. Pure. */
import type { InviteRole } from "../../protocol/invites.ts";

/** How many people; "" is any number. */
export const USES = [1, 5, 10, 25, 50, 100] as const;
/** For how many days; "" is without end. */
export const DAYS = [1, 7, 30, 90] as const;

export interface InvitationWish {
  role: InviteRole;
  rooms: readonly number[];
  uses: string;
  days: string;
}

/** A week: a link that was forgotten somewhere ends by itself. */
export const FIRST_WISH: InvitationWish = { role: "member", rooms: [], uses: "", days: "7" };

/** What was chosen for somebody who asks to join, when letting them in was refused. */
export interface RefusedDecision extends Pick<InvitationWish, "role" | "rooms"> {
  /** Of their request. */
  id: number;
}
