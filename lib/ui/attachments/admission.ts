/**
 * Which of the files that somebody chose, pasted or dropped may go along with a message: said before
 * a byte is sent. Pure; it must not know where they came from, nor how they are sent.
 */
import type { Limits } from "../../protocol/limits.ts";

/** What is known of a file before it is read. */
export interface Candidate {
  readonly name: string;
  /** As the browser says, from the name alone; "" where it knows none. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

export interface Refused {
  readonly name: string;
  readonly reason: "large" | "many";
}

export interface Admission<One extends Candidate> {
  readonly taken: readonly One[];
  readonly refused: readonly Refused[];
}

/** A picture may be larger by so much: it is made smaller before it is sent. */
const PICTURE_SPARE = 4;

/**
 * @param already how many go along with the message by now
 * @param limits as they hold here
 */
export function admit<One extends Candidate>(
  files: readonly One[],
  already: number,
  { fileSize, filesPerMessage }: Pick<Limits, "fileSize" | "filesPerMessage">,
): Admission<One> {
  const taken: One[] = [];
  const refused: Refused[] = [];
  for (const file of files) {
    const { name, size } = file;
    if (size > fileSize * (canBeSmaller(file) ? PICTURE_SPARE : 1)) {
      refused.push({ name, reason: "large" });
    } else if (already + taken.length >= filesPerMessage) refused.push({ name, reason: "many" });
    else taken.push(file);
  }
  return { taken, refused };
}

/** The kinds of pictures that a browser can write again. */
function canBeSmaller({ type }: Pick<Candidate, "type">): boolean {
  return /^image\/(?:jpeg|png|webp|bmp)$/.test(type);
}
