/** `/api/invites`: makes invitations, and lists them. */
import { json } from "../../../lib/http/answer.ts";
import { readJsonIfAny } from "../../../lib/http/body.ts";
import { withLink } from "../../../lib/http/invites.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { invitesQuery } from "../../../lib/protocol/invites.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const page = await run(ctx, "listInvites", readQuery(ctx, invitesQuery));
    return json({ ...page, invites: page.invites.map((invite) => withLink(ctx, invite)) });
  },

  async POST(ctx) {
    const invite = await run(ctx, "createInvite", await readJsonIfAny(ctx));
    return json(withLink(ctx, invite), 201);
  },
});
