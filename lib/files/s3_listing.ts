/** Reads what a bucket answers to ListObjectsV2. Pure. */

export interface ListedObject {
  name: string;
  size: number;
  /** When it was written, ms since the epoch. */
  at: number;
}

/** Our names have no characters that XML writes in another way, but for those of a folder. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** `next` continues a list that was longer than one answer. */
export function readListing(xml: string): { objects: ListedObject[]; next: string | null } {
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, each = ""]) => ({
    name: textOf(each, "Key"),
    size: Number(textOf(each, "Size")),
    at: Date.parse(textOf(each, "LastModified")) || 0,
  }));
  const more = textOf(xml, "IsTruncated") === "true";
  const next = textOf(xml, "NextContinuationToken");
  return { objects, next: more && next !== "" ? next : null };
}

function textOf(xml: string, element: string): string {
  const [, text = ""] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml) ?? [];
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      return String.fromCodePoint(Number(decimal ?? `0x${hex}`));
    },
  );
}
