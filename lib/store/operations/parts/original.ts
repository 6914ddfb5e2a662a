/** What a message said when it was sent, kept as a digest once its text changes. */

/**
 * SHA-256 of the message as first sent. A digest and not the text: deleted text is gone, yet the
 * same send, repeated, is recognised.
 */
export async function originalDigest(
  room: number,
  text: string,
  replyTo: number | null,
  files: readonly number[],
): Promise<string> {
  // Those from before there were files must still match.
  const said = files.length === 0 ? [room, text, replyTo] : [room, text, replyTo, files];
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toBase64();
}
