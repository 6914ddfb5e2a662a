/** Links in letters and from staff, as often as somebody looks at one. */
import assert from "node:assert/strict";
import { EmailProofs } from "../../lib/auth/email_proofs.ts";
import { Recovery } from "../../lib/auth/recovery.ts";
import { createThrottle } from "../../lib/auth/throttle.ts";
import { ticks } from "../support/ticks.ts";
import { ConfabError } from "../../lib/errors.ts";
import type { User } from "../../lib/protocol/people.ts";

const HERE = { address: "192.0.2.7", userAgent: null };
const ELSEWHERE = { address: "192.0.2.8", userAgent: null };
const RATE = 5;
const hasCode = (code: string) => (error: unknown) =>
  error instanceof ConfabError && error.code === code;

/** Links of both kinds; none works before `work` is called. */
function links() {
  const user = { id: 2, username: "ben" } as User; // the rest is nobody's matter here
  let works = false;
  const found = <T>(what: T) => Promise.resolve(works ? what : null);
  const never = () => Promise.reject(new Error("nothing is used here"));
  const throttle = createThrottle({ authRate: RATE, ticks: () => ticks(0) });
  const now = () => 1_700_000_000_000;
  const recovery = new Recovery({
    store: { findReset: () => found({ user }), queueReset: never, useReset: never },
    passwords: { hash: never, verify: never },
    signingIn: { open: never },
    ...{ throttle, now },
  });
  const proofs = new EmailProofs({
    store: {
      findEmailProof: () => found({ user, address: "ben@example.org" }),
      proveEmail: never,
    },
    ...{ throttle, now },
  });
  return {
    ownerOf: recovery.ownerOf.bind(recovery),
    proofOf: proofs.find.bind(proofs),
    work: () => works = true,
  };
}

for (const look of ["ownerOf", "proofOf"] as const) {
  Deno.test(`a link that works may be looked at again and again; guesses at one are slowed (${look})`, async () => {
    const { work, [look]: find } = links();
    const guess = (at: number) => String(at).padStart(43, "A");
    for (let at = 0; at < RATE; at++) {
      await assert.rejects(find(guess(at), HERE), hasCode("not_found"));
    }
    await assert.rejects(find(guess(RATE), HERE), hasCode("rate_limited"));
    work();
    await assert.rejects(find(guess(0), HERE), hasCode("rate_limited"), "also a right one");
    for (let times = 0; times < 3 * RATE; times++) await find(guess(0), ELSEWHERE);
  });
}
