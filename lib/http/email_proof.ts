/** The page of a letter's link that proves an e-mail address; its address is a secret. */
import { toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import { retryAfter } from "./answer.ts";
import { formOrRefusal } from "./body.ts";
import { SECRET_ADDRESS } from "./security.ts";
import { clientOf } from "./session.ts";
import type { Ctx } from "./state.ts";

export interface EmailProofData {
  /** What would be proven, or was; null where the link works no more. */
  proof: { username: string; address: string } | null;
  done: boolean;
  error?: ErrorCode;
}

/** Looks, and uses nothing: mail programs follow links before their readers do. */
export async function showProof(ctx: Ctx): Promise<PageResponse<EmailProofData>> {
  const { emailProofs } = ctx.state.services;
  return await shown(false, () => emailProofs.find(ctx.params.token ?? "", clientOf(ctx)));
}

/** Answers with the page itself: the link is used, and would not show again what it was for. */
export async function submitProof(ctx: Ctx): Promise<PageResponse<EmailProofData>> {
  return await shown(true, async () => {
    const { refusal } = await formOrRefusal(ctx);
    if (refusal !== null) throw refusal;
    const { emailProofs, mail } = ctx.state.services;
    const proven = await emailProofs.use(ctx.params.token ?? "", clientOf(ctx));
    mail?.wake(); // the address of before is told
    return proven;
  });
}

async function shown(
  done: boolean,
  find: () => Promise<{ user: { username: string }; address: string }>,
): Promise<PageResponse<EmailProofData>> {
  try {
    const { user: { username }, address } = await find();
    return page({ proof: { username, address }, done }, { headers: SECRET_ADDRESS });
  } catch (thrown) {
    const error = toConfabError(thrown);
    if (error.code === "internal") throw thrown;
    return page<EmailProofData>({ proof: null, done: false, error: error.code }, {
      status: error.status,
      headers: { ...SECRET_ADDRESS, ...retryAfter(error) },
    });
  }
}
