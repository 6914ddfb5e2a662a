/**
 * Recovery codes: made, written for people, and read as people type them. Each has 80 random bits,
 * four groups to copy from paper; of guesses, the ticket allows five. It must not know accounts.
 */
import { hashOfSecret } from "./secrets.ts";

export const RECOVERY_CODES = 10;
const LENGTH = 16;
/** Crockford's: without letters that are taken for digits. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** As they are shown: "k7q2-m9xd-0v4h-t8rn". */
export function newRecoveryCodes(
  randomBytes: (length: number) => Uint8Array<ArrayBuffer>,
): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    // 256 is a multiple of 32: each letter is as likely.
    const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]!);
    return letters.join("").match(/.{4}/g)!.join("-");
  });
}

/** What is stored; `null` for what cannot be one. Spaces, dashes and case do not count. */
export async function hashOfRecoveryCode(typed: string): Promise<string | null> {
  const letters = typed.toLowerCase().replace(/[\s‐-―-]/gu, "")
    .replaceAll("o", "0").replace(/[il]/g, "1");
  const isOne = letters.length === LENGTH && [...letters].every((one) => LETTERS.includes(one));
  return isOne ? await hashOfSecret(letters) : null;
}
