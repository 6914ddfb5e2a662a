/**
 * Tokens that are shown once: made from random bytes, kept as their SHA-256 alone. With 256 random
 * bits there is nothing to guess, so that a slow hash would protect nothing. It must not know what
 * they open.
 */

/** 256 random bits, as 43 characters of base64url. */
export function newSecret(randomBytes: (length: number) => Uint8Array<ArrayBuffer>): string {
  return randomBytes(32).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Whether it can be one of them: nothing else needs to be looked up. */
export function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** What is shown, and what is kept of it. */
export interface Token {
  token: string;
  hash: string;
}

export async function newToken(
  randomBytes: (length: number) => Uint8Array<ArrayBuffer>,
): Promise<Token> {
  const token = newSecret(randomBytes);
  return { token, hash: await hashOfSecret(token) };
}

/** What is stored and looked up: an index on it tells nothing of the token by its timing. */
export async function hashOfSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return new Uint8Array(digest).toHex();
}
