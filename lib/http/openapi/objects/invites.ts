/** The schemas of invitations: see `objects.ts`. */
import * as z from "zod";
import type { CommandResult as Result } from "../../../chat/chat.ts";
import type { Invitation, InvitedRoom, InvitesPage } from "../../../protocol/invites.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { InviteWithLink } from "../../invites.ts";
import { id, of, time } from "./base.ts";
import { user } from "./people.ts";

const role = z.enum(["member", "guest"]);
const expiresAt = time.nullable().meta({ description: "`null`: it has no end." });

export const invite = of<InviteWithLink>()(z.object({
  id,
  code: z.string().nullable().meta({
    description: "`null` where it leads into a room that you may not see.",
  }),
  url: z.string().nullable().meta({ description: "The link to send, or `null` like the code." }),
  role,
  rooms: z.array(id).meta({
    description: "The rooms it leads into, besides `general` for members.",
  }),
  uses: z.int().positive().nullable().meta({
    description: "How many may come by it; `null`: any number.",
  }),
  used: z.int().nonnegative().meta({ description: "How many have come." }),
  expiresAt,
  createdBy: id,
  createdAt: time,
  state: z.enum(["open", "used", "expired", "revoked", "void"]).meta({
    description: "`void`: who made it may not invite any more.",
  }),
}));

const invitedRoom = of<InvitedRoom>()(z.object({
  id,
  name: z.string(),
  kind: z.enum(["public", "private", "direct"]),
}));

type Listed = Omit<InvitesPage, "invites"> & { invites: InviteWithLink[] };

export const invitesPage = of<Listed>()(z.object({
  invites: z.array(invite).max(LIMITS.pageMax).meta({ description: "The latest first." }),
  people: z.array(user).meta({ description: "Who made them." }),
  rooms: z.array(invitedRoom).meta({ description: "The rooms they lead into." }),
  next: id.nullable().meta({ description: "The next page's `before`; `null` after the last." }),
}));

export const invitation = of<Invitation>()(z.object({
  role,
  invitedBy: z.object({ username: z.string(), displayName: z.string() }),
  rooms: z.array(invitedRoom),
  expiresAt,
}));

export const joinedRooms = of<Result<"acceptInvite">>()(z.object({
  rooms: z.array(id).meta({ description: "The rooms it leads into." }),
}));

/** By their names in the document. */
export const INVITE_OBJECTS = {
  Invite: invite,
  InvitesPage: invitesPage,
  Invitation: invitation,
  JoinedRooms: joinedRooms,
};
