/** What a message said when it was sent, kept as a digest once its text changes. */

/**
 * SHA-256 of the message as first sent. A digest and not the text: deleted text is gone, yet the
 * same send, repeated, is recognised.
 */
export async function originalDigest(
  room: number,
  text: string,
  replyTo: number | null,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([room, text, replyTo]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toBase64();
}
