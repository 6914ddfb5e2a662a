/** `/api/join/:code`: what an invitation says, and coming into its rooms with the account one has. */
import { json } from "../../../lib/http/answer.ts";
import { callerOf, define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    const { services: { auth }, address } = state;
    return json(await auth.invitations.require(params.code ?? "", address));
  },

  async POST(ctx) {
    callerOf(ctx);
    const code = ctx.params.code ?? "";
    const { services: { auth }, address } = ctx.state;
    // Asked first, so that guesses at codes are counted.
    await auth.invitations.require(code, address);
    return json(await run(ctx, "acceptInvite", { code }));
  },
});
