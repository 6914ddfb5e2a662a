/** What a message said when it was sent, kept as a digest once its text changes. */
import { createHash } from "node:crypto";

/**
 * SHA-256 of the message as first sent. A digest and not the text: what was deleted is gone,
 * and yet the same send, repeated, is recognised.
 */
export function originalDigest(room: number, text: string, replyTo: number | null): string {
  return createHash("sha256").update(JSON.stringify([room, text, replyTo])).digest("base64");
}
