/** What is kept of one file: its bytes, and what was made of them. */
import { type Blobs, derivedKey } from "./blobs.ts";

/** The key of the small picture of a file. */
export function thumbnailKey(key: string): string {
  return derivedKey(key, "t");
}

/** Takes away all that there is, also of a file whose bytes are still arriving. */
export async function removeKept(blobs: Blobs, key: string): Promise<void> {
  await blobs.drop(key);
  await blobs.remove(key);
  await blobs.remove(thumbnailKey(key));
}
