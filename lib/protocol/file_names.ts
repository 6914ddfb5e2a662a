/**
 * The name under which a file is kept and handed out again: one line without a path, that can do
 * nothing in a header, a folder or a sentence. Pure; imports nothing.
 */

/** Code points, with the ending. File systems take 255 bytes; a browser cuts what it saves. */
export const FILE_NAME_LENGTH = 200;
/** A longer "ending" is none, and goes with the rest when a name is cut. */
const ENDING = /\.[\p{L}\p{N}_-]{1,16}$/u;

/**
 * What is invisible or changes the order of what follows, so that "gpj.exe" would read as
 * "exe.jpg"; line breaks and other controls.
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** What joins letters and emoji shows nothing by itself. */
const JOINERS_ALONE = /^[\u200c\u200d\ufe00-\ufe0f]*$/;

/** Never empty; "file" where nothing is left. */
export function cleanFileName(name: string): string {
  const last = name.slice(-4_096).split(/[/\\]/).at(-1)!; // a split text has at least one part
  const clean = last.normalize("NFC").replaceAll(UNSEEN, "")
    .replaceAll(/\s+/g, " ").trim();
  // A leading dot would hide it, a trailing one Windows drops.
  const bare = clean.replace(/^[. ]+/, "").replace(/[. ]+$/, "");
  return JOINERS_ALONE.test(bare) ? "file" : cut(bare);
}

function cut(name: string): string {
  const points = [...name];
  if (points.length <= FILE_NAME_LENGTH) return name;
  const ending = ENDING.exec(name)?.[0] ?? "";
  return points.slice(0, FILE_NAME_LENGTH - [...ending].length).join("").trimEnd() + ending;
}
