/** How the codes of invitations are written, and found in what people paste. */

/** Longer than any code or link to one. */
export const INVITE_TEXT = 500;

/** 32 signs: none is taken for another, and a link never ends in a dash that programs cut off. */
const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

/** Random bytes that a code is made of, 5 bits of each: 130 bits. */
export const INVITE_BYTES = 26;

export function inviteCodeOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => SIGNS[byte % SIGNS.length]).join("");
}

/** The code in what was typed or pasted: the code itself, in any case, or the link. */
export function inviteCodeIn(text: string): string {
  const [, code] = /\/join\/([^/?#\s]*)/.exec(text) ?? [];
  return (code ?? text).trim().toLowerCase();
}
