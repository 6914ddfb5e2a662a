/** A session in a store, as signing in by a password opens one. */
import assert from "node:assert/strict";
import type { NewSession } from "../../lib/store/contract/sessions.ts";
import type { Store } from "../../lib/store/store.ts";

let tickets = 0;

/** The session's id; fails where the account has a second factor. */
export async function openedSession(
  store: Pick<Store, "openSession">,
  input: { userId: number; session: NewSession; now: number },
): Promise<number> {
  const opened = await store.openSession({
    ...input,
    session: { way: "password", ...input.session },
    passwordHash: null,
    ticket: { hash: `ticket ${++tickets}`, expiresAt: input.now + 1000 },
  });
  assert.ok(opened.kind === "opened", `no session: ${opened.kind}`);
  return opened.sessionId;
}
