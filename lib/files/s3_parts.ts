/**
 * The parts of an upload, each an object whose name says where it begins. Two requests that wrote the
 * same upload may have left parts that overlap: of them, one unbroken chain counts. Pure.
 */

export interface UploadPart {
  /** Bytes before it. */
  from: number;
  size: number;
  /** So that a part never takes another's place. */
  mark: string;
}

export const UPLOADS = "uploads/";

export function partName(key: string, { from, mark }: Pick<UploadPart, "from" | "mark">): string {
  return `${UPLOADS}${key}/${String(from).padStart(15, "0")}-${mark}`;
}

/** Null for what is no part of this upload. */
export function partNamed(key: string, name: string, size: number): UploadPart | null {
  const [, from, mark] = /^(\d{15})-([\da-f]{32})$/.exec(name.slice(UPLOADS.length + 33)) ?? [];
  if (from === undefined || mark === undefined || !name.startsWith(`${UPLOADS}${key}/`)) {
    return null;
  }
  return { from: Number(from), size, mark };
}

/** Parts that follow each other without a gap, from the first byte on, and their length. */
export function chainOf(parts: readonly UploadPart[]): { parts: UploadPart[]; length: number } {
  const chain: UploadPart[] = [];
  let length = 0;
  // Of those that begin at the same byte, the longest.
  for (const part of parts.toSorted((a, b) => a.from - b.from || b.size - a.size)) {
    if (part.from !== length || (part.size === 0 && chain.length > 0)) continue;
    chain.push(part);
    length += part.size;
  }
  return { parts: chain, length };
}
