/**
 * Previews of what messages link to. Each is kept once for the whole chat, for as long as a message
 * shows it, under a random key, since an address may be a secret of its message; its picture is a
 * blob of its own. A message that is to have some has a job of the kind `preview`.
 */
import type { Link } from "../../protocol/links.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** What a page said of itself. */
export interface Preview extends Omit<Link, "url" | "image" | "width" | "height"> {
  picture: { blob: string; type: string; width: number; height: number } | null;
}

export interface Links {
  /**
   * The addresses of which a message may show previews, in its text's order, without those that were
   * removed from it; and of these the ones of which it is not known yet, or no longer for sure, what
   * is there. Nothing of a message that is gone.
   */
  linksToShow(
    input: { message: number; now: Timestamp },
  ): Promise<{ userId: number; urls: string[]; unknown: string[] }>;
  /**
   * Keeps what was found at an address, `null` for nothing, in place of what was known. Returns the
   * blob that nobody needs any more: the picture of before, or the new one where the other is kept.
   */
  keepPreview(
    input: { url: string; key: string; preview: Preview | null; now: Timestamp },
  ): Promise<string | null>;
  /**
   * Takes the message's job out, and shows the previews of these addresses which are known: only
   * where its text still has them, and nobody has removed them. Raises the room's head once, or not
   * at all where nothing is different.
   */
  showLinks(input: { message: number; urls: readonly string[]; now: Timestamp }): Promise<void>;
  /** It stays removed, also when the text is edited. Repeated, it changes nothing. */
  removeLink(
    input: { userId: number; message: number; url: string; now: Timestamp },
  ): Promise<Message>;
  /** The picture of a preview, as it is now: for whoever has its key, which nobody can guess. */
  previewPicture(
    input: { userId: number; key: string },
  ): Promise<{ blob: string; type: string } | null>;
  /** Forgets some that no message shows any more. Returns how many, and the blobs of their pictures. */
  sweepPreviews(input: { now: Timestamp }): Promise<{ swept: number; blobs: string[] }>;
}
