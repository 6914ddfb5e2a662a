/**
 * What a passkey is asked for, and whose it says it is: what making passkeys and showing them have in
 * common. It must not know stores or HTTP.
 */
import { ConfabError } from "../errors.ts";
import type { SignedChallenge } from "../store/contract/passkeys.ts";
import type { Caller } from "./caller.ts";
import type { Challenges } from "./challenges.ts";

/** What a challenge is for, and whose. */
export const FOR = {
  adding: ({ sessionId }: Caller) => `to be added by session ${sessionId}`,
  confirming: ({ sessionId }: Caller) => `to confirm session ${sessionId}`,
  signingIn: () => "to sign in",
  second: (ticket: string) => `to follow the password of ticket ${ticket}`,
};

/** Passed to what checks a signature; afterwards it has the challenge that was signed. */
export class SignedFor {
  /** What to spend of the challenge; null until it was recognised. */
  found: SignedChallenge | null = null;

  constructor(private readonly challenges: Challenges, private readonly purpose: string) {}

  /** Whether we made this challenge, for this purpose. */
  readonly recognise = async (challenge: string): Promise<boolean> => {
    this.found = await this.challenges.recognise(challenge, this.purpose);
    return this.found !== null;
  };
}

/**
 * Says to us whose passkey it is. Browsers give it to whoever holds the key, so it is no name and no
 * number (WebAuthn Level 3, section 14.6.1); made of what outlives a lost secret, since a key says
 * it for ever.
 */
export async function userHandleOf(userId: number, instance: string): Promise<string> {
  const text = new TextEncoder().encode(`user ${userId} of ${instance}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return digest.toBase64({ alphabet: "base64url", omitPadding: true });
}

export function wrongPasskey(code: "forbidden" | "unauthenticated", message: string): ConfabError {
  return new ConfabError(code, message, {
    errors: [{ path: "passkey", message, reason: "wrong" }],
  });
}
